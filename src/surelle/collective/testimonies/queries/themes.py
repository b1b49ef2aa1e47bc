"""The tree of themes, and one theme with its excerpts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count as CountOf

from surelle.commons.members.models import Membership

from ..access import counted_excerpts
from ..models import CodingRound, Collection, Excerpt, MarkingStep, Theme
from ..rules.trees import branch
from .counting import NO_SIDE, Count, counts, theme_sides
from .excerpts import A_PAGE, Asked, ShownExcerpt, asked_excerpts, shown_excerpts
from .marks import ThemeChoice, theme_choices


@dataclass(frozen=True)
class ThemeRow:
    """A theme in the tree: `voices` and `excerpts` with what stands under it, `own` excerpts without."""

    theme: ThemeChoice
    voices: int
    excerpts: int
    own: int
    has_children: bool


@dataclass(frozen=True)
class ThemeTree:
    rows: list[ThemeRow]
    bare: int
    can_undo: bool
    can_redo: bool
    has_open_round: bool
    open_rounds: int


def theme_tree(member: Membership, collection: Collection, q: str = "") -> ThemeTree:
    """Return the themes of a collection with their counts; `q` keeps those whose name or definition has these words."""
    themes = theme_choices(collection)
    counted = {c.theme: c for c in counts(collection)}
    own = dict(
        counted_excerpts(collection).order_by().exclude(themes=None).values_list("themes").annotate(n=CountOf("pk"))
    )
    parents = dict(Theme.objects.filter(collection=collection).order_by().values_list("pk", "parent_id"))
    with_children = {parent for pk, parent in parents.items() if parent is not None}
    steps = MarkingStep.objects.filter(collection=collection, member=member)
    rows = [
        ThemeRow(
            theme,
            voices=counted[theme.pk].voices if theme.pk in counted else 0,
            excerpts=counted[theme.pk].excerpts if theme.pk in counted else 0,
            own=own.get(theme.pk, 0),
            has_children=theme.pk in with_children,
        )
        for theme in themes
        if not q or q.casefold() in f"{theme.path} {theme.definition}".casefold()
    ]
    rounds = CodingRound.objects.filter(collection=collection, closed_at=None).count()
    return ThemeTree(
        rows,
        bare=counted_excerpts(collection).filter(themes=None).count(),
        can_undo=steps.filter(undone_at=None).exists(),
        can_redo=steps.filter(undone_at__isnull=False).exists(),
        has_open_round=rounds > 0,
        open_rounds=rounds,
    )


@dataclass(frozen=True)
class Side:
    """One value of a side of a theme: group, tenure or tone."""

    key: str
    label: Any
    voices: int
    excerpts: int


@dataclass(frozen=True)
class ThemePage:
    theme: Theme
    path: list[ThemeChoice]
    children: list[ThemeRow]
    others: list[ThemeChoice]
    page: "Page[Excerpt]"
    shown: list[ShownExcerpt]
    voices: int
    excerpts: int
    own: int
    groups: list[Side]
    tenures: list[Side]
    tones: list[Side]
    has_open_round: bool
    merged: list[str]


def theme_page(collection: Collection, theme: Theme, asked: Asked, number: str | int = 1) -> ThemePage:
    """Return a theme with its first 50 excerpts; every count includes what stands under the theme, each voice once."""
    choices = theme_choices(collection)
    by_key = {t.pk: t for t in choices}
    rows = list(
        Theme.objects.filter(collection=collection).order_by().values_list("pk", "parent_id", "merged_into_id", "name")
    )
    parents = {pk: parent for pk, parent, _into, _name in rows}
    inside = branch(parents, theme.pk)
    sides = theme_sides(collection, inside)
    whole = sides["all"].get(NO_SIDE, (0, 0))
    paginator = Counted(asked_excerpts(collection, asked).only("pk"), A_PAGE)
    if asked == Asked(theme=theme.pk):
        paginator.known = whole[1]
    page = paginator.get_page(number)
    keys = [excerpt.pk for excerpt in page.object_list]
    children = [t for t in choices if parents.get(t.pk) == theme.pk]
    below = {c.theme: c for c in counts(collection)} if children else {}
    above, path = parents.get(theme.pk), []
    while above in by_key and by_key[above] not in path:
        path.append(by_key[above])
        above = parents.get(above)
    return ThemePage(
        theme=theme,
        path=list(reversed(path)),
        children=[_row(t, below, parents) for t in children],
        others=[t for t in choices if t.pk != theme.pk],
        page=page,
        shown=shown_excerpts(collection, keys, choices),
        voices=whole[0],
        excerpts=whole[1],
        own=sides["own"].get(theme.pk, (0, 0))[1],
        groups=named_sides(sides["group"]),
        tenures=named_sides(sides["tenure"]),
        tones=named_sides(sides["tone"]),
        has_open_round=CodingRound.objects.filter(collection=collection, closed_at=None).exists(),
        merged=[name for _pk, _parent, into, name in rows if into == theme.pk],
    )


class Counted(Paginator[Excerpt]):
    """A paginator that may already know how many rows there are."""

    known: int | None = None

    @property
    def count(self) -> int:
        if self.known is None:
            self.known = super().count
        return self.known


def named_sides(found: dict[Any, tuple[int, int]]) -> list[Side]:
    """Return the values of a side, those of most voices first."""
    return sorted(
        (Side(str(key) if key not in (None, "") else "-", key, *numbers) for key, numbers in found.items()),
        key=lambda side: (-side.voices, -side.excerpts, side.key),
    )


def _row(theme: ThemeChoice, below: Mapping[int, Count], parents: Mapping[int, int | None]) -> ThemeRow:
    count = below.get(theme.pk)
    return ThemeRow(
        theme,
        voices=count.voices if count else 0,
        excerpts=count.excerpts if count else 0,
        own=0,
        has_children=theme.pk in parents.values(),
    )


def excerpts_to_split(theme: Theme, limit: int = 500) -> list[ShownExcerpt]:
    """Return the excerpts that have the theme itself, to choose those that go to a new one."""
    keys = counted_excerpts(theme.collection).filter(themes=theme).order_by("testimony__position", "testimony", "start")
    return shown_excerpts(
        theme.collection, list(keys.values_list("pk", flat=True)[:limit]), theme_choices(theme.collection)
    )


def themes_for_choice(themes: Sequence[ThemeChoice]) -> list[tuple[int, str]]:
    """Return pairs for a choice in a form: the path tells themes of the same name apart."""
    return [(theme.pk, theme.path) for theme in themes]
