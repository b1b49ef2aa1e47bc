"""How far two people who marked the same voices, without seeing each other's marks, agree.

Krippendorff's alpha: 1 when they always agree, 0 when they agree as often as by chance, below when less. A unit is one
sentence under one theme: either a coder gave it that theme or not. Tones are compared where both gave one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

import krippendorff
import numpy as np

STRONG, MEDIUM = 0.8, 0.667
"""The usual thresholds: Krippendorff, Content Analysis, ch. 11: rely on 0.8, conclude tentatively from 0.667."""


class Strength(StrEnum):
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"
    UNKNOWN = "unknown"  # nothing to compare: nobody used the theme, or everybody everywhere


@dataclass(frozen=True)
class Given:
    """One mark of a coder: code points of a text (`text` is any key of it), its themes, its tone or None."""

    coder: int
    text: int
    start: int
    end: int
    themes: frozenset[int]
    tone: int | None = None


@dataclass(frozen=True)
class Measure:
    """An alpha, and what it was measured on: `units` compared, of which `together` were given by all who gave any."""

    alpha: float | None
    units: int
    marked: int
    together: int

    @property
    def strength(self) -> Strength:
        if self.alpha is None:
            return Strength.UNKNOWN
        if self.alpha >= STRONG:
            return Strength.STRONG
        return Strength.MEDIUM if self.alpha >= MEDIUM else Strength.WEAK


@dataclass(frozen=True)
class Agreement:
    """The agreement of a round: overall, by theme, and on tones."""

    overall: Measure
    by_theme: dict[int, Measure]
    tone: Measure


def agreement(
    *,
    coders: Sequence[int],
    units: Mapping[int, Sequence[tuple[int, int]]],
    given: Iterable[Given],
    themes: Sequence[int],
) -> Agreement:
    """Compare coders; `units` are the sentences of each text as (start, end), `themes` those that could be given."""
    place = {
        (text, n): i for i, (text, n) in enumerate((t, n) for t, spans in units.items() for n in range(len(spans)))
    }
    coder_row = {coder: row for row, coder in enumerate(coders)}
    column = {theme: n for n, theme in enumerate(themes)}
    marked = np.zeros((len(coders), len(themes), len(place)), dtype=np.int8)
    tones = np.full((len(coders), len(place)), np.nan)
    for mark in given:
        for n, (start, end) in enumerate(units.get(mark.text, ())):
            if mark.start < end and start < mark.end:
                unit = place[mark.text, n]
                for theme in mark.themes:
                    if theme in column:
                        marked[coder_row[mark.coder], column[theme], unit] = 1
                if mark.tone is not None:
                    tones[coder_row[mark.coder], unit] = mark.tone
    by_theme = {theme: _nominal(marked[:, n, :]) for theme, n in column.items() if marked[:, n, :].any()}
    used = [column[theme] for theme in by_theme]
    return Agreement(
        _nominal(marked[:, used, :].reshape(len(coders), len(used) * len(place))), by_theme, _ordinal(tones)
    )


def _nominal(values: "np.ndarray[Any, Any]") -> Measure:
    anybody, everybody = values.any(axis=0).sum(), values.all(axis=0).sum()
    return Measure(_alpha(values, "nominal"), values.shape[1], int(anybody), int(everybody))


def _ordinal(values: "np.ndarray[Any, Any]") -> Measure:
    compared = values[:, (~np.isnan(values)).sum(axis=0) > 1] if values.size else values
    same = int((np.nanmax(compared, axis=0) == np.nanmin(compared, axis=0)).sum()) if compared.size else 0
    return Measure(_alpha(compared, "ordinal"), compared.shape[1], compared.shape[1], same)


def _alpha(values: "np.ndarray[Any, Any]", level: Literal["nominal", "ordinal"]) -> float | None:
    """Return Krippendorff's alpha, or None where no value differs: there is nothing by which to tell chance."""
    if values.shape[0] < 2 or not values.size or len(np.unique(values[~np.isnan(values)])) < 2:
        return None
    return float(krippendorff.alpha(reliability_data=values.astype(float), level_of_measurement=level))


def as_json(found: Agreement) -> dict[str, Any]:
    """Return the agreement as JSON, to be kept with a closed round."""

    def plain(measure: Measure) -> list[Any]:
        return [measure.alpha, measure.units, measure.marked, measure.together]

    return {
        "overall": plain(found.overall),
        "tone": plain(found.tone),
        "by_theme": {str(theme): plain(measure) for theme, measure in found.by_theme.items()},
    }


def from_json(kept: Mapping[str, Any]) -> Agreement | None:
    """Return a kept agreement, or None when nothing was kept."""
    if not kept:
        return None
    return Agreement(
        Measure(*kept["overall"]),
        {int(theme): Measure(*values) for theme, values in kept["by_theme"].items()},
        Measure(*kept["tone"]),
    )


@dataclass(frozen=True)
class Case:
    """One place where coders can be compared on one theme: a stretch of text, and each coder's marks in it."""

    text: int
    theme: int
    start: int
    end: int
    marks: dict[int, tuple[int, ...]]  # coder → keys of marks

    def is_shared(self, coders: Sequence[int]) -> bool:
        return all(self.marks.get(coder) for coder in coders)


def cases(marks: Iterable[tuple[int, Given]]) -> list[Case]:
    """Gather overlapping marks of a theme into cases, in the order of texts; `marks` are pairs of key and mark."""
    by_place: dict[tuple[int, int], list[tuple[int, Given]]] = {}
    for key, mark in marks:
        for theme in mark.themes:
            by_place.setdefault((mark.text, theme), []).append((key, mark))
    found = []
    for (text, theme), together in by_place.items():
        together.sort(key=lambda pair: (pair[1].start, pair[1].end, pair[0]))
        stretch: list[tuple[int, Given]] = []
        for pair in together:
            if stretch and pair[1].start >= max(m.end for _, m in stretch):
                found.append(_case(text, theme, stretch))
                stretch = []
            stretch.append(pair)
        found.append(_case(text, theme, stretch))
    return sorted(found, key=lambda case: (case.text, case.start, case.theme))


def _case(text: int, theme: int, stretch: Sequence[tuple[int, Given]]) -> Case:
    marks: dict[int, tuple[int, ...]] = {}
    for key, mark in stretch:
        marks[mark.coder] = (*marks.get(mark.coder, ()), key)
    return Case(text, theme, min(m.start for _, m in stretch), max(m.end for _, m in stretch), marks)
