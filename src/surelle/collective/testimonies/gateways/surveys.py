"""Answers to a survey: one row a person, one column a question, from CSV, XLSX or ODS.

Each row becomes an AUTHOR line, then a QUESTION line and the TEXT lines of each answered cell. A column of groups
becomes headings above the persons; dates and consents become CHROME lines whose `speaker` says which (`date`,
`consent`), since no voice said them. Mail addresses and technical numbers are left out, and told.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from surelle.collective.testimonies.gateways.limits import CELLS, TEXT_BYTES
from surelle.collective.testimonies.gateways.lines import LineWriter, clean
from surelle.collective.testimonies.gateways.refusals import Place, PlaceKind, UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark
from surelle.collective.testimonies.gateways.survey_columns import Role, role_of
from surelle.collective.testimonies.rules.reading.groups import group_in
from surelle.collective.testimonies.rules.reading.source import LineKind, Source

DELIMITERS: Final = (";", "\t", ",", "|")
NOBODY: Final = "Anonyme {number}"
OTHERS: Final = "Témoignages"  # the heading over persons whose row names no group, after one that did: it names none

csv.field_size_limit(TEXT_BYTES)  # the default stops at 131,072 characters, one long answer


@dataclass(frozen=True)
class Row:
    """Cells of one row; `number` is that of the file, as a spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A sheet of answers: its name (\"\" for CSV), its header, its rows that hold something."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def source_from_csv(name: str, text: str, sha256: str, encoding: str = "utf-8") -> Source:
    """The persons and answers of a CSV file, its delimiter one of `; , tab |`.

    Raises `UnreadableSource`: `ragged_row`, `unclosed_quote` (row), `no_header`, `no_words`.
    """
    delimiter, text = _delimiter(text)
    table = table_of("", _rows(name, text, delimiter), name, delimiter)
    return source_from_tables(name, "csv", [table] if table else [], sha256, encoding)


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without the line `sep=;` that Excel writes.

    The header decides: its titles rarely hold a delimiter outside quotation marks, answers often do.
    """
    first, _, rest = text.partition("\n")
    if match := re.fullmatch(r"sep=(.)", first.strip('\ufeff "')):
        return match[1], rest
    best, most = DELIMITERS[0], 1
    for delimiter in DELIMITERS:
        reader = csv.reader(text.lstrip("\n").split("\n"), delimiter=delimiter)
        try:
            width = len(next(reader, []))
        except csv.Error:
            width = 0
        if width > most:
            best, most = delimiter, width
    return best, text


def _rows(name: str, text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    # The lines keep their ends: an answer between quotation marks may run over several.
    reader = csv.reader((line + "\n" for line in text.split("\n")), delimiter=delimiter, strict=True)
    number = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise UnreadableSource("unclosed_quote", name, Place(PlaceKind.ROW, number)) from None
        if cells is None:
            return rows
        rows.append(Row(number, tuple(clean(cell).strip() for cell in cells)))
        number += 1


def table_of(sheet: str, rows: Sequence[Row], file: str, delimiter: str = "") -> Table | None:
    """The header and the rows of a sheet; None when it is empty. Empty cells after the last title are dropped.

    Raises `UnreadableSource`: `ragged_row`, naming the row.
    """
    filled = [row for row in rows if any(row.cells)]
    if not filled:
        return None
    header = _trimmed(filled[0].cells)
    if (count := len(header) * len(filled)) > CELLS:
        raise UnreadableSource("too_many_rows", file, count=count, limit=CELLS)
    kept = []
    for row in filled[1:]:
        cells = _trimmed(row.cells)
        # In a text, a row with fewer cells than titles was cut, or lost a delimiter: its answers could stand under the
        # wrong questions. Empty cells past the titles are what spreadsheets leave behind.
        if len(cells) > len(header) or (delimiter and len(row.cells) < len(header)):
            raise UnreadableSource(
                "ragged_row", file, Place(PlaceKind.ROW, row.number),
                found=len(row.cells), expected=len(header), delimiter=delimiter or ";",
            )  # fmt: skip
        kept.append(Row(row.number, cells + ("",) * (len(header) - len(cells))))
    return Table(sheet, header, tuple(kept))


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    length = len(cells)
    while length and not cells[length - 1]:
        length -= 1
    return cells[:length]


def source_from_tables(name: str, format: str, tables: Sequence[Table], sha256: str, encoding: str = "utf-8") -> Source:
    """The lines of the persons of these sheets, in the order of the file.

    Raises `UnreadableSource`: `no_header`, `no_words`.
    """
    if not tables:
        raise UnreadableSource("no_words", name)
    writer = LineWriter(name)
    remarks = []
    if len(tables) > 1:
        remarks.append(Remark("several_sheets", count=len(tables)))
    for table in tables:
        roles = roles_of(table)
        if Role.QUESTION not in roles:
            place = Place(PlaceKind.SHEET, table.name) if len(tables) > 1 else None
            raise UnreadableSource("no_header", name, place)
        if len(tables) > 1:
            writer.add(table.name, LineKind.HEADING, level=1)
        _write(writer, table, roles)
        left = [title for title, role in zip(table.header, roles, strict=True) if role is Role.TECHNICAL]
        if left:
            remarks.append(Remark("columns_left_out", columns=", ".join(left)))
        if Role.NAME not in roles and Role.FIRST_NAME not in roles:
            remarks.append(Remark("no_name_column"))
    lines = writer.finished()
    if not any(line.kind is LineKind.AUTHOR for line in lines):
        raise UnreadableSource("no_words", name)
    return Source(name=name, format=format, sha256=sha256, lines=lines, encoding=encoding, remarks=tuple(remarks))


def roles_of(table: Table) -> tuple[Role, ...]:
    """The role of each column, from its title, and from its cells where the title alone could be a question's."""
    roles: list[Role] = []
    for index, title in enumerate(table.header):
        role = role_of(title, [row.cells[index] for row in table.rows])
        single = role in (Role.NAME, Role.FIRST_NAME, Role.GROUP) and role in roles
        roles.append(Role.QUESTION if single else role)
    return tuple(roles)


def _write(writer: LineWriter, table: Table, roles: tuple[Role, ...]) -> None:
    group, anonymous = "", 0
    for row in table.rows:
        cells: dict[Role, list[tuple[str, str]]] = {}
        for title, role, cell in zip(table.header, roles, row.cells, strict=True):
            if cell:
                cells.setdefault(role, []).append((title, cell))
        now = " / ".join(_group(title, cell) for title, cell in cells.get(Role.GROUP, []))
        if now != group:
            writer.blank()
            writer.add(now or OTHERS, LineKind.HEADING, level=2)
            group = now
        person = " ".join(cell for role in (Role.FIRST_NAME, Role.NAME) for _, cell in cells.get(role, []))
        if not person:
            anonymous += 1
            person = NOBODY.format(number=anonymous)
        writer.blank()
        writer.add(" ".join(person.split()), LineKind.AUTHOR)
        for role in (Role.DATE, Role.CONSENT):
            for title, cell in cells.get(role, []):
                words = " ".join(cell.split())
                writer.add(words, LineKind.CHROME, speaker=role.value, raw=f"{title}: {words}")
        for title, cell in cells.get(Role.QUESTION, []):
            writer.add(" ".join(title.split()) or "?", LineKind.QUESTION)
            writer.add(cell)


def _group(title: str, cell: str) -> str:
    """The group as a heading names it: "Groupe local" and "Lyon" make "Groupe local Lyon"."""
    cell = " ".join(cell.split())
    if group_in(cell):
        return cell
    short = re.sub(r"^(?:votre|ton|your)\s+", "", " ".join(title.split()), flags=re.IGNORECASE)
    return f"{short[:1].upper()}{short[1:]} {cell}"


def written(cell: object) -> str:
    """A cell of a spreadsheet as a person reads it: whole numbers without decimals, dates as ISO."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return clean(str(cell)).strip()
