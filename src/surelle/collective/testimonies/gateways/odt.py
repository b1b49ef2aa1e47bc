"""ODT: the body of an OpenDocument text, in reading order.

Headings, lists and quotations come from the structure and from the styles' parents; comments and tracked deletions are
left out and counted; notes follow the paragraph that calls them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from surelle.collective.testimonies.gateways.archives import Archive, parse_xml
from surelle.collective.testimonies.gateways.elements import attribute, child, local, whole_number
from surelle.collective.testimonies.gateways.limits import TRAILING_SPACES
from surelle.collective.testimonies.gateways.lines import LineWriter, clean
from surelle.collective.testimonies.gateways.refusals import UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.gateways.words import Words, inherited, write_grid
from surelle.collective.testimonies.rules.reading.source import LineKind, Source

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
    roots = [root]
    if "styles.xml" in archive:
        roots.insert(0, parse_xml(name, archive.read("styles.xml"), "styles.xml"))
    parents = {style: parent for part in roots for style, parent in _style_parents(part).items()}
    reader = _Document(name, parents, _looks(roots))
    body = child(root, "body", "text")
    for block in body if body is not None else ():
        reader.block(block)
    reader.writer.space_paragraphs()
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


def _looks(roots: Sequence[etree._Element]) -> tuple[frozenset[str], frozenset[str]]:
    """Names of the styles whose words are bold, and of those whose words are in italics."""
    parents: dict[str, str] = {}
    bold: dict[str, int] = {}
    italic: dict[str, int] = {}
    for style in (element for root in roots for element in root.iter() if local(element) == "style"):
        name = attribute(style, "name")
        parents[name] = attribute(style, "parent-style-name")
        properties = child(style, "text-properties")
        if weight := attribute(properties, "font-weight"):
            bold[name] = int(weight == "bold" or (weight.isdigit() and int(weight[:4]) >= 600))
        if attribute(properties, "text-underline-style") not in ("", "none"):
            bold[name] = 1
        if slant := attribute(properties, "font-style"):
            italic[name] = int(slant in ("italic", "oblique"))
    return (
        frozenset(name for name in parents if inherited(name, parents, bold)),
        frozenset(name for name in parents if inherited(name, parents, italic)),
    )


def _meta_title(name: str, archive: Archive) -> str:
    if "meta.xml" not in archive:
        return ""
    title = child(parse_xml(name, archive.read("meta.xml"), "meta.xml"), "meta", "title")
    return clean((title.text or "").strip()) if title is not None else ""


class _Document:
    def __init__(self, name: str, parents: dict[str, str], looks: tuple[frozenset[str], frozenset[str]]) -> None:
        self.writer = LineWriter(name)
        self.parents = parents
        self.looks = looks
        self.title = ""

    def block(self, element: etree._Element, depth: int = 0) -> None:
        """A heading, a paragraph, or what holds some; `depth` counts the lists around."""
        name = local(element)
        if name in ("h", "p"):
            self.paragraph(element, name, depth)
        elif name not in SKIPPED:
            if name == "table":
                self.writer.blank()
                if self.grid(element):
                    return
            for inner in element:
                self.block(inner, depth + (name == "list"))
            if name == "table-row":
                self.writer.blank()

    def grid(self, table: etree._Element) -> bool:
        """Write a plain table, a line a row with its cells; whether it is one, each cell of a single paragraph."""
        rows = [[e for e in row if local(e) == "table-cell"] for row in table.iter() if local(row) == "table-row"]
        repeated = any(whole_number(attribute(cell, "number-columns-repeated"), 1) > 1 for row in rows for cell in row)
        if len(rows) < 2 or len(rows[0]) < 2 or repeated or any(len(row) != len(rows[0]) for row in rows):
            return False
        read = []
        for row in rows:
            words = [Words() for _ in row]
            for cell, into in zip(row, words, strict=True):
                reader = _Reader(into, self.looks)
                if len(cell) > 1 or any(local(inner) != "p" for inner in cell):
                    return False
                for inner in cell:
                    reader.styled(inner)
                if reader.later or len(into.rows) > 1:
                    return False
            read.append(words)
        write_grid(self.writer, read)
        return True

    def paragraph(self, element: etree._Element, name: str, depth: int) -> None:
        words = Words()
        reader = _Reader(words, self.looks)
        reader.styled(element)
        kind, level = self.kind(element, name, depth)
        if kind is LineKind.HEADING and level == 0:
            if words.text:
                self.title = self.title or clean(words.text).strip()
            level = 1
        words.write(self.writer, kind, level)
        for block in reader.later:
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


class _Reader:
    """Reads the words of one paragraph, in order; notes and frames wait until it ends."""

    def __init__(self, words: Words, looks: tuple[frozenset[str], frozenset[str]]) -> None:
        self.words = words
        self.looks = looks
        self.later: list[etree._Element] = []

    def styled(self, element: etree._Element) -> None:
        """Read an element in the look of its style."""
        style, styles = attribute(element, "style-name"), self.words.styles
        bold, italic = (int(style in named) for named in self.looks)
        styles.bold, styles.italic = styles.bold + bold, styles.italic + italic
        self.read(element)
        styles.bold, styles.italic = styles.bold - bold, styles.italic - italic

    def read(self, element: etree._Element) -> None:
        self.say(element.text)
        for inner in element:
            self.one(inner, local(inner))
            self.say(inner.tail)

    def one(self, element: etree._Element, name: str) -> None:
        if name == "s":
            self.words.say(" " * min(max(whole_number(attribute(element, "c"), 1), 1), TRAILING_SPACES))
        elif name == "tab":
            self.words.say("\t")
        elif name == "line-break":
            self.words.line_end()
        elif name == "note":
            self.later += [e for e in element if local(e) == "note-body"]
        elif name in ("text-box", "frame", "custom-shape"):
            self.later.append(element)
        elif name not in SKIPPED:
            if name == "a":
                self.words.address(attribute(element, "href"))
            self.styled(element)

    def say(self, text: str | None) -> None:
        if text:
            # As in HTML, spaces and line ends of the XML count for one space; real ones are elements.
            self.words.say(re.sub(r"[ \t\n\r]+", " ", text))
