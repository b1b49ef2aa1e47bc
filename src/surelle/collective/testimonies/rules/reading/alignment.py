"""Answers without questions, set against the questions asked of others: in order, with gaps on both sides.

The alignment is the best path of a small dynamic programme (Needleman and Wunsch, J. Mol. Biol. 48, 1970): each pair
scores by the stems it shares with the question and with what others answered there, rare stems counting more; answers
that say nothing fit anywhere, so that the order decides for them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.folding import fold, stems

MAX_BLOCKS: Final = 200  # beyond this the text is no interview, and the programme would cost too much
MAX_QUESTIONS: Final = 60
_ANSWERS_WEIGHT: Final = 0.7  # of a stem others answered with, against one of the question itself
_NON_ANSWER: Final = 0.34
_ORDER: Final = 0.12
_FOLLOWS: Final = 0.15  # « Idem » speaks of the question after the one before
_FLOOR: Final = 0.16  # a pair below this is no pair
_GAP: Final = -0.02
_ONE_TO_ONE: Final = 0.2  # as many answers as questions: each has likely its own
_BY_PLACE: Final = 0.36  # how sure a pair is that nothing but its place makes


@dataclass(frozen=True)
class Pairing:
    """What one block answers: `question` is a place in the guide, -1 for none; `shared` are the words in common."""

    question: int
    confidence: float = 0.0
    shared: tuple[str, ...] = ()
    is_non_answer: bool = False
    is_same_as_before: bool = False


def is_non_answer(text: str) -> bool:
    """Whether a text says, in few words or with its reasons, that it does not answer."""
    return bool(cues.NON_ANSWER.match(fold(text[:200]).lstrip(" -\"«“'([")))


def is_same_as_before(text: str) -> bool:
    """Whether an answer points at the one before (« Idem »)."""
    return bool(cues.SAME_AS_BEFORE.match(fold(text[:80]).lstrip(" -\"«“'([")))


def align(blocks: Sequence[str], questions: Sequence[str], answers: Sequence[Sequence[str]]) -> list[Pairing]:
    """Return one pairing a block; `answers` are, for each question, what others said there."""
    if not blocks or not questions or len(blocks) > MAX_BLOCKS or len(questions) > MAX_QUESTIONS:
        return [Pairing(-1) for _ in blocks]
    blanks = [is_non_answer(block) for block in blocks]
    same = [is_same_as_before(block) and place > 0 for place, block in enumerate(blocks)]
    likeness, shared = _likeness(blocks, questions, answers)
    scores = [
        [
            max(likeness[i][j], _NON_ANSWER if blanks[i] else 0.0)
            + _ORDER * _in_order(i, len(blocks), j, len(questions))
            + (_ONE_TO_ONE if i == j and len(blocks) == len(questions) else 0.0)
            for j in range(len(questions))
        ]
        for i in range(len(blocks))
    ]
    path = _best_path(scores, same)
    placed = _by_place(path, len(questions))
    return [
        Pairing(
            j,
            _sure(scores[i], likeness[i], j, is_blank=blanks[i], is_placed=path[i] < 0),
            shared[i][j] if j >= 0 else (),
            blanks[i],
            same[i],
        )
        for i, j in enumerate(placed)
    ]


def _sure(row: Sequence[float], alike: Sequence[float], j: int, *, is_blank: bool, is_placed: bool) -> float:
    if j < 0:
        return 0.0
    if is_placed or (not alike[j] and not is_blank):  # nothing but the order speaks for this pair
        return _BY_PLACE
    return _confidence(row, j, is_blank)


def _by_place(path: Sequence[int], questions: int) -> list[int]:
    """Return the path with blocks left out between two pairs given the questions left out there, if as many."""
    placed = list(path)
    block = 0
    while block < len(placed):
        if path[block] >= 0:
            block += 1
            continue
        end = block
        while end < len(path) and path[end] < 0:
            end += 1
        low = path[block - 1] + 1 if block else 0
        high = path[end] if end < len(path) else questions
        if end - block == high - low and end - block < len(path):
            placed[block:end] = range(low, high)
        block = end
    return placed


def _in_order(block: int, blocks: int, question: int, questions: int) -> float:
    at = block / (blocks - 1) if blocks > 1 else 0.5
    to = question / (questions - 1) if questions > 1 else 0.5
    return 1.0 - abs(at - to)


def _likeness(
    blocks: Sequence[str], questions: Sequence[str], answers: Sequence[Sequence[str]]
) -> tuple[list[list[float]], list[list[tuple[str, ...]]]]:
    """Return, for each block and question, a likeness from 0 to 1 and the words that make it."""
    said = [Counter(stems(block)) for block in blocks]
    asked = [Counter(stems(question)) for question in questions]
    told = [Counter(stem for answer in answers[j] for stem in stems(answer, 1_000)) if j < len(answers) else Counter()
            for j in range(len(questions))]  # fmt: skip
    spread: Counter[str] = Counter()
    for j in range(len(questions)):
        spread.update(set(asked[j]) | set(told[j]))
    count = len(questions)
    profiles: list[dict[str, float]] = []
    for j in range(count):
        profile: dict[str, float] = {}
        for stem in set(asked[j]) | set(told[j]):
            rarity = math.log((count + 1) / spread[stem]) if count > 1 else 1.0
            weight = (1.0 if stem in asked[j] else 0.0) + _ANSWERS_WEIGHT * min(1.0, math.sqrt(told[j][stem]) / 1.4)
            profile[stem] = rarity * weight
        profiles.append(profile)
    spelled = _spellings(blocks)
    table: list[list[float]] = []
    words: list[list[tuple[str, ...]]] = []
    for counter in said:
        row, row_words = [], []
        length = math.sqrt(sum(counter.values())) or 1.0
        for profile in profiles:
            common = sorted(
                (stem for stem in counter if profile.get(stem, 0.0) > 0), key=lambda stem: (-profile[stem], stem)
            )
            breadth = math.sqrt(sum(weight * weight for weight in profile.values())) or 1.0
            score = sum(profile[stem] * math.sqrt(counter[stem]) for stem in common)
            row.append(min(1.0, 2.2 * score / (length * breadth)))
            row_words.append(tuple(spelled.get(stem, stem) for stem in common[:4]))
        table.append(row)
        words.append(row_words)
    return table, words


def _spellings(blocks: Sequence[str]) -> dict[str, str]:
    """Return for each stem a word as it was written, so that a reason can be read by a person."""
    spelled: dict[str, str] = {}
    for block in blocks:
        for word in block[:20_000].split():
            bare = word.strip(".,;:!?()«»\"“”…'’-").split("’")[-1].split("'")[-1]
            for stem in stems(bare)[:1]:
                spelled.setdefault(stem, bare.lower())
    return spelled


def _best_path(scores: Sequence[Sequence[float]], same: Sequence[bool]) -> list[int]:
    """Return for each block its question on the best monotone path, -1 when it is left out."""
    rows, columns = len(scores), len(scores[0])
    # paired[i][j]: best sum where block i-1 took question j-1; free[i][j]: best sum whatever the last step
    lowest = -1e9
    paired = [[lowest] * (columns + 1) for _ in range(rows + 1)]
    free = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    step = [[0] * (columns + 1) for _ in range(rows + 1)]  # of free: 0 pair, 1 leave the block, 2 leave the question
    after_pair = [[False] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        free[i][0], step[i][0] = free[i - 1][0] + _GAP, 1
    for j in range(1, columns + 1):
        free[0][j], step[0][j] = free[0][j - 1], 2
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            score = scores[i - 1][j - 1]
            if score >= _FLOOR:
                bonus = _FOLLOWS if same[i - 1] else 0.0
                chained = paired[i - 1][j - 1] + bonus
                paired[i][j] = max(free[i - 1][j - 1], chained) + score
                after_pair[i][j] = chained >= free[i - 1][j - 1]
            leave_block, leave_question = free[i - 1][j] + _GAP, free[i][j - 1]
            best = max(paired[i][j], leave_block, leave_question)
            free[i][j] = best
            step[i][j] = 0 if best == paired[i][j] else 1 if best == leave_block else 2
    path = [-1] * rows
    i, j, forced = rows, columns, False
    while i > 0 and j > 0:
        move = 0 if forced else step[i][j]
        forced = False
        if move == 0:
            path[i - 1] = j - 1
            forced = after_pair[i][j]
            i, j = i - 1, j - 1
        elif move == 1:
            i -= 1
        else:
            j -= 1
    return path


def _confidence(row: Sequence[float], chosen: int, is_blank: bool) -> float:
    """Return how sure a pair is, 0.3 to 0.85: its own score, and its lead over the other questions."""
    others = [score for place, score in enumerate(row) if place != chosen]
    lead = row[chosen] - max(others, default=0.0)
    sure = 0.4 + 0.4 * min(row[chosen], 1.0) + 0.3 * max(-0.3, min(lead, 0.5))
    return round(min(0.6 if is_blank else 0.85, max(0.3, sure)), 2)
