"""Taking a withdrawn voice out of the pages it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .review import CHROME, Review

SHORT: Final = 24
"""A line shorter than this ("Oui.") is no trace of a person by itself, and may be somebody else's."""


def _pieces(words: Iterable[str]) -> set[str]:
    return {piece for text in words for line in text.splitlines() if len(piece := " ".join(line.split())) >= SHORT}


def blanked_text(text: str, *, lines: Iterable[int] = (), words: Iterable[str] = ()) -> str:
    """Return a page's text without the given lines (numbers from 1) and without any line that holds these words.

    Lines are emptied, never removed, so that the numbers of the other voices stay right.
    """
    gone = set(lines)
    pieces = _pieces(words)
    kept = []
    for number, line in enumerate(text.split("\n"), start=1):
        flat = " ".join(line.split())
        is_theirs = number in gone or (flat and any(p in flat or (len(flat) >= SHORT and flat in p) for p in pieces))
        kept.append("" if is_theirs else line)
    return "\n".join(kept)


def swept_review(review: Review, *, entries: Iterable[str] = (), words: Iterable[str] = ()) -> Review:
    """Return a review without these entries and without any line or entry that holds these words; no way back."""
    pieces, gone = _pieces(words), set(entries)

    def is_theirs(text: str) -> bool:
        flat = " ".join(text.split())
        return bool(flat) and any(p in flat or (len(flat) >= SHORT and flat in p) for p in pieces)

    gone |= {entry["id"] for entry in review["entries"] if is_theirs(entry["text"])}
    return {
        **review,
        "lines": [
            line
            if line["place"] not in gone and not is_theirs(line["text"])
            else {**line, "text": "", "place": CHROME, "role": "", "starts": False, "links": []}
            for line in review["lines"]
        ],
        "entries": [entry for entry in review["entries"] if entry["id"] not in gone],
        "history": [],
    }
