"""How the answers of a reviewed entry become one text with spans."""

from __future__ import annotations

from dataclasses import dataclass

from ..anchoring import canonical
from ..reading.links import without_addresses
from .review import WORDS, EntryJson, LineJson


@dataclass(frozen=True)
class ComposedAnswer:
    """One answer in the text: code points `start` to `end`, equal when nothing was said. Lines are of the source."""

    start: int
    end: int
    question: str
    question_key: str
    question_state: str
    lines: tuple[int, int]


@dataclass(frozen=True)
class Composed:
    """The words of one voice in the form that is kept (NFC, LF), answers joined by a blank line."""

    text: str
    answers: tuple[ComposedAnswer, ...]


def composed(entry: EntryJson, lines: list[LineJson]) -> Composed:
    """Return the text of an entry and where its answers stand; words before the first answer come first, unasked."""
    if not entry["answers"]:
        # The address of a medium is its link, not somebody's words.
        text = entry["text"] if entry["kind"] != "media" else _without_addresses(entry["text"])
        return Composed(canonical(text).strip(), ())
    first = min(answer["start"] for answer in entry["answers"])
    before = [line["text"].strip() for line in lines if line["role"] == WORDS and line["number"] < first]
    text = canonical("\n".join(before)).strip()
    answers = []
    for answer in entry["answers"]:
        words = canonical(answer["text"]).strip()
        if words and text:
            text += "\n\n"
        start = len(text)
        text += words
        answers.append(
            ComposedAnswer(
                start,
                len(text),
                canonical(answer["question"]).strip(),
                answer["question_key"],
                answer["question_state"],
                (answer["lines"][0], answer["lines"][1]),
            )
        )
    return Composed(text, tuple(answers))


def _without_addresses(text: str) -> str:
    return "\n".join(line for line in (without_addresses(line).strip() for line in text.split("\n")) if line)
