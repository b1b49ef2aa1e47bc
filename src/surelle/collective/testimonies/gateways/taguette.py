"""Taguette projects (SQLite): documents, tags and highlights, as a `Project` of the exchange.

Taguette (1.x) keeps documents as HTML and highlights as offsets in UTF-8 bytes of the text without its tags. The
database is a stranger's: it is opened read-only from a private copy, looked at, never changed, and its schema runs no
code of its own.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from surelle.collective.testimonies.gateways.limits import PROJECT_BYTES, TEXT_BYTES
from surelle.collective.testimonies.gateways.lines import clean
from surelle.collective.testimonies.gateways.positions import normalized
from surelle.collective.testimonies.gateways.refusals import Octets, Place, PlaceKind, UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.rules.exchange import Code, Project, Selection, TextSource, User, derived_guid

SIGNATURE: Final = b"SQLite format 3\0"
COLUMNS: Final = {
    "projects": ("id", "name", "description", "created"),
    "documents": ("id", "project_id", "name", "description", "created", "contents"),
    "tags": ("id", "project_id", "path", "description"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "highlight_tags": ("highlight_id", "tag_id"),
}
STEPS: Final = 200_000_000  # virtual machine steps: a schema made to run for ever is stopped
STEPS_AT_A_TIME: Final = 100_000
ROWS: Final = 1_000_000
STRAY_MARKS: Final = 100
NEAR: Final = 2_000  # code points around its offset where a moved passage is looked for
BLOCKS: Final = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "td", "th", "table", "blockquote", "pre",
     "br", "hr", "dd", "dt", "dl", "section", "article"}
)  # fmt: skip


def projects_in(name: str, data: bytes) -> tuple[tuple[int, str], ...]:
    """Number and name of the projects of a Taguette database; raises as `read_taguette`."""
    with _database(name, data) as base:
        return tuple((row["id"], row["name"]) for row in base.rows("SELECT id, name FROM projects ORDER BY id"))


def read_taguette(name: str, data: bytes, project: int | None = None) -> Project:
    """The project of a Taguette database, the one of that number when it holds several.

    Texts are in NFC with LF ends, a line a block; offsets became code points. Raises `UnreadableSource`:
    `not_taguette`, `damaged_database`, `several_projects`, `too_large`, `out_of_text`.
    """
    with _database(name, data) as base:
        found = base.rows("SELECT id, name, description, created FROM projects ORDER BY id")
        chosen = [row for row in found if project is None or row["id"] == project]
        if not chosen:
            raise UnreadableSource("not_taguette", name, detail="project")
        if len(chosen) > 1:
            listed = ", ".join(f"{row['id']} = {row['name']}" for row in chosen)
            raise UnreadableSource("several_projects", name, projects=listed)
        return _Reader(name, base, chosen[0]).project()


class _Base:
    """Rows of a hostile database: every cell has the type that it is read for, every fault one name."""

    def __init__(self, name: str, connection: sqlite3.Connection) -> None:
        self.name = name
        self.connection = connection

    def rows(self, query: str, *parameters: object) -> list[dict[str, Any]]:
        try:
            cursor = self.connection.execute(query, parameters)
            titles = [column[0] for column in cursor.description]
            rows = [dict(zip(titles, row, strict=True)) for row in cursor.fetchmany(ROWS)]
        except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as error:
            raise UnreadableSource("damaged_database", self.name, detail=str(error) or type(error).__name__) from None
        for row in rows:
            for title, value in row.items():
                whole = title == "id" or title.endswith(("_id", "_offset"))
                if whole != (type(value) is int) or not (whole or value is None or isinstance(value, str)):
                    raise UnreadableSource("damaged_database", self.name, detail=title)
        return rows


@contextmanager
def _database(name: str, data: bytes) -> Iterator[_Base]:
    if len(data) > PROJECT_BYTES:
        raise UnreadableSource("too_large", name, size=Octets(len(data)), limit=Octets(PROJECT_BYTES))
    if not data:
        raise UnreadableSource("empty", name)
    if not data.startswith(SIGNATURE):
        raise UnreadableSource("not_taguette", name, detail="SQLite")
    with tempfile.TemporaryDirectory(prefix="taguette-") as folder:
        copy = Path(folder) / "project.sqlite3"
        copy.write_bytes(data)
        try:
            connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)
        except sqlite3.Error as error:
            raise UnreadableSource("damaged_database", name, detail=str(error)) from None
        with closing(connection):
            base = _Base(name, connection)
            _harden(connection)
            _check_schema(base)
            yield base


def _harden(connection: sqlite3.Connection) -> None:
    """What sqlite.org/security.html asks for before the database of a stranger is read."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * TEXT_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    left = STEPS // STEPS_AT_A_TIME

    def step() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(step, STEPS_AT_A_TIME)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _check_schema(base: _Base) -> None:
    """Plain tables with the columns of Taguette: no view, no virtual table, no computed column."""
    tables = {
        row["name"]: row["sql"] or "" for row in base.rows("SELECT name, sql FROM sqlite_master WHERE type='table'")
    }
    for table, columns in COLUMNS.items():
        if not tables.get(table, "").upper().lstrip().startswith("CREATE TABLE"):
            raise UnreadableSource("not_taguette", base.name, detail=table)
        query = "SELECT name, CAST(hidden AS TEXT) AS hidden FROM pragma_table_xinfo(?)"
        present = {row["name"] for row in base.rows(query, table) if row["hidden"] == "0"}
        for column in columns:
            if column not in present:
                raise UnreadableSource("not_taguette", base.name, detail=f"{table}.{column}")


class _Reader:
    def __init__(self, name: str, base: _Base, row: dict[str, Any]) -> None:
        self.name = name
        self.base = base
        self.row = row
        # The same project exported twice keeps its identifiers; another one with the same numbers does not.
        seed = hashlib.sha256(f"{row['name']}\0{row['created']}".encode(errors="replace")).hexdigest()
        self.key = ("taguette", seed, row["id"])
        self.moved = self.uncertain = self.empty = 0

    def guid(self, *parts: object) -> str:
        return derived_guid(*self.key, *parts)

    def project(self) -> Project:
        number = self.row["id"]
        tags = self.base.rows("SELECT id, path, description FROM tags WHERE project_id = ? ORDER BY path, id", number)
        self.authors = self.authors_of(number)
        coded: dict[int, list[str]] = {}
        known = {tag["id"] for tag in tags}
        for pair in self.base.rows("SELECT highlight_id, tag_id FROM highlight_tags ORDER BY highlight_id, tag_id"):
            if pair["tag_id"] in known:
                coded.setdefault(pair["highlight_id"], []).append(self.guid("tag", pair["tag_id"]))
        documents = self.base.rows("SELECT id FROM documents WHERE project_id = ? ORDER BY id", number)
        sources = tuple(self.source(document["id"], coded) for document in documents)
        logins = sorted({login for login, _ in self.authors.values()})
        counts = {"moved_passages": self.moved, "uncertain_passages": self.uncertain, "empty_passages": self.empty}
        return Project(
            name=clean(self.row["name"] or ""),
            users=tuple(User(self.guid("user", login), login) for login in logins),
            codes=self.codes(tags),
            sources=sources,
            description=clean(self.row["description"] or ""),
            created=_instant(self.row["created"]),
            remarks=tuple(Remark(code, count=count) for code, count in counts.items() if count),
        )

    def authors_of(self, number: int) -> dict[int, tuple[str, datetime | None]]:
        """Highlight → who made it and when, from Taguette's log of commands when the export kept it."""
        log = "SELECT name FROM sqlite_master WHERE type='table' AND name='commands' AND sql LIKE 'CREATE TABLE%'"
        if not self.base.rows(log):
            return {}
        query = "SELECT user_login, date, payload FROM commands WHERE project_id = ? ORDER BY id"
        try:
            commands = self.base.rows(query, number)
        except UnreadableSource:  # an older log: who marked is then unknown, which loses no words
            return {}
        authors: dict[int, tuple[str, datetime | None]] = {}
        for command in commands:
            try:
                payload = json.loads(command["payload"] or "")
            except (ValueError, RecursionError):
                continue
            if isinstance(payload, dict) and payload.get("type") == "highlight_add":
                highlight = payload.get("highlight_id")
                if type(highlight) is int and command["user_login"]:
                    authors.setdefault(highlight, (clean(command["user_login"]), _instant(command["date"])))
        return authors

    def codes(self, tags: list[dict[str, Any]]) -> tuple[Code, ...]:
        """The tags as a tree: "soin.écoute" stands under "soin" when there is a tag of that name."""
        paths = {tag["path"] or "": tag for tag in tags}
        inner: dict[str, list[str]] = {}
        for path in paths:
            above = path
            while above:
                above = above.rpartition(".")[0]
                if above in paths:
                    break
            inner.setdefault(above, []).append(path)

        def code(path: str, above: str, depth: int) -> Code:
            tag = paths[path]
            # Other programs stop at some depth; past 50 the last tags stand side by side.
            under = inner.get(path, []) if path and depth < 50 else []
            return Code(
                guid=self.guid("tag", tag["id"]),
                name=clean(path[len(above) + 1 :] if above else path),
                description=clean(tag["description"] or ""),
                children=tuple(code(child, path, depth + 1) for child in under),
            )

        return tuple(code(path, "", 0) for path in inner.get("", []))

    def source(self, document: int, coded: dict[int, list[str]]) -> TextSource:
        query = "SELECT id, name, description, created, contents FROM documents WHERE id = ?"
        row = self.base.rows(query, document)[0]
        title = row["name"] or str(document)
        if len(row["contents"] or "") > TEXT_BYTES:
            raise UnreadableSource(
                "too_large", self.name, Place(PlaceKind.DOCUMENT, title),
                size=Octets(len(row["contents"])), limit=Octets(TEXT_BYTES),
            )  # fmt: skip
        words = self.words(row["contents"] or "", title)
        text, start_of, end_of = normalized(words.text)
        selections = []
        query = "SELECT id, start_offset, end_offset, snippet FROM highlights WHERE document_id = ?"
        for highlight in self.base.rows(f"{query} ORDER BY start_offset, id", document):
            start, end = highlight["start_offset"], highlight["end_offset"]
            if not 0 <= start <= end <= words.bytes:
                raise UnreadableSource(
                    "out_of_text", self.name, Place(PlaceKind.DOCUMENT, title), start=start, end=end,
                    length=words.bytes,
                )  # fmt: skip
            first, last = self.found(words, start, end, self.words(highlight["snippet"] or "", title).text)
            if not words.text[first:last].strip():
                self.empty += 1
                continue
            login, at = self.authors.get(highlight["id"], ("", None))
            selections.append(
                Selection(
                    guid=self.guid("highlight", highlight["id"]),
                    start=start_of(first),
                    end=end_of(last),
                    codes=tuple(coded.get(highlight["id"], ())),
                    user=self.guid("user", login) if login else "",
                    created=at,
                )
            )
        return TextSource(
            guid=self.guid("document", document),
            name=clean(title),
            text=text,
            created=_instant(row["created"]),
            description=clean(row["description"] or ""),
            selections=tuple(selections),
        )

    def words(self, html: str, title: str) -> _Words:
        """The words of sanitised HTML. Taguette leaves no comment and no open bracket in it: many are an attack, on
        which Python's parser would spend the square of its length.
        """
        if html.count("<!") > STRAY_MARKS or html.count("<") > html.count(">") + STRAY_MARKS:
            raise UnreadableSource("damaged_database", self.name, Place(PlaceKind.DOCUMENT, title), detail="HTML")
        return _text_of(html)

    def found(self, words: _Words, start: int, end: int, snippet: str) -> tuple[int, int]:
        """Code points of a passage, checked against the words that Taguette noted of it.

        When they differ, the nearest place that has these words is taken; failing that the offsets, to be checked.
        """
        first, last = words.position(start), words.position(end, is_end=True)
        wanted = "".join(snippet.split())
        if "".join(words.text[first:last].split()) == wanted or not wanted:
            return first, last
        around = words.text[max(first - NEAR, 0) : last + NEAR]
        place = around.find(snippet.strip())
        if place < 0:
            self.uncertain += 1
            return first, last
        self.moved += 1
        place += max(first - NEAR, 0)
        return place, place + len(snippet.strip())


@dataclass
class _Words:
    """The text of a document, and where its pieces stand: in bytes for Taguette, in code points for us."""

    text: str = ""
    bytes: int = 0
    in_bytes: list[int] = field(default_factory=list)
    in_points: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def position(self, offset: int, *, is_end: bool = False) -> int:
        """The code point at an offset in bytes, rounded down inside a character.

        Between two pieces a passage starts at the second and ends with the first: the line end between is not its.
        """
        index = (bisect_left if is_end else bisect_right)(self.in_bytes, offset) - 1
        if index < 0:
            return 0
        inside = self.pieces[index].encode("utf-8")[: offset - self.in_bytes[index]].decode("utf-8", errors="ignore")
        return self.in_points[index] + len(inside)


class _Extractor(HTMLParser):
    """The text nodes of Taguette's sanitised HTML; a line end is added where a block ends without one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = _Words()
        self.parts: list[str] = []
        self.points = 0
        self.at_line_start = True
        self.after_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.block(tag)
        self.after_pre = tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self.block(tag)

    def block(self, tag: str) -> None:
        if tag in BLOCKS and not self.at_line_start:
            self._piece("\n", 0)  # not in Taguette's count

    def handle_data(self, data: str) -> None:
        data = data.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
        if not self.words.bytes:
            data = data.lstrip(" \t\n\f")  # an HTML parser drops the spaces before the first word
        if self.after_pre:
            data, self.after_pre = data.removeprefix("\n"), False
        if data:
            self._piece(data, len(data.encode("utf-8", errors="replace")))

    def _piece(self, text: str, weight: int) -> None:
        words = self.words
        if weight:
            words.in_bytes.append(words.bytes)
            words.in_points.append(self.points)
            words.pieces.append(text)
        self.parts.append(text)
        words.bytes += weight
        self.points += len(text)
        self.at_line_start = text.endswith("\n")


def _text_of(html: str) -> _Words:
    extractor = _Extractor()
    extractor.feed(html.encode("utf-8", errors="replace").decode("utf-8"))
    extractor.close()
    extractor.words.text = "".join(extractor.parts)
    return extractor.words


def _instant(text: str | None) -> datetime | None:
    """Taguette writes UTC without saying so."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
