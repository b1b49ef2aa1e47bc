"""A qualitative analysis as other programs know it: codes, texts, marked passages, cases. Plain data, no format.

The words are those of the exchange standard (REFI-QDA), which are not ours: a *code* is our theme, a *text source* our
testimony, a *selection* our mark, a *case* a voice or a group of voices, with *variables* such as group, tenure,
question or tone. Positions count code points of the text in NFC with LF line ends, from 0, the end excluded.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

NAMESPACE: Final = uuid.UUID("5e1b0f4a-8d3c-5b5e-9f57-0a9b1d2c3e4f")  # of the identifiers that Surelle derives

Value = str | bool | int | float | date | datetime


def derived_guid(*parts: object) -> str:
    """An identifier that is always the same for the same parts, so that a second export repeats the first."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


class InvalidProject(ValueError):
    """A project that cannot be written without loss: the message says what, for the developer."""


@dataclass(frozen=True)
class User:
    """Who marks."""

    guid: str
    name: str


@dataclass(frozen=True)
class Code:
    """A theme; `color` is `#rrggbb` or "", `children` are the themes under it."""

    guid: str
    name: str
    description: str = ""
    color: str = ""
    is_codable: bool = True
    children: tuple[Code, ...] = ()


@dataclass(frozen=True)
class Selection:
    """A marked passage: code points `start` to `end` (excluded), the guids of its codes, its author, its memo."""

    guid: str
    start: int
    end: int
    codes: tuple[str, ...] = ()
    user: str = ""
    created: datetime | None = None
    memo: str = ""


class VariableKind(StrEnum):
    """What the values of a variable are."""

    TEXT = "Text"
    BOOLEAN = "Boolean"
    INTEGER = "Integer"
    FLOAT = "Float"
    DATE = "Date"
    DATETIME = "DateTime"


@dataclass(frozen=True)
class Variable:
    """A property that cases and sources can have: group, tenure, question, tone."""

    guid: str
    name: str
    kind: VariableKind = VariableKind.TEXT
    description: str = ""


@dataclass(frozen=True)
class TextSource:
    """A text in NFC with LF line ends, its passages, its values by guid of variable."""

    guid: str
    name: str
    text: str
    created: datetime | None = None
    user: str = ""
    description: str = ""
    selections: tuple[Selection, ...] = ()
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True)
class Case:
    """A voice, a group, a tone: its values by guid of variable, the guids of its sources and selections."""

    guid: str
    name: str
    description: str = ""
    values: tuple[tuple[str, Value], ...] = ()
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """A whole analysis. `sources` may be any iterable, read once, so that an export need not hold all the texts."""

    name: str
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    sources: Iterable[TextSource] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    description: str = ""
    created: datetime | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """A tree of themes alone."""

    codes: tuple[Code, ...]


def walk(codes: Sequence[Code]) -> Iterator[Code]:
    """Every code of a forest, parents before children."""
    stack = list(reversed(codes))
    while stack:
        code = stack.pop()
        yield code
        stack.extend(reversed(code.children))


def cases_by_value(variable: Variable, values: Mapping[str, Value]) -> tuple[Case, ...]:
    """Cases that say one variable of selections (guid → value): a case a value, in the order of first use.

    The standard gives variables to cases and sources only; so the tone of a passage is "the case Ton +1, which has
    these passages".
    """
    together: dict[Value, list[str]] = {}
    for selection, value in values.items():
        together.setdefault(value, []).append(selection)
    return tuple(
        Case(
            guid=derived_guid("case", variable.guid, value),
            name=f"{variable.name} {value:+d}" if type(value) is int else f"{variable.name} {value}",
            values=((variable.guid, value),),
            selections=tuple(selections),
        )
        for value, selections in together.items()
    )


def values_of_selections(project: Project, variable: str) -> dict[str, Value]:
    """The values of one variable (its guid) by guid of selection: the inverse of `cases_by_value`."""
    return {
        selection: value
        for case in project.cases
        for guid, value in case.values
        if guid == variable
        for selection in case.selections
    }


def check_source(source: TextSource) -> None:
    """Raise `InvalidProject` when positions would not mean the same thing to the program that reads them."""
    if "\r" in source.text or not unicodedata.is_normalized("NFC", source.text):
        raise InvalidProject(f"source {source.guid}: the text is not in NFC with LF line ends")
    for selection in source.selections:
        if not 0 <= selection.start < selection.end <= len(source.text):
            raise InvalidProject(
                f"selection {selection.guid}: {selection.start}-{selection.end} in {len(source.text)} code points"
            )
