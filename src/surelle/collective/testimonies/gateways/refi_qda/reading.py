"""Reading REFI-QDA as any program may write it, as the work of a stranger: weighed, checked, never half taken."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import IO, Final
from uuid import UUID

from lxml import etree

from surelle.collective.testimonies.gateways.archives import Archive, parse_xml
from surelle.collective.testimonies.gateways.elements import child, local, words_of
from surelle.collective.testimonies.gateways.limits import OPENED_BYTES, PROJECT_BYTES, TEXT_BYTES
from surelle.collective.testimonies.gateways.lines import SURROGATES
from surelle.collective.testimonies.gateways.positions import normalized
from surelle.collective.testimonies.gateways.refi_qda.vocabulary import (
    CODEBOOK_NAMESPACE,
    INTERNAL,
    MANIFEST,
    PROJECT_NAMESPACE,
    SOURCES,
)
from surelle.collective.testimonies.gateways.refusals import Octets, Place, PlaceKind, UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.rules.exchange import (
    Case,
    Code,
    Codebook,
    Project,
    Selection,
    TextSource,
    User,
    Value,
    Variable,
    VariableKind,
    derived_guid,
)

# Recordings and pictures weigh what they weigh: they are never opened.
NEVER_OPENED: Final = (
    ".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".wmv", ".mp3", ".m4a", ".wav", ".wma", ".ogg", ".aac", ".pdf",
    ".jpg", ".jpeg", ".png", ".docx", ".html",
)  # fmt: skip


def read_project(name: str, data: bytes | IO[bytes]) -> Project:
    """The project in a `.qdpx` file: texts in NFC with LF ends, and passages that followed them.

    Raises `UnreadableSource`: `not_qdpx`, `damaged_archive`, `zip_bomb`, `too_large`, `encrypted`, `missing_member`,
    `xml_entities`, `xml_encoding`, `xml_broken`, `encoding`, `bad_guid`, `dangling_reference`, `out_of_text`.
    """
    if isinstance(data, bytes) and len(data) > PROJECT_BYTES:
        raise UnreadableSource("too_large", name, size=Octets(len(data)), limit=Octets(PROJECT_BYTES))
    try:
        archive = Archive(name, data, opened_limit=OPENED_BYTES, unweighed=NEVER_OPENED)
    except UnreadableSource as error:
        if error.code != "damaged_archive":
            raise
        raise UnreadableSource("not_qdpx", name) from None
    with archive:
        if MANIFEST not in archive:
            raise UnreadableSource("not_qdpx", name)
        root = parse_xml(name, archive.read(MANIFEST), MANIFEST)
        if root.tag != f"{{{PROJECT_NAMESPACE}}}Project":
            raise UnreadableSource("not_qdpx", name)
        return _Reader(name, archive, root).project()


def read_codebook(name: str, data: bytes) -> Codebook:
    """The tree of themes in a `.qdc` file.

    Raises `UnreadableSource`: `too_large`, `not_qdc`, `xml_entities`, `xml_encoding`, `xml_broken`, `bad_guid`.
    """
    if len(data) > TEXT_BYTES:
        raise UnreadableSource("too_large", name, size=Octets(len(data)), limit=Octets(TEXT_BYTES))
    if not data.lstrip(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise UnreadableSource("not_qdc", name)
    root = parse_xml(name, data)
    if root.tag != f"{{{CODEBOOK_NAMESPACE}}}CodeBook":
        raise UnreadableSource("not_qdc", name)
    identifiers = _Identifiers(name)
    return Codebook(codes=tuple(_code(e, identifiers) for e in _children(child(root, "Codes"), "Code")))


class _Identifiers:
    """The GUIDs of a project, each given once, compared without case and braces."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.given: set[str] = set()

    def new(self, element: etree._Element) -> str:
        guid = self.plain(element.get("guid", ""))
        if guid in self.given:
            raise UnreadableSource("bad_guid", self.file, guid=guid)
        self.given.add(guid)
        return guid

    def plain(self, guid: str) -> str:
        try:
            return str(UUID(guid.strip()))
        except ValueError:
            raise UnreadableSource("bad_guid", self.file, guid=guid) from None


def _children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (e for e in element if local(e) == name) if element is not None else iter(())


def _words(element: etree._Element | None, name: str) -> str:
    inner = child(element, name)
    return words_of(inner) if inner is not None else ""


def _code(element: etree._Element, identifiers: _Identifiers) -> Code:
    return Code(
        guid=identifiers.new(element),
        name=element.get("name", ""),
        description=_words(element, "Description"),
        color=element.get("color", ""),
        is_codable=element.get("isCodable", "true") in ("true", "1"),
        children=tuple(_code(inner, identifiers) for inner in _children(element, "Code")),
    )


class _Reader:
    def __init__(self, name: str, archive: Archive, root: etree._Element) -> None:
        self.name = name
        self.archive = archive
        self.root = root
        self.identifiers = _Identifiers(name)
        self.members = {member.lower(): member for member in archive.members}
        self.remarks: list[Remark] = []
        self.others: list[str] = []
        self.empty = 0

    def project(self) -> Project:
        root, new = self.root, self.identifiers.new
        users = tuple(User(new(e), e.get("name", "")) for e in _children(child(root, "Users"), "User"))
        self.users = {user.guid for user in users}
        codes = tuple(_code(e, self.identifiers) for e in _children(child(root, "CodeBook", "Codes"), "Code"))
        self.codes = set(self.identifiers.given) - self.users
        self.variables = {
            variable.guid: variable
            for variable in (self.variable(e) for e in _children(child(root, "Variables"), "Variable"))
        }
        self.notes = {new(e): e for e in _children(child(root, "Notes"), "Note")}
        found = child(root, "Sources")
        sources = tuple(source for e in (found if found is not None else ()) if (source := self.source(e)))
        kept = {source.guid for source in sources}
        selections = {selection.guid for source in sources for selection in source.selections}
        cases = tuple(self.case(e, kept, selections) for e in _children(child(root, "Cases"), "Case"))
        if self.others:
            self.remarks.append(Remark("other_sources", names=", ".join(self.others)))
        if self.empty:
            self.remarks.append(Remark("empty_passages", count=self.empty))
        return Project(
            name=root.get("name", ""), users=users, codes=codes, sources=sources,
            variables=tuple(self.variables.values()), cases=cases, description=_words(root, "Description"),
            created=_instant(root.get("creationDateTime", "")), remarks=tuple(self.remarks),
        )  # fmt: skip

    def variable(self, element: etree._Element) -> Variable:
        kind = element.get("typeOfVariable", "Text")
        known = kind in [member.value for member in VariableKind]
        return Variable(
            guid=self.identifiers.new(element), name=element.get("name", ""),
            kind=VariableKind(kind) if known else VariableKind.TEXT, description=_words(element, "Description"),
        )  # fmt: skip

    def case(self, element: etree._Element, sources: set[str], selections: set[str]) -> Case:
        """A case; what it says of sources that are not text goes with them."""
        return Case(
            guid=self.identifiers.new(element), name=element.get("name", ""),
            description=_words(element, "Description"), values=self.values(element),
            sources=tuple(g for e in _children(element, "SourceRef") if (g := self.target(e)) in sources),
            selections=tuple(g for e in _children(element, "SelectionRef") if (g := self.target(e)) in selections),
        )  # fmt: skip

    def values(self, element: etree._Element) -> tuple[tuple[str, Value], ...]:
        values = []
        for pair in _children(element, "VariableValue"):
            reference = child(pair, "VariableRef")
            written = next((e for e in pair if local(e) != "VariableRef"), None)
            if reference is None or written is None:
                continue
            variable = self.variables.get(self.target(reference))
            if variable is None:
                self.refuse("dangling_reference", guid=reference.get("targetGUID", ""))
            elif (value := _value(words_of(written), variable.kind)) is not None:
                values.append((variable.guid, value))
        return tuple(values)

    def target(self, element: etree._Element) -> str:
        return self.identifiers.plain(element.get("targetGUID", ""))

    def refuse(self, code: str, document: str = "", **parameters: object) -> None:
        raise UnreadableSource(code, self.name, Place(PlaceKind.DOCUMENT, document) if document else None, **parameters)

    def source(self, element: etree._Element) -> TextSource | None:
        """A text, or the text of a PDF; None for pictures and recordings."""
        guid, title, holder = self.identifiers.new(element), element.get("name", ""), element
        if local(element) == "PDFSource" and (inner := child(element, "Representation")) is not None:
            holder = inner
        elif local(element) != "TextSource":
            self.others.append(title or guid)
            return None
        raw = self.text(holder, title)
        text, start_of, end_of = normalized(raw)
        if text != raw:
            self.remarks.append(Remark("line_ends_converted", name=title))
        selections = [
            replace(selection, start=start_of(selection.start), end=end_of(selection.end))
            for e in _children(holder, "PlainTextSelection")
            for selection in self.selections(e, title, len(raw))
        ]
        if whole := list(_children(element, "Coding")):
            self.remarks.append(Remark("whole_document_coding", name=title))
            if text:
                codes = tuple(dict.fromkeys(self.coded(e, title) for e in whole))
                selections.append(Selection(derived_guid("whole", guid), 0, len(text), codes))
        return TextSource(
            guid=guid, name=title, text=text, created=_instant(element.get("creationDateTime", "")),
            user=self.user(element), description=_words(element, "Description"), selections=tuple(selections),
            values=self.values(element),
        )  # fmt: skip

    def text(self, element: etree._Element, title: str) -> str:
        """The words of a source or note, character for character: positions count in them."""
        path = element.get("plainTextPath", "")
        if not path:
            content = child(element, "PlainTextContent")
            if content is None and element.get("richTextPath"):
                self.refuse("missing_member", title)
            return words_of(content) if content is not None else ""
        member = self.members.get((SOURCES + path.removeprefix(INTERNAL).lstrip("/")).lower(), "")
        if not path.startswith(INTERNAL) or not member:
            raise UnreadableSource("missing_member", self.name, Place(PlaceKind.MEMBER, path))
        data = self.archive.read(member, TEXT_BYTES)
        encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
        try:
            return SURROGATES.sub("\N{REPLACEMENT CHARACTER}", data.decode(encoding)).replace(
                "\0", "\N{REPLACEMENT CHARACTER}"
            )
        except UnicodeDecodeError:
            raise UnreadableSource("encoding", self.name, Place(PlaceKind.MEMBER, member)) from None

    def selections(self, element: etree._Element, title: str, length: int) -> Iterator[Selection]:
        """A passage, once for each person who coded it: two blind readers are two marks."""
        guid = self.identifiers.new(element)
        start, end = (_position(element.get(key, "")) for key in ("startPosition", "endPosition"))
        if start is None or end is None or not start <= end <= length:
            self.refuse(
                "out_of_text", title, start=element.get("startPosition", "?"), end=element.get("endPosition", "?"),
                length=length,
            )  # fmt: skip
            return
        if start == end:
            self.empty += 1
            return
        memo = "\n\n".join(
            words
            for words in (
                _words(element, "Description"),
                *(self.memo(e) for e in element.iter() if local(e) == "NoteRef"),
            )
            if words
        )
        own, created = self.user(element), _instant(element.get("creationDateTime", ""))
        by_user: dict[str, list[etree._Element]] = {}
        for coding in _children(element, "Coding"):
            by_user.setdefault(self.user(coding) or own, []).append(coding)
        for index, (user, codings) in enumerate(by_user.items() or [(own, [])]):
            yield Selection(
                guid=derived_guid("reader", guid, user) if index else guid,
                start=start,
                end=end,
                codes=tuple(dict.fromkeys(self.coded(e, title) for e in codings)),
                user=user,
                created=next((at for e in codings if (at := _instant(e.get("creationDateTime", "")))), created),
                memo="" if index else memo,
            )

    def coded(self, coding: etree._Element, title: str) -> str:
        reference = child(coding, "CodeRef")
        guid = self.target(reference) if reference is not None else ""
        if guid not in self.codes:
            self.refuse("dangling_reference", title, guid=guid)
        return guid

    def memo(self, reference: etree._Element) -> str:
        note = self.notes.get(self.target(reference))
        return self.text(note, note.get("name", "")) if note is not None else ""

    def user(self, element: etree._Element) -> str:
        """Who made this; a person that the project does not list is nobody."""
        guid = element.get("creatingUser", "")
        return plain if guid and (plain := self.identifiers.plain(guid)) in self.users else ""


def _position(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _instant(text: str) -> datetime | None:
    """An instant, taken as UTC when it says no zone; None when it is none."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _value(text: str, kind: VariableKind) -> Value | None:
    """A value of its kind; the words as they stand where they do not fit it."""
    if kind is VariableKind.TEXT:
        return text
    text = text.strip()
    try:
        if kind is VariableKind.BOOLEAN:
            return {"true": True, "1": True, "false": False, "0": False}[text]
        if kind is VariableKind.INTEGER:
            return int(text)
        if kind is VariableKind.FLOAT:
            return float(Decimal(text))
        if kind is VariableKind.DATE:
            return date.fromisoformat(text[:10])
    except (ValueError, KeyError, InvalidOperation, OverflowError):
        return None
    return _instant(text)
