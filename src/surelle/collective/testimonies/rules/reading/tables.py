"""Tables in a page: a row a person and a column a question, or a row a question and its answer.

A row is one line of the source; it becomes several pieces that share its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.folding import fold, key
from surelle.collective.testimonies.rules.reading.source import Line, LineKind

NOBODY: Final = "Anonyme"
_SHORT: Final = 200  # a longer cell is no title of a column


class _Column(StrEnum):
    NAME = "name"
    GROUP = "group"
    ADDRESSEE = "addressee"
    DATE = "date"
    WORDS = "words"
    QUESTION = "question"


def unfolded(rows: Sequence[Line]) -> list[tuple[Line, list[Line]]]:
    """Return each row of a table with the lines it stands for: none for the titles, itself where it is no such table.

    The lines keep the number of their row.
    """
    header = rows[0].cells
    if len(header) == 2 and _asks(rows):
        named = sum(_is_question(row.cells[0]) for row in rows[:1])
        return [
            (row, [] if not place and not named and _is_title(header) else _asked(row))
            for place, row in enumerate(rows)
        ]
    columns = _columns(header)
    if not columns or len(rows) < 2:
        return [(row, [row]) for row in rows]
    return [(row, _person(row, header, columns) if place else []) for place, row in enumerate(rows)]


def _is_question(cell: str) -> bool:
    return cell.rstrip(' *_»"”').endswith("?")


def _is_title(header: Sequence[str]) -> bool:
    return bool(cues.QUESTION_TITLE.match(fold(header[0]))) or not header[0]


def _asks(rows: Sequence[Line]) -> bool:
    """Whether the first column asks and the second answers."""
    body = rows[1:] if len(rows) > 1 and not _is_question(rows[0].cells[0]) else rows
    asking = sum(_is_question(row.cells[0]) for row in body)
    titled = _is_title(rows[0].cells) and bool(cues.ANSWER_TITLE.match(fold(rows[0].cells[1])))
    return asking * 2 > len(body) or (titled and len(rows) > 1)


def _columns(header: Sequence[str]) -> list[_Column]:
    """Return what each column holds, empty when the first row holds no titles with somebody's name among them."""
    if len(header) < 2 or any(len(cell) > _SHORT for cell in header):
        return []
    columns: list[_Column] = []
    for cell in header:
        folded = key(cell)
        found = next((role for role, titles in cues.COLUMN_TITLES if titles.fullmatch(folded)), "")
        column = _Column(found) if found else _Column.QUESTION
        if column is _Column.NAME and column in columns and folded not in ("prenom", "nom"):
            column = _Column.QUESTION
        columns.append(column)
    if _Column.NAME not in columns:
        if header[0] or not any(_is_question(cell) for cell in header[1:]):
            return []
        columns[0] = _Column.NAME
    others = [cell for cell, column in zip(header, columns, strict=True) if column is _Column.QUESTION]
    told = _Column.WORDS in columns or any(_is_question(cell) for cell in others)
    return columns if told or (others and all(others)) else []


def _line(row: Line, text: str, kind: LineKind, is_first: bool = False) -> Line:
    links = tuple(link for link in row.links if link.url in text)
    if is_first:
        links += tuple(link for link in row.links if not any(link.url in cell for cell in row.cells))
    return Line(row.number, row.raw, text, kind, links=links, cells=row.cells if kind is LineKind.AUTHOR else ())


def _asked(row: Line) -> list[Line]:
    lines = [_line(row, row.cells[0], LineKind.QUESTION)] if row.cells[0] else []
    if row.cells[1]:
        lines.append(_line(row, row.cells[1], LineKind.TEXT, is_first=True))
    return lines or [row]


def _person(row: Line, header: Sequence[str], columns: Sequence[_Column]) -> list[Line]:
    cells: dict[_Column, list[tuple[str, str]]] = {}
    for title, column, cell in zip(header, columns, row.cells, strict=False):
        if cell:
            cells.setdefault(column, []).append((title, cell))
    name = " ".join(cell for _, cell in cells.get(_Column.NAME, [])) or NOBODY
    group = " / ".join(_group(title, cell) for title, cell in cells.get(_Column.GROUP, []))
    who = name + (f" ({group})" if group else "")
    who += "".join(f", {cell}" for _, cell in cells.get(_Column.DATE, []))
    who += "".join(f" à l'attention de {cell}" for _, cell in cells.get(_Column.ADDRESSEE, []))
    lines = [_line(row, who, LineKind.AUTHOR, is_first=True)]
    asked = cells.get(_Column.QUESTION, [])
    silent = not asked and not cells.get(_Column.WORDS)
    for title, column, cell in zip(header, columns, (*row.cells, *[""] * len(header)), strict=False):
        if column is _Column.WORDS and cell:
            lines.append(_line(row, cell, LineKind.TEXT))
        elif column is _Column.QUESTION and not silent and (title or cell):
            lines += [_line(row, title or "?", LineKind.QUESTION)]
            lines += [_line(row, cell, LineKind.TEXT)] if cell else []
    return lines


def _group(title: str, cell: str) -> str:
    """The group as a heading names it: « Groupe local » and « Lyon » make « Groupe local Lyon »."""
    return cell if re.match(cues.ANY_GROUP, fold(cell)) else f"{title} {cell}"
