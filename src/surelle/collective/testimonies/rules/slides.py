"""How words are laid on slides: cut where one breathes, set as big as they allow."""

import re
from dataclasses import dataclass
from typing import Final

ROOM: Final = 700
"""About how many characters one slide holds without becoming a page of a book."""

SIZES: Final = (90, 200, 380, 620)
"""Up to how many characters each size of letters is used, from the biggest; longer texts take the smallest."""

LINE: Final = 60  # what a line break costs, in characters: a list of short lines takes the room of long ones

CONTINUES: Final = "\u2060"  # word joiner: marks a unit whose paragraph goes on in the next unit

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+(?=[«\"“A-ZÀ-ÖØ-Þ0-9])")


@dataclass(frozen=True)
class Leaf:
    """The words of one slide, and the question that they answer."""

    question: str
    text: str


def weight(text: str) -> int:
    """Return how much room a text takes, in characters, counting what is left empty at the ends of lines."""
    lines = text.split("\n")
    return sum(max(len(line), LINE) if len(lines) > 1 else len(line) for line in lines if line.strip())


def size_of(text: str) -> int:
    """Return the size of letters, 1 (biggest) to 5, that a text allows on one slide."""
    return next((size for size, room in enumerate(SIZES, start=1) if weight(text) <= room), len(SIZES) + 1)


def leaves(text: str, room: int = ROOM) -> list[Leaf]:
    """Cut a text into pieces of about `room` characters: between paragraphs, else between sentences, else words.

    Joined again, the pieces hold every word in order. Pieces are of even length: no last
    slide of three words.
    """
    units = [unit for line in text.split("\n") if line.strip() for unit in _units(line.strip(), room)]
    if not units:
        return []
    total = sum(_cost(unit) for unit in units)
    count = max(1, -(-total // room))
    target = total / count
    pieces: list[list[str]] = [[]]
    filled = 0.0
    for unit in units:
        if pieces[-1] and filled + _cost(unit) / 2 > target and len(pieces) < count:
            pieces.append([])
            filled = 0.0
        pieces[-1].append(unit)
        filled += _cost(unit)
    return [Leaf("", _join(piece)) for piece in pieces]


def _cost(unit: str) -> int:
    return len(unit) if unit.endswith(CONTINUES) else max(len(unit), LINE)


def _units(line: str, room: int) -> list[str]:
    """Return a paragraph whole, or its sentences when it is too long, or pieces between words."""
    if len(line) <= room // 2:
        return [line]
    sentences: list[str] = []
    for sentence in _SENTENCE_END.split(line):
        while len(sentence) > room:
            cut = sentence.rfind(" ", room // 2, room)
            cut = cut if cut > 0 else room
            sentences.append(sentence[:cut].rstrip())
            sentence = sentence[cut:].lstrip()
        if sentence:
            sentences.append(sentence)
    return [s + CONTINUES for s in sentences[:-1]] + sentences[-1:]


def _join(units: list[str]) -> str:
    text = ""
    for unit in units:
        text += unit[: -len(CONTINUES)] + " " if unit.endswith(CONTINUES) else unit + "\n"
    return text.strip()
