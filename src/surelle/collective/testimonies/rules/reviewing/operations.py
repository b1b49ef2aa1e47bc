"""What a reviewer may do to a reading. Each operation takes a review and returns another; `undo` goes one step back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any, Final

from .review import (
    CHROME,
    CONTEXT,
    HEADING,
    LABEL,
    QUESTION,
    WORDS,
    Review,
    author_kind_of,
    entry_lines,
)
from .steps import (
    SENTENCE_END,
    NoSuchPlace,
    answer_at,
    blank_entry,
    entry_of,
    line_at,
    moved,
    new_id,
    place_lines,
    rebuild,
    stepped,
)

KINDS: Final = ("quote", "interview", "media", "feedback")
NAME_WORDS: Final = 5  # a line no longer than this, without a full stop, may be a name


def split_entry(review: Review, *, line: int) -> Review:
    """Begin a new entry at `line`; the words before stay where they are. A short first line is taken as its author."""

    def change(after: Review) -> None:
        at = line_at(after, line)
        entry = entry_of(after, at["place"])
        moved = [one for one in entry_lines(after, entry["id"]) if one["number"] >= line]
        if len(moved) == len(entry_lines(after, entry["id"])):
            raise NoSuchPlace("the entry begins here already")
        name = at["text"].strip(" :")
        is_name = len(name.split()) <= NAME_WORDS and name[-1:] not in SENTENCE_END and len(moved) > 1
        new = blank_entry(new_id(after, entry["id"], line), entry["kind"])
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
        rebuild(after, entry, new)

    return stepped(review, "split_entry", change)


def merge_with_next(review: Review, *, entry: str) -> Review:
    """Make one entry of this one and the next; the author of this one stays, unless it has none."""

    def change(after: Review) -> None:
        first = entry_of(after, entry)
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
        rebuild(after, first)

    return stepped(review, "merge_entries", change)


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
        one = entry_of(after, entry)
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
        rebuild(after, one)

    return stepped(review, "retype", change)


def attribute(review: Review, *, entry: str, **facts: Any) -> Review:
    """Say who speaks, from which group, when: the given fields of the entry (see EntryJson) take the given values."""
    allowed = ("author", "author_kind", "member", "group", "group_id", "group_kind", "tenure", "date", "addressee")
    if unknown := set(facts) - set(allowed):
        raise NoSuchPlace(", ".join(sorted(unknown)))

    def change(after: Review) -> None:
        one = entry_of(after, entry)
        one.update(facts)  # type: ignore[typeddict-item]
        if one["author_kind"] != "member":
            one["member"] = None
        if one["author_kind"] == "anonymous" and one["author"] != one["signed_as"]:
            one["author"] = ""
        one["is_touched"] = True

    return stepped(review, "attribute", change)


def set_question(review: Review, *, entry: str, start: int, question: str, key: str = "") -> Review:
    """Say which question the answer that begins at line `start` replies to; empty: nobody knows."""

    def change(after: Review) -> None:
        one = entry_of(after, entry)
        answer = answer_at(one, start)
        if answer["question_state"] != "stated" or answer["question"] != question:
            answer["question_state"] = "confirmed" if question.strip() else "unknown"
        answer.update({"question": question.strip(), "question_key": key})
        one["is_touched"] = True

    return stepped(review, "set_question", change)


def confirm_questions(review: Review, *, entry: str) -> Review:
    """Say that every proposed question of the entry is right."""

    def change(after: Review) -> None:
        one = entry_of(after, entry)
        for answer in one["answers"]:
            if answer["question_state"] == "proposed":
                answer["question_state"] = "confirmed"
        one["is_touched"] = True

    return stepped(review, "confirm_questions", change)


def begin_answer(review: Review, *, line: int, is_question: bool = False) -> Review:
    """Say that an answer begins at this line of an entry; with `is_question` the line itself is the question."""

    def change(after: Review) -> None:
        at = line_at(after, line)
        one = entry_of(after, at["place"])
        one["kind"] = "interview"
        at["role"], at["starts"] = (QUESTION if is_question else WORDS), True
        rebuild(after, one)

    return stepped(review, "begin_answer", change)


def join_answer(review: Review, *, line: int) -> Review:
    """Take the answer that begins at this line together with the one before."""

    def change(after: Review) -> None:
        at = line_at(after, line)
        one = entry_of(after, at["place"])
        if not at["starts"]:
            raise NoSuchPlace("no answer begins here")
        at["role"], at["starts"] = WORDS, False
        rebuild(after, one)

    return stepped(review, "join_answer", change)


def set_aside(review: Review, *, lines: Iterable[int]) -> Review:
    """Say that these lines are nobody's words: menus, actions, remarks of the page."""
    return moved(review, "set_aside", list(lines), CHROME)


def make_heading(review: Review, *, lines: Iterable[int]) -> Review:
    """Say that these lines are headings of the page."""
    return moved(review, "make_heading", list(lines), HEADING)


def attach_lines(review: Review, *, lines: Iterable[int], entry: str, role: str = WORDS) -> Review:
    """Give these lines to an entry, as its words (or its label, context, question)."""
    if role not in {LABEL, CONTEXT, QUESTION, WORDS}:
        raise NoSuchPlace(role)
    return moved(review, "attach_lines", list(lines), entry, role)


def new_entry(review: Review, *, lines: Iterable[int], kind: str = "quote") -> Review:
    """Make a new voice of these lines."""
    numbers = sorted(set(lines))

    def change(after: Review) -> None:
        if not numbers or kind not in KINDS:
            raise NoSuchPlace(kind)
        entry = blank_entry(new_id(after, "voix", numbers[0]), kind)
        after["entries"].append(entry)
        place_lines(after, numbers, entry["id"], WORDS)

    return stepped(review, "new_entry", change)


def drop_entry(review: Review, *, entry: str) -> Review:
    """Leave a voice out: its lines are set aside, and nothing of it will be stored."""

    def change(after: Review) -> None:
        one = entry_of(after, entry)
        place_lines(after, [line["number"] for line in entry_lines(after, one["id"])], CHROME, "")

    return stepped(review, "drop_entry", change)


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
