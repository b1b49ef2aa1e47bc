"""DOCX: the body of a Word document, in reading order.

Headings come from styles, list items from numbering, quotations from styles; deleted text and comments are left out
and counted; footnotes follow the paragraph that calls them.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from surelle.collective.testimonies.gateways.archives import Archive, parse_xml
from surelle.collective.testimonies.gateways.elements import attribute, child, local, whole_number
from surelle.collective.testimonies.gateways.lines import LineWriter, clean
from surelle.collective.testimonies.gateways.refusals import UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.gateways.words import Words, inherited, write_grid
from surelle.collective.testimonies.rules.reading.source import LineKind, Source

# Both the transitional and the strict flavour of the standard are in use: names are compared without namespace.
OFFICE_DOCUMENT: Final = "/officeDocument"
INSTRUCTION_LINK: Final = re.compile(r'HYPERLINK\s+"([^"]+)"')
HEADING_STYLE: Final = re.compile(r"^(?:heading|titre|überschrift|título)\s*([1-9])$")
TITLE_STYLES: Final = frozenset({"title", "titre"})
QUOTE_STYLES: Final = re.compile(r"quot|citation", re.IGNORECASE)
SKIPPED: Final = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "sectPr", "tblPr", "commentRangeStart"})


def source_from_docx(name: str, archive: Archive, sha256: str) -> Source:
    """The lines of a Word document.

    Raises `UnreadableSource`: `missing_member`, `xml_entities`, `xml_encoding`, `xml_broken`, `zip_bomb`, `no_words`.
    """
    main = _main_member(name, archive)
    folder, _, file = main.rpartition("/")
    relations = _relations(name, archive, f"{folder}/_rels/{file}.rels")
    root = parse_xml(name, archive.read(main), main)
    reader = _Document(
        name,
        strong=_looks(name, archive, f"{folder}/styles.xml"),
        styles=_styles(name, archive, f"{folder}/styles.xml"),
        addresses=relations,
        footnotes={
            **_notes(name, archive, f"{folder}/footnotes.xml", "footnote"),
            **_notes(name, archive, f"{folder}/endnotes.xml", "endnote"),
        },
    )
    body = child(root, "body")
    for block in body if body is not None else ():
        reader.block(block)
    reader.writer.space_paragraphs()
    lines = reader.writer.finished()
    if not lines:
        raise UnreadableSource("no_words", name)
    remarks = []
    if comments := _count(name, archive, f"{folder}/comments.xml", "comment"):
        remarks.append(Remark("comments_ignored", count=comments))
    if reader.deletions:
        remarks.append(Remark("deletions_ignored", count=reader.deletions))
    return Source(
        name=name, format="docx", sha256=sha256, lines=lines, title=reader.title or _core_title(name, archive),
        remarks=tuple(remarks),
    )  # fmt: skip


def _main_member(name: str, archive: Archive) -> str:
    if "_rels/.rels" in archive:
        for relation in parse_xml(name, archive.read("_rels/.rels"), "_rels/.rels"):
            if attribute(relation, "Type").endswith(OFFICE_DOCUMENT):
                return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


def _relations(name: str, archive: Archive, member: str) -> dict[str, str]:
    """Identifier of a relation → address, for hyperlinks."""
    if member not in archive:
        return {}
    return {
        attribute(relation, "Id"): attribute(relation, "Target")
        for relation in parse_xml(name, archive.read(member), member)
        if attribute(relation, "Type").endswith("/hyperlink")
    }


def _styles(name: str, archive: Archive, member: str) -> dict[str, tuple[LineKind, int]]:
    """Identifier of a paragraph style → kind and level of its lines; level 0 of a heading is the document's title."""
    if member not in archive:
        return {}
    parents: dict[str, str] = {}
    kinds: dict[str, tuple[LineKind, int]] = {}
    for style in parse_xml(name, archive.read(member), member):
        if local(style) != "style":
            continue
        key = attribute(style, "styleId")
        parents[key] = attribute(child(style, "basedOn"), "val")
        if kind := _style_kind(attribute(child(style, "name"), "val"), child(style, "pPr", "outlineLvl")):
            kinds[key] = kind
        elif child(style, "pPr", "numPr") is not None:
            kinds[key] = LineKind.ITEM, whole_number(attribute(child(style, "pPr", "numPr", "ilvl"), "val")) + 1
    for key in parents:
        ancestor, seen = key, set()
        while ancestor and ancestor not in kinds and ancestor not in seen:
            seen.add(ancestor)
            ancestor = parents.get(ancestor, "")
        if ancestor in kinds:
            kinds[key] = kinds[ancestor]
    return kinds


def _looks(name: str, archive: Archive, member: str) -> tuple[frozenset[str], frozenset[str]]:
    """Identifiers of the styles whose words are bold, and of those whose words are in italics."""
    if member not in archive:
        return frozenset(), frozenset()
    parents: dict[str, str] = {}
    given: tuple[dict[str, int], dict[str, int]] = {}, {}
    for style in parse_xml(name, archive.read(member), member):
        if local(style) != "style":
            continue
        key = attribute(style, "styleId")
        parents[key] = attribute(child(style, "basedOn"), "val")
        for looks, mark in zip(given, ("b", "i"), strict=True):
            if (found := child(style, "rPr", mark)) is not None:
                looks[key] = _marked(found, 0)
    bold, italic = (frozenset(key for key in parents if inherited(key, parents, looks)) for looks in given)
    return bold, italic


def _style_kind(title: str, outline: etree._Element | None) -> tuple[LineKind, int] | None:
    title = title.strip().lower()
    if title in TITLE_STYLES:
        return LineKind.HEADING, 0
    if match := HEADING_STYLE.match(title):
        return LineKind.HEADING, min(int(match[1]), 6)
    if QUOTE_STYLES.search(title):
        return LineKind.QUOTE, 0
    if outline is not None and (level := whole_number(attribute(outline, "val"), 9)) < 9:
        return LineKind.HEADING, min(level + 1, 6)
    return None


def _notes(name: str, archive: Archive, member: str, kind: str) -> dict[str, str]:
    if member not in archive:
        return {}
    notes = {}
    for note in parse_xml(name, archive.read(member), member):
        if local(note) == kind and not attribute(note, "type"):
            words = "".join(e.text or "" for e in note.iter() if local(e) == "t").strip()
            notes[kind + attribute(note, "id")] = words
    return notes


def _count(name: str, archive: Archive, member: str, kind: str) -> int:
    return sum(local(e) == kind for e in parse_xml(name, archive.read(member), member)) if member in archive else 0


def _core_title(name: str, archive: Archive) -> str:
    member = "docProps/core.xml"
    if member not in archive:
        return ""
    title = child(parse_xml(name, archive.read(member), member), "title")
    return clean((title.text or "").strip()) if title is not None else ""


class _Document:
    def __init__(
        self,
        name: str,
        styles: dict[str, tuple[LineKind, int]],
        addresses: dict[str, str],
        footnotes: dict[str, str],
        strong: tuple[frozenset[str], frozenset[str]],
    ) -> None:
        self.writer = LineWriter(name)
        self.styles = styles
        self.strong = strong
        self.addresses = addresses
        self.footnotes = footnotes
        self.deletions = 0
        self.title = ""

    def block(self, element: etree._Element) -> None:
        """A paragraph, or what holds some: a table gives a line a paragraph of its cells, a blank one a row."""
        name = local(element)
        if name == "p":
            self.paragraph(element)
        elif name in SKIPPED:
            self.deletions += name in ("del", "moveFrom")
        else:
            if name == "tbl":
                self.writer.blank()
                if self.grid(element):
                    return
            for inner in element:
                self.block(inner)
            if name == "tr":
                self.writer.blank()

    def grid(self, table: etree._Element) -> bool:
        """Write a plain table, a line a row with its cells; whether it is one, each cell of a single paragraph."""
        rows = [[cell for cell in row if local(cell) == "tc"] for row in table if local(row) == "tr"]
        paragraphs = [[[e for e in cell if local(e) in ("p", "tbl")] for cell in row] for row in rows]
        single = all(len(cell) == 1 and local(cell[0]) == "p" for row in paragraphs for cell in row)
        if len(rows) < 2 or not single or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
            return False
        read = []
        for row in paragraphs:
            words = [Words() for _ in row]
            readers = [_Reader(self, cell, self.strong) for cell in words]
            for reader, (element,) in zip(readers, row, strict=True):
                reader.read(element)
            if any(len(cell.rows) > 1 for cell in words) or any(reader.notes or reader.boxes for reader in readers):
                return False
            read.append(words)
        write_grid(self.writer, read)
        return True

    def paragraph(self, element: etree._Element) -> None:
        words = Words()
        look = self.look(child(element, "pPr"))
        words.styles.bold, words.styles.italic = look
        reader = _Reader(self, words, self.strong)
        reader.read(element)
        kind, level = self.kind(child(element, "pPr"))
        if kind is LineKind.HEADING and level == 0:
            if words.text:
                self.title = self.title or clean(words.text).strip()
            level = 1
        words.write(self.writer, kind, level)
        for note in reader.notes:
            self.writer.add(note)
        for box in reader.boxes:
            for block in box:
                self.block(block)

    def look(self, properties: etree._Element | None) -> tuple[int, int]:
        """How many times bold and in italics the style of a paragraph makes its words."""
        style = attribute(child(properties, "pStyle"), "val")
        return int(style in self.strong[0]), int(style in self.strong[1])

    def kind(self, properties: etree._Element | None) -> tuple[LineKind, int]:
        kind, level = self.styles.get(attribute(child(properties, "pStyle"), "val"), (LineKind.TEXT, 0))
        outline = child(properties, "outlineLvl")
        if kind is LineKind.TEXT and outline is not None and whole_number(attribute(outline, "val"), 9) < 9:
            return LineKind.HEADING, min(whole_number(attribute(outline, "val")) + 1, 6)
        numbering = child(properties, "numPr")
        if kind in (LineKind.TEXT, LineKind.ITEM) and numbering is not None:
            # Number 0 is how Word takes a paragraph out of the list of its style.
            if attribute(child(numbering, "numId"), "val") == "0":
                return LineKind.TEXT, 0
            return LineKind.ITEM, min(whole_number(attribute(child(numbering, "ilvl"), "val")), 8) + 1
        return kind, level


class _Reader:
    """Reads the runs of one paragraph, in order; text boxes wait until it ends."""

    def __init__(self, document: _Document, words: Words, strong: tuple[frozenset[str], frozenset[str]]) -> None:
        self.document = document
        self.words = words
        self.strong = strong
        self.notes: list[str] = []
        self.boxes: list[etree._Element] = []

    def read(self, element: etree._Element) -> None:
        for inner in element:
            self.one(inner, local(inner))

    def one(self, element: etree._Element, name: str) -> None:
        if name == "t":
            self.words.say(element.text or "")
        elif name in ("tab", "ptab"):
            self.words.say("\t")
        elif name in ("br", "cr"):
            self.words.line_end()
        elif name == "noBreakHyphen":
            self.words.say("-")
        elif name == "r":
            self.run(element)
        elif name == "hyperlink":
            self.words.address(self.document.addresses.get(attribute(element, "id"), ""))
            self.read(element)
        elif name in ("instrText", "fldSimple"):
            instruction = (element.text or "") if name == "instrText" else attribute(element, "instr")
            if match := INSTRUCTION_LINK.search(instruction):
                self.words.address(match[1])
            if name == "fldSimple":
                self.read(element)
        elif name in ("footnoteReference", "endnoteReference"):
            if note := self.document.footnotes.get(name.removesuffix("Reference") + attribute(element, "id"), ""):
                self.notes.append(note)
        elif name == "txbxContent":
            self.boxes.append(element)
        elif name in SKIPPED:
            self.document.deletions += name in ("del", "moveFrom")
        else:
            self.read(element)

    def run(self, element: etree._Element) -> None:
        """Words of one look: its own marks count before the style of its characters and of the paragraph."""
        properties = child(element, "rPr")
        style = attribute(child(properties, "rStyle"), "val")
        before = self.words.styles.bold, self.words.styles.italic
        bold, italic = (int(style in named) or outer for named, outer in zip(self.strong, before, strict=True))
        self.words.styles.bold = _marked(child(properties, "b"), bold) or int(_underlines(child(properties, "u")))
        self.words.styles.italic = _marked(child(properties, "i"), italic)
        self.read(element)
        self.words.styles.bold, self.words.styles.italic = before


def _marked(mark: etree._Element | None, otherwise: int) -> int:
    return otherwise if mark is None else int(attribute(mark, "val") not in ("0", "false", "off"))


def _underlines(mark: etree._Element | None) -> bool:
    return mark is not None and attribute(mark, "val") not in ("", "none")
