"""ODT: the body of an OpenDocument text, in reading order.

Headings, lists and quotations come from the structure and from the styles' parents; comments and tracked deletions are
left out and counted; notes follow the paragraph that calls them.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from surelle.collective.testimonies.gateways.addresses import kept
from surelle.collective.testimonies.gateways.archives import Archive, parse_xml
from surelle.collective.testimonies.gateways.elements import attribute, child, local, whole_number
from surelle.collective.testimonies.gateways.limits import TRAILING_SPACES
from surelle.collective.testimonies.gateways.lines import LineWriter, clean
from surelle.collective.testimonies.gateways.refusals import UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.rules.reading.links import link_to
from surelle.collective.testimonies.rules.reading.source import LineKind, Link, Source

HEADING_STYLE: Final = re.compile(r"^(?:heading|titre)[ _]*(?:20_)?([1-9])$", re.IGNORECASE)
QUOTE_STYLES: Final = re.compile(r"quot|citation", re.IGNORECASE)
TITLE_STYLES: Final = frozenset({"title", "titre"})
SKIPPED: Final = frozenset(
    {"annotation", "annotation-end", "tracked-changes", "sequence-decls", "forms", "note", "note-citation",
     "table-of-content", "alphabetical-index", "bibliography", "event-listeners", "desc"}
)  # fmt: skip


def source_from_odt(name: str, archive: Archive, sha256: str) -> Source:
    """The lines of an OpenDocument text.

    Raises `UnreadableSource`: `encrypted`, `missing_member`, `xml_entities`, `xml_encoding`, `xml_broken`, `zip_bomb`,
    `no_words`.
    """
    refuse_encrypted(name, archive)
    root = parse_xml(name, archive.read("content.xml"), "content.xml")
    parents = _style_parents(root)
    if "styles.xml" in archive:
        parents = {**_style_parents(parse_xml(name, archive.read("styles.xml"), "styles.xml")), **parents}
    reader = _Document(name, parents, _bold_styles(root))
    body = child(root, "body", "text")
    for block in body if body is not None else ():
        reader.block(block)
    lines = reader.writer.finished()
    if not lines:
        raise UnreadableSource("no_words", name)
    remarks = []
    if comments := sum(local(e) == "annotation" for e in root.iter()):
        remarks.append(Remark("comments_ignored", count=comments))
    if deletions := sum(local(e) == "deletion" for e in root.iter()):
        remarks.append(Remark("deletions_ignored", count=deletions))
    return Source(
        name=name, format="odt", sha256=sha256, lines=lines, title=reader.title or _meta_title(name, archive),
        remarks=tuple(remarks),
    )  # fmt: skip


def refuse_encrypted(name: str, archive: Archive) -> None:
    """OpenDocument says in its manifest that its parts are encrypted; the parts themselves are noise."""
    manifest = "META-INF/manifest.xml"
    # Some writers give the manifest a harmless DTD: it is only looked through, never parsed.
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise UnreadableSource("encrypted", name)


def _style_parents(root: etree._Element) -> dict[str, str]:
    """Name of a paragraph style → its parent's, and → its own display name when it has no parent."""
    parents = {}
    for style in root.iter():
        if local(style) == "style" and attribute(style, "family") == "paragraph":
            parents[attribute(style, "name")] = attribute(style, "parent-style-name")
    return parents


def _bold_styles(root: etree._Element) -> frozenset[str]:
    return frozenset(
        attribute(style, "name")
        for style in root.iter()
        if local(style) == "style" and attribute(child(style, "text-properties"), "font-weight") == "bold"
    )


def _meta_title(name: str, archive: Archive) -> str:
    if "meta.xml" not in archive:
        return ""
    title = child(parse_xml(name, archive.read("meta.xml"), "meta.xml"), "meta", "title")
    return clean((title.text or "").strip()) if title is not None else ""


class _Document:
    def __init__(self, name: str, parents: dict[str, str], bold: frozenset[str]) -> None:
        self.writer = LineWriter(name)
        self.parents = parents
        self.bold = bold
        self.title = ""

    def block(self, element: etree._Element, depth: int = 0) -> None:
        """A heading, a paragraph, or what holds some; `depth` counts the lists around."""
        name = local(element)
        if name in ("h", "p"):
            self.paragraph(element, name, depth)
        elif name not in SKIPPED:
            if name == "table":
                self.writer.blank()
            for inner in element:
                self.block(inner, depth + (name == "list"))
            if name == "table-row":
                self.writer.blank()

    def paragraph(self, element: etree._Element, name: str, depth: int) -> None:
        words = _Words(self.bold)
        words.read(element, attribute(element, "style-name") in self.bold)
        text = "".join(words.parts)
        if not text.strip():
            self.writer.blank()
        else:
            kind, level = self.kind(element, name, depth)
            if kind is LineKind.HEADING and level == 0:
                self.title = self.title or clean(text).strip()
                level = 1
            self.writer.add(text.strip("\n"), kind, level=level, links=tuple(words.links), is_strong=not words.plain)
        for block in words.later:
            self.block(block)

    def kind(self, element: etree._Element, name: str, depth: int) -> tuple[LineKind, int]:
        if name == "h":
            return LineKind.HEADING, min(max(whole_number(attribute(element, "outline-level"), 1), 1), 6)
        style, seen = attribute(element, "style-name"), set()
        while style and style not in seen:
            seen.add(style)
            title = style.replace("_20_", " ").lower()
            if title in TITLE_STYLES:
                return LineKind.HEADING, 0
            if match := HEADING_STYLE.match(title):
                return LineKind.HEADING, min(int(match[1]), 6)
            if QUOTE_STYLES.search(title):
                return LineKind.QUOTE, 0
            style = self.parents.get(style, "")
        return (LineKind.ITEM, depth) if depth else (LineKind.TEXT, 0)


class _Words:
    """The words of one paragraph, in order, with its links; notes and frames wait until it ends."""

    def __init__(self, bold: frozenset[str]) -> None:
        self.bold = bold
        self.parts: list[str] = []
        self.links: list[Link] = []
        self.later: list[etree._Element] = []
        self.plain = False

    def read(self, element: etree._Element, bold: bool) -> None:
        self.say(element.text, bold)
        for inner in element:
            self.one(inner, local(inner), bold)
            self.say(inner.tail, bold)

    def one(self, element: etree._Element, name: str, bold: bool) -> None:
        if name == "s":
            self.parts.append(" " * min(max(whole_number(attribute(element, "c"), 1), 1), TRAILING_SPACES))
        elif name == "tab":
            self.parts.append("\t")
        elif name == "line-break":
            self.parts.append("\n")
        elif name == "note":
            self.later += [e for e in element if local(e) == "note-body"]
        elif name in ("text-box", "frame", "custom-shape"):
            self.later.append(element)
        elif name not in SKIPPED:
            if name == "a" and (url := kept(attribute(element, "href"))) and url not in {k.url for k in self.links}:
                self.links.append(link_to(url))
            self.read(element, bold or attribute(element, "style-name") in self.bold)

    def say(self, text: str | None, bold: bool) -> None:
        if text:
            # As in HTML, spaces and line ends of the XML count for one space; real ones are elements.
            words = re.sub(r"[ \t\n\r]+", " ", text)
            self.parts.append(words)
            self.plain = self.plain or (not bold and bool(words.strip()))
