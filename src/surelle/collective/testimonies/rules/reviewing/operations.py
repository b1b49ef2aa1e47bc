"""What a reviewer may do to a reading. Each operation takes a review and returns another; `undo` goes one step back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any, Final

from ..reading.wording import without_quotation_marks
from .review import (
    CHROME,
    CONTEXT,
    HEADING,
    LABEL,
    OUTSIDE,
    QUESTION,
    WORDS,
    AnswerJson,
    EntryJson,
    LineJson,
    Review,
    author_kind_of,
    entry_lines,
)

KINDS: Final = ("quote", "interview", "media", "feedback")
HISTORY: Final = 30
NAME_WORDS: Final = 5  # a line no longer than this, without a full stop, may be a name
SENTENCE_END: Final = '.!?…:;»"”)'


class NoSuchPlace(ValueError):
    """The line, entry or answer that the operation speaks of is not there (any more)."""


def split_entry(review: Review, *, line: int) -> Review:
    """Begin a new entry at `line`; the words before stay where they are. A short first line is taken as its author."""

    def change(after: Review) -> None:
        at = _line(after, line)
        entry = _entry(after, at["place"])
        moved = [one for one in entry_lines(after, entry["id"]) if one["number"] >= line]
        if len(moved) == len(entry_lines(after, entry["id"])):
            raise NoSuchPlace("the entry begins here already")
        name = at["text"].strip(" :")
        is_name = len(name.split()) <= NAME_WORDS and name[-1:] not in SENTENCE_END and len(moved) > 1
        new = _blank_entry(_new_id(after, entry["id"], line), entry["kind"])
        new.update({"group": entry["group"], "group_id": entry["group_id"], "group_kind": entry["group_kind"]})
        new.update({"tenure": entry["tenure"], "date": entry["date"]})
        if is_name:
            new["author"], at["role"], at["starts"] = name, LABEL, False
        new["author_kind"] = author_kind_of(new["author"], "")
        new["answers"] = deepcopy(entry["answers"])
        new["mentions"] = list(entry["mentions"])
        for one in moved:
            one["place"] = new["id"]
        after["entries"].insert(after["entries"].index(entry) + 1, new)
        _rebuild(after, entry, new)

    return _step(review, "split_entry", change)


def merge_with_next(review: Review, *, entry: str) -> Review:
    """Make one entry of this one and the next; the author of this one stays, unless it has none."""

    def change(after: Review) -> None:
        first = _entry(after, entry)
        index = after["entries"].index(first) + 1
        if index >= len(after["entries"]):
            raise NoSuchPlace("there is no next entry")
        second = after["entries"].pop(index)
        if first["state"] == "empty" or (second["kind"] == "interview" and not first["answers"]):
            first["kind"] = second["kind"]
        if not first["author"]:
            first.update({"author": second["author"], "author_kind": second["author_kind"], "member": second["member"]})
        if not first["group"]:
            first.update({"group": second["group"], "group_id": second["group_id"], "group_kind": second["group_kind"]})
        for name in ("date", "addressee", "tenure"):
            first[name] = first[name] or second[name]
        first["answers"] += second["answers"]
        first["mentions"] = list(dict.fromkeys([*first["mentions"], *second["mentions"]]))
        for one in entry_lines(after, second["id"]):
            one["place"] = first["id"]
        _rebuild(after, first)

    return _step(review, "merge_entries", change)


def merge_with_previous(review: Review, *, entry: str) -> Review:
    """Make one entry of the previous one and this one."""
    ids = [one["id"] for one in review["entries"]]
    if entry not in ids or ids.index(entry) == 0:
        raise NoSuchPlace("there is no previous entry")
    return merge_with_next(review, entry=ids[ids.index(entry) - 1])


def retype(review: Review, *, entry: str, kind: str) -> Review:
    """Say what sort of voice this is: quote, interview, media or feedback."""

    def change(after: Review) -> None:
        if kind not in KINDS:
            raise NoSuchPlace(kind)
        one = _entry(after, entry)
        one["kind"] = kind
        lines = entry_lines(after, entry)
        if kind == "interview":
            if not any(line["starts"] for line in lines):
                words = [line for line in lines if line["role"] == WORDS]
                if words:
                    words[0]["starts"] = True
        else:
            for line in lines:
                line["starts"] = False
                if line["role"] == QUESTION:
                    line["role"] = WORDS
        _rebuild(after, one)

    return _step(review, "retype", change)


def attribute(review: Review, *, entry: str, **facts: Any) -> Review:
    """Say who speaks, from which group, when: the given fields of the entry (see EntryJson) take the given values."""
    allowed = ("author", "author_kind", "member", "group", "group_id", "group_kind", "tenure", "date", "addressee")
    if unknown := set(facts) - set(allowed):
        raise NoSuchPlace(", ".join(sorted(unknown)))

    def change(after: Review) -> None:
        one = _entry(after, entry)
        one.update(facts)  # type: ignore[typeddict-item]
        if one["author_kind"] != "member":
            one["member"] = None
        if one["author_kind"] == "anonymous" and one["author"] != one["signed_as"]:
            one["author"] = ""
        one["is_touched"] = True

    return _step(review, "attribute", change)


def set_question(review: Review, *, entry: str, start: int, question: str, key: str = "") -> Review:
    """Say which question the answer that begins at line `start` replies to; empty: nobody knows."""

    def change(after: Review) -> None:
        one = _entry(after, entry)
        answer = _answer(one, start)
        if answer["question_state"] != "stated" or answer["question"] != question:
            answer["question_state"] = "confirmed" if question.strip() else "unknown"
        answer.update({"question": question.strip(), "question_key": key})
        one["is_touched"] = True

    return _step(review, "set_question", change)


def confirm_questions(review: Review, *, entry: str) -> Review:
    """Say that every proposed question of the entry is right."""

    def change(after: Review) -> None:
        one = _entry(after, entry)
        for answer in one["answers"]:
            if answer["question_state"] == "proposed":
                answer["question_state"] = "confirmed"
        one["is_touched"] = True

    return _step(review, "confirm_questions", change)


def begin_answer(review: Review, *, line: int, is_question: bool = False) -> Review:
    """Say that an answer begins at this line of an entry; with `is_question` the line itself is the question."""

    def change(after: Review) -> None:
        at = _line(after, line)
        one = _entry(after, at["place"])
        one["kind"] = "interview"
        at["role"], at["starts"] = (QUESTION if is_question else WORDS), True
        _rebuild(after, one)

    return _step(review, "begin_answer", change)


def join_answer(review: Review, *, line: int) -> Review:
    """Take the answer that begins at this line together with the one before."""

    def change(after: Review) -> None:
        at = _line(after, line)
        one = _entry(after, at["place"])
        if not at["starts"]:
            raise NoSuchPlace("no answer begins here")
        at["role"], at["starts"] = WORDS, False
        _rebuild(after, one)

    return _step(review, "join_answer", change)


def set_aside(review: Review, *, lines: Iterable[int]) -> Review:
    """Say that these lines are nobody's words: menus, actions, remarks of the page."""
    return _move(review, "set_aside", list(lines), CHROME)


def make_heading(review: Review, *, lines: Iterable[int]) -> Review:
    """Say that these lines are headings of the page."""
    return _move(review, "make_heading", list(lines), HEADING)


def attach_lines(review: Review, *, lines: Iterable[int], entry: str, role: str = WORDS) -> Review:
    """Give these lines to an entry, as its words (or its label, context, question)."""
    if role not in {LABEL, CONTEXT, QUESTION, WORDS}:
        raise NoSuchPlace(role)
    return _move(review, "attach_lines", list(lines), entry, role)


def new_entry(review: Review, *, lines: Iterable[int], kind: str = "quote") -> Review:
    """Make a new voice of these lines."""
    numbers = sorted(set(lines))

    def change(after: Review) -> None:
        if not numbers or kind not in KINDS:
            raise NoSuchPlace(kind)
        entry = _blank_entry(_new_id(after, "voix", numbers[0]), kind)
        after["entries"].append(entry)
        _place(after, numbers, entry["id"], WORDS)

    return _step(review, "new_entry", change)


def drop_entry(review: Review, *, entry: str) -> Review:
    """Leave a voice out: its lines are set aside, and nothing of it will be stored."""

    def change(after: Review) -> None:
        one = _entry(after, entry)
        _place(after, [line["number"] for line in entry_lines(after, one["id"])], CHROME, "")

    return _step(review, "drop_entry", change)


def undo(review: Review) -> Review:
    """Take the latest step back; without one the review stays as it is."""
    if not review["history"]:
        return review
    after: Review = {**deepcopy({**review, "history": []}), "history": list(review["history"][:-1])}  # type: ignore[typeddict-item]
    step = review["history"][-1]
    known = {entry["id"]: entry for entry in after["entries"]} | {e["id"]: deepcopy(e) for e in step["entries"]}
    after["entries"] = [known[entry_id] for entry_id in step["order"]]
    former = {line["number"]: line for line in step["lines"]}
    after["lines"] = [deepcopy(former.get(line["number"], line)) for line in after["lines"]]
    return after


OPERATIONS: Final[dict[str, Callable[..., Review]]] = {
    "split_entry": split_entry,
    "merge_with_next": merge_with_next,
    "merge_with_previous": merge_with_previous,
    "retype": retype,
    "attribute": attribute,
    "set_question": set_question,
    "confirm_questions": confirm_questions,
    "begin_answer": begin_answer,
    "join_answer": join_answer,
    "set_aside": set_aside,
    "make_heading": make_heading,
    "attach_lines": attach_lines,
    "new_entry": new_entry,
    "drop_entry": drop_entry,
    "undo": undo,
}


# --- how a step is made -----------------------------------------------------------------------------------------------


def _step(review: Review, verb: str, change: Callable[[Review], None]) -> Review:
    """Change a copy of the review, and remember the former state of what changed."""
    after: Review = deepcopy({**review, "history": []})  # type: ignore[assignment]
    change(after)
    _tidy(after)
    now = {entry["id"]: entry for entry in after["entries"]}
    lines = {line["number"]: line for line in after["lines"]}
    step = {
        "verb": verb,
        "order": [entry["id"] for entry in review["entries"]],
        "entries": [entry for entry in review["entries"] if now.get(entry["id"]) != entry],
        "lines": [line for line in review["lines"] if lines[line["number"]] != line],
    }
    after["history"] = [*review["history"], step][-HISTORY:]
    return after


def _tidy(review: Review) -> None:
    """Drop entries that have no line left, and put the others in the order of their first lines."""
    first: dict[str, int] = {}
    for line in review["lines"]:
        first.setdefault(line["place"], line["number"])
    review["entries"] = sorted(
        (entry for entry in review["entries"] if entry["id"] in first), key=lambda entry: first[entry["id"]]
    )


def _move(review: Review, verb: str, numbers: list[int], place: str, role: str = "") -> Review:
    def change(after: Review) -> None:
        if place not in OUTSIDE:
            _entry(after, place)
        if not numbers:
            raise NoSuchPlace("no line was chosen")
        _place(after, numbers, place, role)

    return _step(review, verb, change)


def _place(review: Review, numbers: Iterable[int], place: str, role: str) -> None:
    touched = {place}
    for number in numbers:
        line = _line(review, number)
        touched.add(line["place"])
        was_start = line["starts"]
        line.update({"place": place, "role": role if place not in OUTSIDE else "", "starts": role == QUESTION})
        if was_start and place in OUTSIDE:
            _hand_start_on(review, line, touched)
    _rebuild(review, *(entry for entry in review["entries"] if entry["id"] in touched))


def _hand_start_on(review: Review, gone: LineJson, places: set[str]) -> None:
    """Let the answer that began at a line that left begin at the next words of the same entry."""
    for line in review["lines"]:
        if line["number"] > gone["number"] and line["place"] in places - OUTSIDE:
            if line["role"] == WORDS:
                line["starts"] = True
                for entry in review["entries"]:
                    for answer in entry["answers"]:
                        if entry["id"] == line["place"] and answer["start"] == gone["number"]:
                            answer["start"] = line["number"]
            return


def _rebuild(review: Review, *entries: EntryJson) -> None:
    """Write what follows from the lines again: text, answers, links, range, state."""
    for entry in entries:
        lines = entry_lines(review, entry["id"])
        if not lines:
            continue
        known = {answer["start"]: answer for answer in entry["answers"]}
        entry["answers"] = []
        if entry["kind"] == "interview":
            starts = [i for i, line in enumerate(lines) if line["starts"]]
            for i, following in zip(starts, [*starts[1:], len(lines)], strict=False):
                entry["answers"].append(_answer_of(lines[i:following], known.get(lines[i]["number"])))
        entry["text"] = join_words([line for line in lines if line["role"] == WORDS])
        entry["context"] = " ".join(line["text"] for line in lines if line["role"] == CONTEXT)
        entry["links"] = list({link["url"]: link for line in lines for link in line["links"]}.values())
        entry["mentions"] = [name for name in entry["mentions"] if name in entry["text"]]
        entry["lines"] = [lines[0]["number"], lines[-1]["number"]]
        entry["state"] = "content" if entry["text"] or entry["links"] else "empty"
        entry["is_touched"] = True


def _answer_of(lines: list[LineJson], known: AnswerJson | None) -> AnswerJson:
    words = [line for line in lines if line["role"] == WORDS]
    span = words or lines[:1]
    is_stated = lines[0]["role"] == QUESTION
    answer: AnswerJson = {
        "start": lines[0]["number"],
        "question": lines[0]["text"] if is_stated else "",
        "question_key": "",
        "question_state": "stated" if is_stated else "unknown",
        "lines": [span[0]["number"], span[-1]["number"]],
        "text": join_words(words),
        "confidence": 1.0,
        "reasons": [],
    }
    if known is not None and is_stated == (known["question_state"] == "stated"):
        for name in ("question", "question_key", "question_state", "confidence", "reasons"):
            answer[name] = known[name]
    elif known is not None and not is_stated and known["question_state"] != "stated":
        answer["question"] = known["question"]
    return answer


def join_words(lines: list[LineJson]) -> str:
    """Return the words of lines as one text: an empty line between paragraphs, a cut sentence made whole."""
    text, last = "", 0
    for line in lines:
        words = line["text"].strip()
        if not text:
            text = words
        elif line["number"] - last > 1:
            text += "\n\n" + words
        elif text[-1] not in SENTENCE_END and words[:1].islower():
            text += " " + words
        else:
            text += "\n" + words
        last = line["number"]
    return without_quotation_marks(text)


def _blank_entry(entry_id: str, kind: str) -> EntryJson:
    return {
        "id": entry_id,
        "kind": kind,
        "lines": [0, 0],
        "author": "",
        "author_kind": "anonymous",
        "member": None,
        "signed_as": "",
        "group": "",
        "group_id": None,
        "group_kind": "",
        "tenure": "",
        "state": "empty",
        "date": "",
        "addressee": "",
        "context": "",
        "text": "",
        "links": [],
        "mentions": [],
        "answers": [],
        "confidence": 1.0,
        "reasons": [],
        "is_touched": True,
    }


def _new_id(review: Review, stem: str, line: int) -> str:
    taken = {entry["id"] for entry in review["entries"]} | OUTSIDE
    stem = f"{stem.split('+')[0][:50]}+{line}"
    candidate, n = stem, 2
    while candidate in taken:
        candidate, n = f"{stem}-{n}", n + 1
    return candidate


def _line(review: Review, number: int) -> LineJson:
    for line in review["lines"]:
        if line["number"] == number:
            return line
    raise NoSuchPlace(f"line {number}")


def _entry(review: Review, entry_id: str) -> EntryJson:
    for entry in review["entries"]:
        if entry["id"] == entry_id:
            return entry
    raise NoSuchPlace(entry_id)


def _answer(entry: EntryJson, start: int) -> AnswerJson:
    for answer in entry["answers"]:
        if answer["start"] == start:
            return answer
    raise NoSuchPlace(f"answer at line {start}")
