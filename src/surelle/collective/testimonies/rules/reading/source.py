"""The two ends of reading: the lines of a source, and what was read in them.

Gateways turn a file of any format into a `Source`; the rules of this package turn a `Source` into a `Reading`.
Line numbers start at 1. Every non-blank line ends in exactly one entry, heading or chrome; a line that the rules could
not place is listed in `unread_lines`, never lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class LineKind(StrEnum):
    """What the format itself says of a line, before any interpretation."""

    BLANK = "blank"
    TEXT = "text"
    HEADING = "heading"  # `level` 1 (largest) to 6
    ITEM = "item"  # an element of a list, `level` = depth from 1
    QUOTE = "quote"  # the format marks it as a quotation
    SPEAKER = "speaker"  # words of a named speaker (transcripts): `speaker` is filled
    QUESTION = "question"  # the format says so: a survey's column
    AUTHOR = "author"  # the format says so: a survey's respondent
    CHROME = "chrome"  # navigation, actions, markup alone: never said by a voice


@dataclass(frozen=True)
class Link:
    """An address met in a line; `service` is a short name, `expires` whether it is likely to die."""

    url: str
    service: str = ""
    expires: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the source: `raw` as it stood, `text` without markup (NFC)."""

    number: int
    raw: str
    text: str
    kind: LineKind = LineKind.TEXT
    level: int = 0
    speaker: str = ""
    links: tuple[Link, ...] = ()
    is_strong: bool = False  # the format sets the whole line in bold: a heading that does not say its name
    cells: tuple[str, ...] = ()  # of a row of a table, empty ones too
    is_italic: bool = False  # the format sets the whole line in italics, as questions often are


@dataclass(frozen=True)
class Source:
    """A decoded source: `format` names the gateway that read it, `sha256` is of the bytes as received."""

    name: str
    format: str
    sha256: str
    lines: tuple[Line, ...]
    title: str = ""
    encoding: str = "utf-8"
    remarks: tuple[str, ...] = ()


class EntryKind(StrEnum):
    MEDIA = "media"
    QUOTE = "quote"
    INTERVIEW = "interview"
    FEEDBACK = "feedback"


class QuestionState(StrEnum):
    STATED = "stated"  # the question stands in the source
    PROPOSED = "proposed"  # aligned with the guide of the other interviews: to confirm
    UNKNOWN = "unknown"  # an answer whose question nobody knows


@dataclass(frozen=True)
class Answer:
    """Words said in reply to one question; `lines` are first and last, the question's own line excluded.

    A question left without an answer is kept: `text` is empty and `lines` is the line of the question, twice.
    """

    question: str
    question_state: QuestionState
    lines: tuple[int, int]
    text: str
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    question_line: int = 0  # where a stated question stands, 0 when it stands nowhere


@dataclass(frozen=True)
class Entry:
    """One voice at one place of the source: words, a medium, or a name that waits for words."""

    id: str
    kind: EntryKind
    lines: tuple[int, int]
    author: str = ""
    group: str = ""
    group_kind: str = ""  # working_group, local_group, trade_group, collective, external_network or ""
    tenure: str = ""  # "newcomer" or ""
    is_empty: bool = False
    date: str = ""  # ISO, with the precision known: 2021, 2021-09 or 2021-09-14
    addressee: str = ""
    context: str = ""  # the sentence that introduces the words
    text: str = ""
    links: tuple[Link, ...] = ()
    mentions: tuple[str, ...] = ()  # third persons named in the words
    answers: tuple[Answer, ...] = ()
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    signed_as: str = ""  # how a voice without a name is called: « Une coopératrice », « Anonyme »


@dataclass(frozen=True)
class Reading:
    """What was read: entries in the order of the source, and an account of every other line."""

    source: Source
    title: str
    entries: tuple[Entry, ...]
    heading_lines: tuple[int, ...] = ()
    chrome_lines: tuple[int, ...] = ()
    unread_lines: tuple[int, ...] = ()
    guide: tuple[str, ...] = field(default=())  # the questions stated by the interviews of this source, in order
