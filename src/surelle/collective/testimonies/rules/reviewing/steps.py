"""How a step of a review is made: on a copy, with what follows from the lines written again, and a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Final

from ..reading.wording import without_quotation_marks
from .review import CONTEXT, OUTSIDE, QUESTION, WORDS, AnswerJson, EntryJson, LineJson, Review, entry_lines

HISTORY: Final = 30
SENTENCE_END: Final = '.!?…:;»"”)'


class NoSuchPlace(ValueError):
    """The line, entry or answer that the operation speaks of is not there (any more)."""


def stepped(review: Review, verb: str, change: Callable[[Review], None]) -> Review:
    """Change a copy of the review, and remember the former state of what changed."""
    after: Review = deepcopy({**review, "history": []})  # type: ignore[assignment]
    change(after)
    tidy(after)
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


def tidy(review: Review) -> None:
    """Drop entries that have no line left, and put the others in the order of their first lines."""
    first: dict[str, int] = {}
    for line in review["lines"]:
        first.setdefault(line["place"], line["number"])
    review["entries"] = sorted(
        (entry for entry in review["entries"] if entry["id"] in first), key=lambda entry: first[entry["id"]]
    )


def moved(review: Review, verb: str, numbers: list[int], place: str, role: str = "") -> Review:
    def change(after: Review) -> None:
        if place not in OUTSIDE:
            entry_of(after, place)
        if not numbers:
            raise NoSuchPlace("no line was chosen")
        place_lines(after, numbers, place, role)

    return stepped(review, verb, change)


def place_lines(review: Review, numbers: Iterable[int], place: str, role: str) -> None:
    touched = {place}
    for number in numbers:
        line = line_at(review, number)
        touched.add(line["place"])
        was_start = line["starts"]
        line.update({"place": place, "role": role if place not in OUTSIDE else "", "starts": role == QUESTION})
        if was_start and place in OUTSIDE:
            hand_start_on(review, line, touched)
    rebuild(review, *(entry for entry in review["entries"] if entry["id"] in touched))


def hand_start_on(review: Review, gone: LineJson, places: set[str]) -> None:
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


def rebuild(review: Review, *entries: EntryJson) -> None:
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
                entry["answers"].append(answer_of(lines[i:following], known.get(lines[i]["number"])))
        entry["text"] = join_words([line for line in lines if line["role"] == WORDS])
        entry["context"] = " ".join(line["text"] for line in lines if line["role"] == CONTEXT)
        entry["links"] = list({link["url"]: link for line in lines for link in line["links"]}.values())
        entry["mentions"] = [name for name in entry["mentions"] if name in entry["text"]]
        entry["lines"] = [lines[0]["number"], lines[-1]["number"]]
        entry["state"] = "content" if entry["text"] or entry["links"] else "empty"
        entry["is_touched"] = True


def answer_of(lines: list[LineJson], known: AnswerJson | None) -> AnswerJson:
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


def blank_entry(entry_id: str, kind: str) -> EntryJson:
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


def new_id(review: Review, stem: str, line: int) -> str:
    taken = {entry["id"] for entry in review["entries"]} | OUTSIDE
    stem = f"{stem.split('+')[0][:50]}+{line}"
    candidate, n = stem, 2
    while candidate in taken:
        candidate, n = f"{stem}-{n}", n + 1
    return candidate


def line_at(review: Review, number: int) -> LineJson:
    for line in review["lines"]:
        if line["number"] == number:
            return line
    raise NoSuchPlace(f"line {number}")


def entry_of(review: Review, entry_id: str) -> EntryJson:
    for entry in review["entries"]:
        if entry["id"] == entry_id:
            return entry
    raise NoSuchPlace(entry_id)


def answer_at(entry: EntryJson, start: int) -> AnswerJson:
    for answer in entry["answers"]:
        if answer["start"] == start:
            return answer
    raise NoSuchPlace(f"answer at line {start}")
