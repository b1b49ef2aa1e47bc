"""Which themes similar passages already have: a suggestion, never more.

Passages are compared by the words they share, rare words weighing more (TF-IDF, cosine). Nothing is learnt or kept.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ENOUGH = 0.22
"""Cosine from 0 to 1 under which two passages are not called similar: they share a word or two by chance."""

SUGGESTIONS_MAX = 3


@dataclass(frozen=True)
class Known:
    """A passage already marked: its key, its themes, and its stems parted by spaces."""

    key: int
    themes: frozenset[int]
    stems: str


@dataclass(frozen=True)
class Suggestion:
    """A theme that similar passages have; `because` is the key of the most similar, `likeness` from 0 to 1."""

    theme: int
    likeness: float
    because: int


def suggest(words: Sequence[str], known: Sequence[Known]) -> list[list[Suggestion]]:
    """Return for each text of `words` (stems parted by spaces) the themes of similar passages, the likeliest first."""
    if not known or not words:
        return [[] for _ in words]
    counts = [Counter(k.stems.split()) for k in known]
    vocabulary = {stem: n for n, stem in enumerate(sorted({s for c in counts for s in c}))}
    if not vocabulary:
        return [[] for _ in words]
    frequency = np.zeros(len(vocabulary))
    for count in counts:
        for stem in count:
            frequency[vocabulary[stem]] += 1
    rarity = np.log((1 + len(known)) / (1 + frequency)) + 1
    found = []
    # Few stems stand in a passage: postings instead of a matrix of passages × vocabulary, which would not fit.
    postings: dict[int, list[tuple[int, float]]] = {}
    for row, count in enumerate(counts):
        weights = {vocabulary[s]: (1 + np.log(n)) * rarity[vocabulary[s]] for s, n in count.items()}
        length = float(np.sqrt(sum(w * w for w in weights.values()))) or 1.0
        for place, weight in weights.items():
            postings.setdefault(place, []).append((row, float(weight) / length))
    for text in words:
        sought = Counter(text.split())
        asked = {vocabulary[s]: (1 + np.log(n)) * rarity[vocabulary[s]] for s, n in sought.items() if s in vocabulary}
        unknown = sum((1 + np.log(n)) ** 2 for s, n in sought.items() if s not in vocabulary) * float(rarity.max()) ** 2
        length = float(np.sqrt(sum(w * w for w in asked.values()) + unknown)) or 1.0
        likeness = np.zeros(len(known))
        for place, weight in asked.items():
            for row, share in postings[place]:
                likeness[row] += float(weight) / length * share
        found.append(_best(likeness, known))
    return found


def _best(likeness: "np.ndarray[tuple[int], np.dtype[np.float64]]", known: Sequence[Known]) -> list[Suggestion]:
    best: dict[int, Suggestion] = {}
    for row in np.argsort(-likeness, kind="stable"):
        if likeness[row] < ENOUGH:
            break
        for theme in sorted(known[row].themes - best.keys()):
            best[theme] = Suggestion(theme, float(likeness[row]), known[row].key)
        if len(best) >= SUGGESTIONS_MAX:
            break
    return list(best.values())[:SUGGESTIONS_MAX]
