"""Writing REFI-QDA: streamed, one source in memory at a time, the same bytes for the same project."""

from __future__ import annotations

import re
import shutil
import tempfile
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr

from surelle.collective.testimonies.gateways.refi_qda.vocabulary import (
    CODEBOOK_NAMESPACE,
    INTERNAL,
    MANIFEST,
    ORIGIN,
    PROJECT_NAMESPACE,
    SOURCES,
    VALUE_ELEMENTS,
)
from surelle.collective.testimonies.rules.exchange import (
    Case,
    Code,
    Codebook,
    InvalidProject,
    Project,
    Selection,
    TextSource,
    Value,
    Variable,
    VariableKind,
    check_source,
    derived_guid,
    walk,
)

DECLARATION: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
IN_MEMORY: Final = 1_000_000  # bytes of XML kept before a temporary file takes over
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}|#[0-9A-Fa-f]{3}")
EXCERPT: Final = 80  # code points of a passage shown as its name by other programs


def write_project(project: Project, file: IO[bytes]) -> None:
    """Write a project as `.qdpx` into a binary file, which need not be seekable.

    `project.sources` is read once. Raises `InvalidProject` when a reference leads nowhere, an identifier comes twice,
    or a position does not mean what the standard says; the file is then incomplete and to be thrown away.
    """
    known = _Known(project)
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package,
        tempfile.SpooledTemporaryFile(IN_MEMORY) as sources,
        tempfile.SpooledTemporaryFile(IN_MEMORY) as notes,
    ):
        for source in project.sources:
            guid = known.new(source.guid)
            check_source(source)
            package.writestr(_member(f"{SOURCES}{guid}.txt"), source.text.encode("utf-8"))
            for piece in _source(source, guid, known, notes):
                sources.write(piece.encode("utf-8"))
        head = "".join(_head(project, known))
        with package.open(_member(MANIFEST), "w") as manifest:
            manifest.write(head.encode("utf-8"))
            for name, pieces in (("Sources", sources), ("Notes", notes)):
                if pieces.tell():
                    manifest.write(f"<{name}>\n".encode())
                    pieces.seek(0)
                    shutil.copyfileobj(pieces, manifest)
                    manifest.write(f"</{name}>\n".encode())
            manifest.write(_element("Description", project.description).encode("utf-8"))
            manifest.write(b"</Project>\n")


def write_codebook(codebook: Codebook, file: IO[bytes]) -> None:
    """Write a tree of themes as `.qdc` into a binary file. Raises `InvalidProject` on an identifier given twice."""
    _Known(Project(name="", codes=codebook.codes))
    file.write(f"{DECLARATION}<CodeBook{_attributes(xmlns=CODEBOOK_NAMESPACE, origin=ORIGIN)}>\n".encode())
    file.write("".join(_codes(codebook.codes)).encode("utf-8"))
    file.write(b"</CodeBook>\n")


class _Known:
    """The identifiers given so far, and what they may refer to."""

    def __init__(self, project: Project) -> None:
        self.seen: set[str] = set()
        self.users = {self.new(user.guid) for user in project.users}
        codes = list(walk(project.codes))
        self.codes = {self.new(code.guid): code.is_codable for code in codes}
        self.variables: dict[str, Variable] = {self.new(variable.guid): variable for variable in project.variables}

    def new(self, guid: str) -> str:
        """A canonical identifier, never met before."""
        plain = canonical(guid)
        if plain in self.seen:
            raise InvalidProject(f"identifier {guid} is given twice")
        self.seen.add(plain)
        return plain

    def user(self, guid: str) -> str:
        if guid and canonical(guid) not in self.users:
            raise InvalidProject(f"user {guid} is not among the users")
        return canonical(guid) if guid else ""

    def code(self, guid: str) -> str:
        if not self.codes.get(canonical(guid), False):
            raise InvalidProject(f"code {guid} does not exist or is not codable")
        return canonical(guid)

    def variable(self, guid: str) -> Variable:
        if canonical(guid) not in self.variables:
            raise InvalidProject(f"variable {guid} does not exist")
        return self.variables[canonical(guid)]

    def any(self, guid: str) -> str:
        if canonical(guid) not in self.seen:
            raise InvalidProject(f"{guid} does not exist")
        return canonical(guid)


def canonical(guid: str) -> str:
    """A GUID in lower case without braces. Raises `InvalidProject` when it is none."""
    try:
        return str(uuid.UUID(guid))
    except ValueError:
        raise InvalidProject(f"{guid!r} is no GUID") from None


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)  # dated 1980: the same project gives the same bytes
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _head(project: Project, known: _Known) -> Iterator[str]:
    """The part of the manifest before the sources. Called after them: cases refer to their passages."""
    attributes = _attributes(
        xmlns=PROJECT_NAMESPACE, name=project.name or "?", origin=ORIGIN, creationDateTime=_instant(project.created)
    )
    yield f"{DECLARATION}<Project{attributes}>\n"
    yield from _group(
        "Users", (f"<User{_attributes(guid=canonical(user.guid), name=user.name)}/>\n" for user in project.users)
    )
    if project.codes:
        yield "<CodeBook>\n"
        yield from _codes(project.codes)
        yield "</CodeBook>\n"
    yield from _group("Variables", (_variable(variable) for variable in project.variables))
    yield from _group("Cases", (piece for case in project.cases for piece in _case(case, known)))


def _group(name: str, pieces: Iterable[str]) -> Iterator[str]:
    is_open = False
    for piece in pieces:
        if not is_open:
            yield f"<{name}>\n"
            is_open = True
        yield piece
    if is_open:
        yield f"</{name}>\n"


def _codes(codes: Sequence[Code]) -> Iterator[str]:
    yield "<Codes>\n"
    for code in codes:
        yield from _code(code)
    yield "</Codes>\n"


def _code(code: Code) -> Iterator[str]:
    color = code.color if COLOR.fullmatch(code.color) else ""
    codable = "true" if code.is_codable else "false"
    yield f"<Code{_attributes(guid=canonical(code.guid), name=code.name, isCodable=codable, color=color)}>"
    yield _element("Description", code.description)
    for inner in code.children:
        yield from _code(inner)
    yield "</Code>\n"


def _variable(variable: Variable) -> str:
    attributes = _attributes(guid=canonical(variable.guid), name=variable.name, typeOfVariable=variable.kind.value)
    return f"<Variable{attributes}>{_element('Description', variable.description)}</Variable>\n"


def _case(case: Case, known: _Known) -> Iterator[str]:
    yield f"<Case{_attributes(guid=known.new(case.guid), name=case.name)}>{_element('Description', case.description)}"
    for guid, value in case.values:
        yield _value(guid, value, known)
    for guid in case.sources:
        yield f"<SourceRef{_attributes(targetGUID=known.any(guid))}/>"
    for guid in case.selections:
        yield f"<SelectionRef{_attributes(targetGUID=known.any(guid))}/>"
    yield "</Case>\n"


def _value(guid: str, value: Value, known: _Known) -> str:
    variable = known.variable(guid)
    name = VALUE_ELEMENTS[variable.kind]
    reference = f"<VariableRef{_attributes(targetGUID=canonical(guid))}/>"
    return f"<VariableValue>{reference}<{name}>{_text(_written(value, variable))}</{name}></VariableValue>"


def _written(value: Value, variable: Variable) -> str:
    kind = variable.kind
    if kind is VariableKind.TEXT and isinstance(value, str):
        return value
    if kind is VariableKind.BOOLEAN and isinstance(value, bool):
        return "true" if value else "false"
    if kind is VariableKind.INTEGER and type(value) is int:
        return str(value)
    if kind is VariableKind.FLOAT and type(value) in (int, float) and Decimal(repr(value)).is_finite():
        return f"{Decimal(repr(value)):f}"
    if kind is VariableKind.DATE and type(value) is date:
        return value.isoformat()
    if kind is VariableKind.DATETIME and isinstance(value, datetime):
        return _instant(value)
    raise InvalidProject(f"variable {variable.name}: {value!r} is no {kind.value}")


def _source(source: TextSource, guid: str, known: _Known, notes: IO[bytes]) -> Iterator[str]:
    attributes = _attributes(
        guid=guid, name=source.name, plainTextPath=f"{INTERNAL}{guid}.txt", creatingUser=known.user(source.user),
        creationDateTime=_instant(source.created),
    )  # fmt: skip
    yield f"<TextSource{attributes}>{_element('Description', source.description)}\n"
    for selection in source.selections:
        yield _selection(selection, source.text, known, notes)
    for variable, value in source.values:
        yield _value(variable, value, known)
    yield "</TextSource>\n"


def _selection(selection: Selection, text: str, known: _Known, notes: IO[bytes]) -> str:
    guid, user, created = known.new(selection.guid), known.user(selection.user), _instant(selection.created)
    excerpt = " ".join(text[selection.start : min(selection.end, selection.start + EXCERPT)].split())
    pieces = [
        "<PlainTextSelection",
        _attributes(
            guid=guid, name=excerpt, startPosition=str(selection.start), endPosition=str(selection.end),
            creatingUser=user, creationDateTime=created,
        ),
        ">",
    ]  # fmt: skip
    for code in dict.fromkeys(known.code(code) for code in selection.codes):
        coding = known.new(derived_guid("coding", guid, code))
        attributes = _attributes(guid=coding, creatingUser=user, creationDateTime=created)
        pieces.append(f"<Coding{attributes}><CodeRef{_attributes(targetGUID=code)}/></Coding>")
    if selection.memo:
        note = known.new(derived_guid("memo", guid))
        pieces.append(f"<NoteRef{_attributes(targetGUID=note)}/>")
        attributes = _attributes(guid=note, creatingUser=user, creationDateTime=created)
        content = f"<PlainTextContent>{_text(selection.memo)}</PlainTextContent>"
        notes.write(f"<Note{attributes}>{content}</Note>\n".encode())
    pieces.append("</PlainTextSelection>\n")
    return "".join(pieces)


def _attributes(**attributes: str) -> str:
    """Attributes in XML, the empty ones left out, but for a name, which some programs want."""
    return "".join(
        f" {key}={quoteattr(NOT_XML.sub(REPLACEMENT, value))}"
        for key, value in attributes.items()
        if value or key == "name"
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>" if text else ""


def _text(text: str) -> str:
    return escape(NOT_XML.sub(REPLACEMENT, text), {"\r": "&#13;"})


def _instant(at: datetime | None) -> str:
    if at is None:
        return ""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
