"""What members say: themes crossed with who says them, where they meet, where they oppose, and who was not heard."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from surelle.collective.groups.models import Group

from ..models import Collection, Testimony
from ..rules.states import State
from . import counting
from .counting import NO_SIDE, question_key
from .excerpts import NO_GROUP, ShownExcerpt, question_labels, shown_excerpts
from .marks import ThemeChoice, theme_choices

VERBATIMS = 3


@dataclass(frozen=True)
class Cell:
    """A crossing of the grid: voices before excerpts. `heat` 0 to 3 is the share of the column's voices."""

    key: str
    label: str
    voices: int
    excerpts: int
    heat: int


@dataclass(frozen=True)
class Column:
    """One value of a side; `voices` have words there, `marked` of them are marked at least once."""

    key: str
    label: str
    voices: int | None
    marked: int | None


@dataclass(frozen=True)
class GridRow:
    theme: ThemeChoice
    voices: int
    excerpts: int
    cells: list[Cell]


@dataclass(frozen=True)
class Grid:
    """Themes × a side."""

    side: str
    columns: list[Column]
    rows: list[GridRow]


@dataclass(frozen=True)
class Meeting:
    """Two themes in the same words."""

    first: ThemeChoice
    second: ThemeChoice
    voices: int
    places: int


@dataclass(frozen=True)
class Opposition:
    """A theme with opposite tones from different voices, some of their words side by side."""

    theme: ThemeChoice
    glad: int
    sore: int
    glad_words: list[ShownExcerpt]
    sore_words: list[ShownExcerpt]


@dataclass(frozen=True)
class Unheard:
    """A group: how many of it are expected and silent, how many were heard."""

    name: str
    expected: int
    heard: int
    names: list[tuple[int, str]]


@dataclass(frozen=True)
class ThemeVoices:
    """A theme with its counts, its tones as (voices, excerpts) and its best words."""

    theme: ThemeChoice
    voices: int
    excerpts: int
    tones: dict[int, tuple[int, int]]
    words: list[ShownExcerpt]


@dataclass(frozen=True)
class Analysis:
    voices_with_words: int
    voices_marked: int
    excerpts: int
    bare: int
    themes: list[ThemeVoices]
    grid: Grid
    meetings: list[Meeting]
    oppositions: list[Opposition]
    unheard: list[Unheard]


SIDE_KEYS = ("group", "tenure", "question", "tone")


def analysis(collection: Collection, side: str = "group") -> Analysis:
    """Return the whole analysis of a collection, in a number of queries that does not depend on its size."""
    choices = theme_choices(collection)
    whole = {c.theme: c for c in counting.counts(collection)}
    tones = tones_by_theme(collection)
    best = counting.best_excerpts(collection, each=VERBATIMS)
    opposed = counting.contradictions(collection)[:5]
    at_odds = [c.theme for c in opposed]
    glad = counting.best_excerpts(collection, each=2, sign=">", themes=at_odds)
    sore = counting.best_excerpts(collection, each=2, sign="<", themes=at_odds)
    needed = {
        key
        for chosen in (best, *({c.theme: found.get(c.theme, []) for c in opposed} for found in (glad, sore)))
        for keys in chosen.values()
        for key in keys
    }
    shown = {e.pk: e for e in shown_excerpts(collection, sorted(needed), choices)}
    excerpts, bare, marked = counting.marked_excerpts(collection)
    heard = counting.totals(collection)
    by_key = {t.pk: t for t in choices}
    themes = [
        ThemeVoices(
            theme,
            voices=whole[theme.pk].voices,
            excerpts=whole[theme.pk].excerpts,
            tones=tones.get(theme.pk, {}),
            words=[shown[key] for key in best.get(theme.pk, []) if key in shown],
        )
        for theme in choices
        if theme.pk in whole
    ]
    return Analysis(
        voices_with_words=heard.get(NO_SIDE, (0, 0))[0],
        voices_marked=marked,
        excerpts=excerpts,
        bare=bare,
        themes=sorted(themes, key=lambda t: (-t.voices, -t.excerpts, t.theme.name)),
        grid=grid(collection, choices, whole, side),
        meetings=[
            Meeting(by_key[m.first], by_key[m.second], m.voices, m.places)
            for m in counting.together(collection, 12)
            if m.first in by_key and m.second in by_key
        ],
        oppositions=[
            Opposition(
                by_key[c.theme],
                c.glad,
                c.sore,
                [shown[key] for key in glad.get(c.theme, []) if key in shown],
                [shown[key] for key in sore.get(c.theme, []) if key in shown],
            )
            for c in opposed
            if c.theme in by_key
        ],
        unheard=unheard(collection),
    )


def tones_by_theme(collection: Collection) -> dict[int, dict[int, tuple[int, int]]]:
    """Return for each theme its tones as (voices, excerpts); marks without a tone are left out."""
    found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for count in counting.counts(collection, "tone"):
        if count.key is not None:
            found[count.theme][int(count.key)] = (count.voices, count.excerpts)
    return dict(found)


def grid(collection: Collection, choices: Sequence[ThemeChoice], whole: dict[int, counting.Count], side: str) -> Grid:
    """Return themes crossed with a side (a key of SIDE_KEYS)."""
    side = side if side in SIDE_KEYS else "group"
    label = _labels(collection, side)
    counted = [(c.theme, _key(side, c.key), c) for c in counting.counts(collection, side)]
    heard = {_key(side, key): numbers for key, numbers in counting.totals(collection, side).items()}
    met: dict[str, int] = defaultdict(int)
    for _theme, key, count in counted:
        met[key] += count.voices
    order: Callable[[str], Any] = _order(side, heard, met, label)
    columns = [
        Column(key, label(key), *heard.get(key, (None, None) if side == "tone" else (0, 0)))
        for key in sorted({*met, *heard}, key=order)
    ]
    cells = {(theme, key): count for theme, key, count in counted}
    rows = [
        GridRow(
            theme,
            voices=whole[theme.pk].voices,
            excerpts=whole[theme.pk].excerpts,
            cells=[_cell(cells.get((theme.pk, c.key)), c, whole[theme.pk].voices) for c in columns],
        )
        for theme in choices
        if theme.pk in whole
    ]
    return Grid(side, columns, rows)


def _cell(count: counting.Count | None, column: Column, voices_of_theme: int) -> Cell:
    if count is None:
        return Cell(column.key, column.label, 0, 0, 0)
    of = column.voices or voices_of_theme or 1
    share = count.voices / of
    return Cell(
        column.key, column.label, count.voices, count.excerpts, 1 if share < 1 / 3 else 2 if share < 2 / 3 else 3
    )


def _key(side: str, value: Any) -> str:
    if value is None or value == "":
        return NO_GROUP
    return question_key(value) if side == "question" else str(value)


def _labels(collection: Collection, side: str) -> Callable[[str], str]:
    names: dict[str, str] = {}
    if side == "tenure":
        names = {str(key) or NO_GROUP: str(label) for key, label in Testimony.Tenure.choices}
    elif side == "question":
        names = question_labels(collection)
    return lambda key: names.get(key, key)


def _order(
    side: str, heard: dict[str, tuple[int, int]], met: dict[str, int], label: Callable[[str], str]
) -> Callable[[str], Any]:
    if side == "tenure":
        places = [str(key) for key, _label in Testimony.Tenure.choices if key]
        return lambda key: places.index(key) if key in places else len(places)
    if side == "tone":
        return lambda key: 99 if key == NO_GROUP else int(key)
    return lambda key: (key == NO_GROUP, -heard.get(key, (0, 0))[0], -met.get(key, 0), label(key))


def unheard(collection: Collection) -> list[Unheard]:
    """Return the groups least heard first: expected voices by name, and groups of the house without any voice."""
    found = {name: (expected, heard) for name, expected, heard in counting.not_heard(collection)}
    names: dict[str, list[tuple[int, str]]] = defaultdict(list)
    waiting = Testimony.objects.filter(
        collection=collection, state__in=[State.EXPECTED.value, State.DRAFT.value]
    ).select_related("group")
    for row in waiting.order_by("author_name", "pk").defer("text", "context"):
        names[row.group.name if row.group else row.group_name].append((row.pk, str(row)))
    for name in Group.objects.filter(cooperative=collection.cooperative_id, closed_on=None).values_list(
        "name", flat=True
    ):
        found.setdefault(name, (0, 0))
    rows = [Unheard(name, expected, heard, names[name]) for name, (expected, heard) in found.items()]
    return sorted((r for r in rows if r.expected or not r.heard), key=lambda r: (r.heard, -r.expected, r.name))


def today() -> Any:
    """Return the day on which consents are looked at."""
    return timezone.localdate()
