"""The words of a voice as one text: paragraphs kept, sentences cut by the width of a screen joined again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from surelle.collective.testimonies.rules.reading.pieces import STRONG_RANK
from surelle.collective.testimonies.rules.reading.roles import Part, Role

_ENDS: Final = re.compile(r"[.!?…:;»”\"][)\]*_]*$")
_STARTS_ANEW: Final = re.compile(r"(?:\d{1,2} ?[.)/:°-]|[-–—•*·>]\s)")
_PAIRS: Final = {"«": "»", "“": "”", "„": "“", '"': '"'}


@dataclass(frozen=True)
class Wording:
    """A text, and the pairs of lines where a cut sentence was joined."""

    text: str
    joined: tuple[tuple[int, int], ...] = ()


def wording_of(parts: Sequence[Part]) -> Wording:
    """Return the words of `parts` as one NFC text: an empty line between paragraphs, a dash before list items."""
    pieces: list[str] = []
    joined: list[tuple[int, int]] = []
    before: Part | None = None
    is_list = sum(1 for part in parts if part.words.strip()) > 1
    for part in parts:
        words = part.words.strip()
        if not words:
            continue
        item = part.piece.is_item
        if before is not None:
            if part.piece.before or (part.piece.number - before.piece.number > 1 and before.piece.after):
                pieces.append("\n\n")
            elif is_cut(before, part):
                pieces.append(" ")
                joined.append((before.piece.number, part.piece.number))
            else:
                pieces.append("\n")
        pieces.append("- " + words if item and is_list and part.role is not Role.QUESTION else words)
        before = part
    return Wording(unicodedata.normalize("NFC", "".join(pieces)), tuple(joined))


def is_cut(above: Part, below: Part) -> bool:
    """Whether a sentence runs from one line into the next: no end above, no start below."""
    if below.piece.is_item or above.piece.rank <= STRONG_RANK or below.piece.rank <= STRONG_RANK:
        return False
    top, start = above.words.rstrip(), below.words.lstrip()
    if not top or not start or _ENDS.search(top[-4:]) or _STARTS_ANEW.match(start):
        return False
    return start[0].islower() or (top.endswith((",", "’", "'")) and not below.piece.is_capitals and start[0].islower())


def without_quotation_marks(text: str) -> str:
    """Return `text` without the marks that enclose all of it; marks inside stay."""
    stripped = text.strip()
    closing = _PAIRS.get(stripped[:1])
    if closing is None or len(stripped) < 2:
        return stripped
    paragraphs = stripped.split("\n\n")
    opens_anew = len(paragraphs) > 1 and all(paragraph.startswith(stripped[0]) for paragraph in paragraphs)
    if opens_anew and not any(closing in paragraph[1:] for paragraph in paragraphs[:-1]):
        # each paragraph of one long quotation opens anew, only the last one closes
        stripped = stripped[0] + "\n\n".join(paragraph[1:].strip() for paragraph in paragraphs)
    body = stripped[1:].rstrip()
    end = re.search(r"[»”“\"][.,;]?$", body)
    if end is None:
        return stripped[1:].strip() if closing not in body else stripped
    inner = body[: end.start()] + body[end.start() + 1 :]
    opening = stripped[0]
    if opening == '"':
        return inner.strip() if inner.count('"') % 2 == 0 else stripped
    depth = 0
    for character in inner:
        depth += (character == opening) - (character == closing)
        if depth < 0:  # « a » et « b »: two quotations, not one
            return stripped
    return inner.strip()
