"""How overlapping marks are laid under the words: each in a lane of its own, which later marks never change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LANES_MAX = 4
"""Lanes that can be told apart under a line; further marks share the last one, and stand in the margin list anyway."""


@dataclass(frozen=True)
class Laid:
    """A mark to lay: its key, and code points `start` to `end`."""

    key: int
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """Words under the same marks: `marks` are pairs of key and lane, the nearest lane to the words first."""

    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


def lanes(marks: Iterable[Laid]) -> dict[int, int]:
    """Return the lane of each mark, from 0; earlier keys (older marks) choose first."""
    taken: list[tuple[Laid, int]] = []
    lane_of: dict[int, int] = {}
    for mark in sorted(marks, key=lambda m: m.key):
        busy = {lane for other, lane in taken if other.start < mark.end and mark.start < other.end}
        lane = next(n for n in range(len(busy) + 1) if n not in busy)
        taken.append((mark, lane))
        lane_of[mark.key] = min(lane, LANES_MAX - 1)
    return lane_of


def pieces(start: int, end: int, marks: Sequence[Laid], lane_of: dict[int, int]) -> list[Piece]:
    """Cut code points `start` to `end` where marks begin and end."""
    over = [m for m in marks if m.start < end and start < m.end]
    cuts = sorted({start, end, *(c for m in over for c in (m.start, m.end) if start < c < end)})
    return [
        Piece(
            first,
            last,
            tuple(
                sorted(
                    ((m.key, lane_of[m.key]) for m in over if m.start <= first and last <= m.end), key=lambda p: p[1]
                )
            ),
        )
        for first, last in pairwise(cuts)
    ]
