"""Sections, and the drafts of voices in them: lines that belong together, not yet understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from surelle.collective.testimonies.rules.reading.names import NameShape
from surelle.collective.testimonies.rules.reading.roles import Part, Role


@dataclass(slots=True)
class Section:
    """A stretch of the page under one heading; what the heading says holds for each of its voices."""

    number: int
    line: int = 0  # of the heading, 0 when there is none
    level: int = 0
    kind: str = ""
    group: str = ""
    group_kind: str = ""
    group_line: int = 0
    is_group_loose: bool = False
    is_newcomer: bool = False
    date: str = ""
    date_line: int = 0
    text: str = ""
    voices: int = 0
    bare_names: int = 0  # voices named by a line of their own, not by a heading
    drafts: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """The lines of one voice, not yet understood."""

    section: Section
    parts: list[Part] = field(default_factory=list)
    author: Part | None = None  # the line that names the voice, among `parts`
    shape: NameShape | None = None
    form: str = ""
    asked: Part | None = None  # the question of the section, when answers are gathered by question
    is_signed: bool = False
    is_transcript: bool = False
    has_question: bool = False
    has_quotation: bool = False  # one that is closed

    def add(self, part: Part) -> None:
        self.parts.append(part)
        self.has_question = self.has_question or part.role is Role.QUESTION
        self.has_quotation = self.has_quotation or part.piece.closes

    @property
    def body(self) -> list[Part]:
        return [part for part in self.parts if part.words or part.piece.links]

    @property
    def first(self) -> int:
        return self.parts[0].piece.number

    @property
    def last(self) -> int:
        return self.parts[-1].piece.number


@dataclass(slots=True)
class Layout:
    """The page cut into voices; `heading_lines` belong to none of them."""

    title: str = ""
    sections: list[Section] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    heading_lines: list[int] = field(default_factory=list)
    guide: list[str] = field(default_factory=list)  # questions listed by the page before anybody answers


def inherit(section: Section, parent: Section) -> None:
    """Give a section what the one above it says of its voices."""
    section.kind = section.kind or parent.kind
    section.group, section.group_kind, section.group_line = parent.group, parent.group_kind, parent.group_line
    section.is_group_loose = parent.is_group_loose
    section.is_newcomer = section.is_newcomer or parent.is_newcomer
    section.date, section.date_line = parent.date, parent.date_line
