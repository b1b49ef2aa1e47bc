"""The shape of a review, and how a reading becomes one."""

from __future__ import annotations

from typing import Any, Final, TypedDict

from ..anchoring import canonical
from ..reading.groups import group_in
from ..reading.source import Entry, LineKind, Reading

HEADING: Final = "heading"
CHROME: Final = "chrome"
UNREAD: Final = "unread"
OUTSIDE: Final = frozenset({HEADING, CHROME, UNREAD})

LABEL, CONTEXT, QUESTION, WORDS = "label", "context", "question", "words"


class LineJson(TypedDict):
    """One non-blank line: `place` is an entry's id, or heading, chrome, unread; `role` is what it does in its entry.

    `starts` says that an answer begins here (at a question, or at the first words of an answer without one).
    """

    number: int
    text: str
    place: str
    role: str  # label, context, question, words; empty outside entries
    starts: bool
    links: list[dict[str, Any]]


class AnswerJson(TypedDict):
    """Words said in reply to one question; `start` is the line at which the answer begins (its question, if stated)."""

    start: int
    question: str
    question_key: str
    question_state: str  # stated, proposed, confirmed, unknown
    lines: list[int]
    text: str
    confidence: float
    reasons: list[str]


class EntryJson(TypedDict):
    """One voice to be: see `reading.source.Entry`, and who it is attributed to."""

    id: str
    kind: str
    lines: list[int]
    author: str
    author_kind: str  # member, outsider, group, anonymous
    member: int | None  # id of a membership
    signed_as: str
    group: str
    group_id: int | None
    group_kind: str
    tenure: str
    state: str  # content, empty
    date: str
    addressee: str
    context: str
    text: str
    links: list[dict[str, Any]]
    mentions: list[str]
    answers: list[AnswerJson]
    confidence: float
    reasons: list[str]
    is_touched: bool


class Review(TypedDict):
    """`history` holds the way back, the latest step last: former entries and lines, and what was done."""

    title: str
    lines: list[LineJson]
    entries: list[EntryJson]
    guide: list[str]
    history: list[dict[str, Any]]


def author_kind_of(author: str, group: str) -> str:
    """Return who speaks as far as a page can tell: a person named, a group, or nobody named."""
    if author and group and group_in(author):
        return "group"  # « Groupe local Jura » speaks under its own name
    if author:
        return "outsider"
    return "group" if group else "anonymous"


def review_of(reading: Reading) -> Review:
    """Return the review that a reading starts with: nothing confirmed, nothing changed."""
    headings, chrome = set(reading.heading_lines), set(reading.chrome_lines)
    owner: dict[int, Entry] = {}
    for entry in reading.entries:
        for number in range(entry.lines[0], entry.lines[1] + 1):
            owner.setdefault(number, entry)
    lines: list[LineJson] = []
    for line in reading.source.lines:
        if line.kind is LineKind.BLANK or not line.raw.strip():
            continue
        place = UNREAD
        if line.number in headings:
            place = HEADING
        elif line.number in chrome:
            place = CHROME
        elif line.number in owner:
            place = owner[line.number].id
        words = canonical(line.text).strip()
        role, starts = _role(line.number, words, owner[line.number]) if place not in OUTSIDE else ("", False)
        links = [{"url": link.url, "service": link.service, "expires": link.expires} for link in line.links]
        lines.append(
            {
                "number": line.number,
                "text": words or line.raw.strip(),
                "place": place,
                "role": role,
                "starts": starts,
                "links": links,
            }
        )
    placed = {line["place"] for line in lines}
    return {
        "title": canonical(reading.title).strip(),
        "lines": lines,
        "entries": [_entry(entry) for entry in reading.entries if entry.id in placed],
        "guide": [canonical(question) for question in reading.guide],
        "history": [],
    }


def _role(number: int, words: str, entry: Entry) -> tuple[str, bool]:
    """Return what a line does in its entry as read, and whether an answer begins there."""
    for answer in entry.answers:
        if number == answer.question_line:
            return QUESTION, True
        if answer.text and answer.lines[0] <= number <= answer.lines[1]:
            return WORDS, number == answer.lines[0] and not answer.question_line
        if not answer.text and number == answer.lines[0]:
            return QUESTION, True
    bare = words.strip(" \"«»“”'’:*_")
    if bare and bare in canonical(entry.text):
        return WORDS, False
    if bare and bare in canonical(entry.context):
        return CONTEXT, False
    if number == entry.lines[0] or (entry.author and entry.author in words):
        return LABEL, False
    return WORDS if entry.text and not entry.links else LABEL, False


def _entry(entry: Entry) -> EntryJson:
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "lines": list(entry.lines),
        "author": canonical(entry.author),
        "author_kind": author_kind_of(entry.author, "" if entry.signed_as else entry.group),
        "member": None,
        "signed_as": canonical(entry.signed_as),
        "group": canonical(entry.group),
        "group_id": None,
        "group_kind": entry.group_kind,
        "tenure": entry.tenure,
        "state": "empty" if entry.is_empty else "content",
        "date": entry.date,
        "addressee": canonical(entry.addressee),
        "context": canonical(entry.context),
        "text": canonical(entry.text).strip(),
        "links": [{"url": link.url, "service": link.service, "expires": link.expires} for link in entry.links],
        "mentions": [canonical(name) for name in dict.fromkeys(entry.mentions)],
        "answers": [
            {
                "start": answer.question_line or answer.lines[0],
                "question": canonical(answer.question),
                "question_key": "",
                "question_state": answer.question_state.value,
                "lines": list(answer.lines),
                "text": canonical(answer.text).strip(),
                "confidence": answer.confidence,
                "reasons": list(answer.reasons),
            }
            for answer in entry.answers
        ],
        "confidence": entry.confidence,
        "reasons": list(entry.reasons),
        "is_touched": False,
    }


def entry_lines(review: Review, entry_id: str) -> list[LineJson]:
    """Return the lines of one entry, in order."""
    return [line for line in review["lines"] if line["place"] == entry_id]


def misplaced_lines(review: Review) -> list[int]:
    """Return the lines that stand nowhere, or in an entry that does not exist: always empty, and tests hold that."""
    known = {entry["id"] for entry in review["entries"]} | OUTSIDE
    return [line["number"] for line in review["lines"] if line["place"] not in known]


def summary(review: Review) -> dict[str, int]:
    """Return what a reviewer wants to know first: how many voices, how many empty, proposed questions, unread lines."""
    entries = review["entries"]
    return {
        "entries": len(entries),
        "voices": sum(entry["state"] == "content" for entry in entries),
        "empty": sum(entry["state"] == "empty" for entry in entries),
        "to_confirm": sum(a["question_state"] == "proposed" for entry in entries for a in entry["answers"]),
        "unsure": sum(entry["confidence"] < 0.6 and not entry["is_touched"] for entry in entries),
        "unread": sum(line["place"] == UNREAD for line in review["lines"]),
    }
