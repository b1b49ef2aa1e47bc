"""XML elements by their local names: office files come in several flavours of the same namespaces."""

from __future__ import annotations

from typing import Any, cast

from lxml import etree


def local(element: etree._Element) -> str:
    """The name of an element without its namespace, "" for what is no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str:
    """The value of an attribute whatever its namespace, "" when absent."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The element reached by these child names, None when one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((e for e in element if local(e) == name), None)
    return element


def whole_number(text: str, default: int = 0) -> int:
    """A small whole number written in an attribute, `default` when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def words_of(element: etree._Element) -> str:
    """All the text inside an element, as it stands."""
    return "".join(str(part) for part in element.itertext())


def found(element: etree._Element, path: str) -> list[Any]:
    """What an XPath that gives nodes or attributes finds."""
    return cast("list[Any]", element.xpath(path))
