"""Lists of excerpts: what every figure of the analysis opens onto."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from ..access import counted_excerpts
from ..models import Answer, Collection, Excerpt, ExcerptTheme, GuideQuestion, Testimony, Theme
from ..rules.trees import branch
from .counting import question_key
from .doors import Door
from .marks import ThemeChoice, theme_choices

A_PAGE = 50
NO_GROUP = "-"
"""How an address says "no group" and the like."""


@dataclass(frozen=True)
class Asked:
    """What a reader asked of a list of excerpts, by its address; empty: everything."""

    theme: int | None = None
    also: int | None = None  # another theme that meets the first in the same words
    group: str = ""
    tenure: str = ""
    question: str = ""
    tone: str = ""  # "-2" … "2", "<0", ">0", or NO_GROUP for none
    q: str = ""

    @classmethod
    def from_address(cls, given: Mapping[str, str]) -> "Asked":
        """Read the parts of an address; what is not understood is left out."""

        def key(name: str) -> int | None:
            return int(given[name]) if given.get(name, "").isdigit() and len(given[name]) < 18 else None

        tone = given.get("tone", "")
        return cls(
            theme=key("theme"),
            also=key("also"),
            group=given.get("group", "")[:200],
            tenure=given.get("tenure", "")[:20],
            question=given.get("question", "")[:2000],
            tone=tone if tone in {"-2", "-1", "0", "1", "2", "<0", ">0", NO_GROUP} else "",
            q=given.get("q", "")[:200].strip(),
        )

    @property
    def is_filtered(self) -> bool:
        return self != Asked()


@dataclass(frozen=True)
class ShownExcerpt:
    """An excerpt in a list, with who speaks and what is known of them."""

    pk: int
    testimony: int
    quote: str
    before: str
    after: str
    tone: int | None
    memo: str
    voice: str
    group: str
    tenure: str
    year: str
    author: str
    at: Any
    is_pinned: bool
    is_settled: bool
    state: str
    themes: tuple[ThemeChoice, ...]
    address: str = ""

    @property
    def known(self) -> str:
        """Return what is known of who speaks, in a line."""
        return " · ".join(part for part in (self.group, self.tenure, self.year) if part)

    @property
    def hue(self) -> int:
        return self.themes[0].hue if self.themes else 99


@dataclass(frozen=True)
class ExcerptList:
    """One page of excerpts; `page` is Django's, `shown` its rows."""

    page: "Page[Excerpt]"
    shown: list[ShownExcerpt]
    voices: int
    asked: Asked


def asked_excerpts(collection: Collection, asked: Asked) -> QuerySet[Excerpt]:
    """Return the counted excerpts that an address asks for, in the order of voices and words."""
    rows = counted_excerpts(collection)
    if asked.theme is not None:
        rows = rows.filter(pk__in=_links(branch_of(collection, asked.theme)))
    if asked.also is not None:
        same = counted_excerpts(collection).filter(
            testimony=OuterRef("testimony"), start__lt=OuterRef("end"), end__gt=OuterRef("start")
        )
        rows = rows.filter(Exists(same.filter(themes__in=branch_of(collection, asked.also))))
    if asked.group:
        rows = rows.alias(group_label=Coalesce("testimony__group__name", "testimony__group_name"))
        rows = rows.filter(group_label="" if asked.group == NO_GROUP else asked.group)
    if asked.tenure:
        rows = rows.filter(testimony__tenure="" if asked.tenure == NO_GROUP else asked.tenure)
    if asked.question:
        rows = rows.filter(Exists(_answers(asked.question)))
    if asked.tone:
        rows = rows.filter(_tone(asked.tone))
    if asked.q:
        rows = rows.filter(Q(quote__icontains=asked.q) | Q(memo__icontains=asked.q))
    return rows.order_by("testimony__position", "testimony_id", "start", "pk")


def branch_of(collection: Collection, theme: int) -> set[int]:
    """Return a theme and all that stands under it."""
    parents: dict[int, int | None] = dict(
        Theme.objects.filter(collection=collection).order_by().values_list("pk", "parent_id")
    )
    return branch(parents, theme)


def _links(themes: Iterable[int]) -> Any:
    # Keys first, rather than "exists": the database then begins with the marks of the theme, not with all marks.
    return ExcerptTheme.objects.filter(theme__in=sorted(themes)).order_by().values("excerpt")


def _answers(question: str) -> QuerySet[Answer]:
    answers = Answer.objects.filter(
        testimony=OuterRef("testimony"), start__lte=OuterRef("start"), end__gt=OuterRef("start")
    )
    if question_key(question).count("-") == 4 and len(question) == 36:
        return answers.filter(question_key=question)
    return answers.filter(question_key=None, question=question)


def _tone(tone: str) -> Q:
    if tone == "<0":
        return Q(tone__lt=0)
    if tone == ">0":
        return Q(tone__gt=0)
    return Q(tone=None) if tone == NO_GROUP else Q(tone=int(tone))


def excerpt_list(collection: Collection, asked: Asked, number: str | int = 1) -> ExcerptList:
    """Return one page of the excerpts asked for, in a constant number of queries."""
    rows = asked_excerpts(collection, asked)
    page = Paginator(rows.only("pk"), A_PAGE).get_page(number)
    voices = len(set(rows.order_by().values_list(*VOICE_FIELDS).distinct())) if page.paginator.count else 0
    return ExcerptList(
        page, shown_excerpts(collection, [e.pk for e in page.object_list], theme_choices(collection)), voices, asked
    )


VOICE_FIELDS = ("testimony__author", "testimony__author_kind", "testimony__author_name", "testimony")


def shown_excerpts(collection: Collection, keys: list[int], themes: list[ThemeChoice]) -> list[ShownExcerpt]:
    """Return these excerpts in this order, in two queries, without reading the texts they stand in."""
    rows = {
        row["pk"]: row
        for row in Excerpt.objects.filter(pk__in=keys)
        .order_by()
        .values(
            "pk", "testimony_id", "quote", "before", "after", "tone", "memo", "is_pinned", "marked_at",
            "testimony__author_name", "testimony__author_kind", "testimony__tenure", "testimony__said_on",
            "testimony__said_precision", "testimony__state", "marked_by__person__first_name",
            "marked_by__person__last_name",
            group=Coalesce("testimony__group__name", F("testimony__group_name"), output_field=CharField()),
        )
    }  # fmt: skip
    given: dict[int, set[int]] = {key: set() for key in keys}
    settled = set()
    links = ExcerptTheme.objects.filter(excerpt__in=keys).order_by().values_list("excerpt_id", "theme_id", "is_settled")
    for excerpt, theme, is_settled in links:
        given[excerpt].add(theme)
        if is_settled:
            settled.add(excerpt)
    kinds, tenures = dict(Testimony.AuthorKind.choices), dict(Testimony.Tenure.choices)
    by_key = {theme.pk: (place, theme) for place, theme in enumerate(themes)}
    door = Door("testimonies:marking", collection, in_collection=False)
    return [
        ShownExcerpt(
            pk=key,
            testimony=row["testimony_id"],
            quote=row["quote"],
            before=row["before"],
            after=row["after"],
            tone=row["tone"],
            memo=row["memo"],
            voice=row["testimony__author_name"] or str(kinds.get(row["testimony__author_kind"], "")),
            group=row["group"] or "",
            tenure=str(tenures.get(row["testimony__tenure"], "")) if row["testimony__tenure"] else "",
            year=str(row["testimony__said_on"].year) if row["testimony__said_on"] else "",
            author=f"{row['marked_by__person__first_name'] or ''} {row['marked_by__person__last_name'] or ''}".strip(),
            at=row["marked_at"],
            is_pinned=row["is_pinned"],
            is_settled=key in settled,
            state=row["testimony__state"],
            themes=tuple(t for _place, t in sorted(by_key[k] for k in given[key] if k in by_key)),
            address=f"{door.of(row['testimony_id'])}#mark-{key}",
        )
        for key in keys
        if (row := rows.get(key)) is not None
    ]


@dataclass(frozen=True)
class Choices:
    """What a list of excerpts can be filtered by: pairs of key and label."""

    themes: list[ThemeChoice]
    groups: list[tuple[str, str]]
    tenures: list[tuple[str, str]]
    questions: list[tuple[str, str]]


def filter_choices(collection: Collection) -> Choices:
    """Return what the filters of a collection's excerpts offer."""
    groups = (
        Testimony.objects.filter(collection=collection)
        .exclude(text="")
        .order_by()
        .annotate(label=Coalesce("group__name", F("group_name"), output_field=CharField()))
        .values_list("label", flat=True)
        .distinct()
    )
    return Choices(
        themes=theme_choices(collection),
        groups=[(name, name) for name in sorted(name for name in groups if name)],
        tenures=[(str(key), str(label)) for key, label in Testimony.Tenure.choices if key],
        questions=list(question_labels(collection).items()),
    )


def question_labels(collection: Collection) -> dict[str, str]:
    """Return the questions of a collection by key: those of its guides by their latest words, then others as stated."""
    found: dict[str, str] = {}
    guides = GuideQuestion.objects.filter(guide__collection=collection)
    for key, text in guides.order_by("guide__version", "position").values_list("key", "text"):
        found[str(key)] = text
    stated = Answer.objects.filter(testimony__collection=collection).exclude(question="")
    for stated_key, text in stated.order_by("question").values_list("question_key", "question").distinct():
        found.setdefault(str(stated_key) if stated_key else text, text)
    return found
