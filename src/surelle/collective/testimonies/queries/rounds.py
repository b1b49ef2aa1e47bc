"""Blind codings of a collection: their list, how far coders agreed, where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from surelle.commons.members.models import Membership

from ..access import can_run, markable_testimonies
from ..models import CodingRound, Collection, Excerpt, ExcerptTheme, Testimony
from ..rules.agreement import Agreement, Case, Given, Measure, cases, from_json
from .marks import ThemeChoice, theme_choices

CONTEXT_SHOWN = 40
CASES_A_PAGE = 30


@dataclass(frozen=True)
class RoundRow:
    """A round in a list; `mine` are the reader's marks in it."""

    round: CodingRound
    coders: list[str]
    testimonies: int
    mine: int
    is_mine: bool
    agreement: Agreement | None


def round_rows(member: Membership, collection: Collection) -> list[RoundRow]:
    """Return the rounds of a collection, the latest first."""
    rounds = (
        CodingRound.objects.filter(collection=collection)
        .annotate(
            texts=Count("testimony_links", distinct=True),
            mine=Count("excerpts", filter=Q(excerpts__marked_by=member), distinct=True),
        )
        .prefetch_related("coder_links__member__person")
    )
    return [
        RoundRow(
            row,
            [link.member.person.full_name for link in row.coder_links.all()],
            row.texts,
            row.mine,
            any(link.member_id == member.pk for link in row.coder_links.all()),
            from_json(row.agreement),
        )
        for row in rounds
    ]


@dataclass(frozen=True)
class CoderProgress:
    """How many of the testimonies a coder has begun, and how many marks that makes: no mark itself."""

    name: str
    begun: int
    marks: int
    is_me: bool


@dataclass(frozen=True)
class ToMark:
    testimony: Testimony
    mine: int


@dataclass(frozen=True)
class ThemeAgreement:
    theme: ThemeChoice
    measure: Measure


@dataclass(frozen=True)
class RoundPage:
    """A round: while open, progress only; once closed, agreement and what differs."""

    round: CodingRound
    coders: list[CoderProgress]
    to_mark: list[ToMark]
    is_coder: bool
    may_close: bool
    agreement: Agreement | None
    by_theme: list[ThemeAgreement]
    left: int
    settled: int


def round_page(member: Membership, coding_round: CodingRound) -> RoundPage:
    """Return the page of a round, in a constant number of queries."""
    marks = Excerpt.objects.filter(round=coding_round)
    by_coder = {
        row["marked_by"]: (row["texts"], row["n"])
        for row in marks.order_by()
        .values("marked_by")
        .annotate(texts=Count("testimony", distinct=True), n=Count("pk", distinct=True))
    }
    coders = [
        CoderProgress(link.member.person.full_name, *by_coder.get(link.member_id, (0, 0)), link.member_id == member.pk)
        for link in coding_round.coder_links.select_related("member__person").order_by("pk")
    ]
    mine = dict(
        marks.filter(marked_by=member).order_by().values_list("testimony").annotate(n=Count("pk", distinct=True))
    )
    agreement = from_json(coding_round.agreement)
    themes = {t.pk: t for t in theme_choices(coding_round.collection_id)}
    found = open_cases(coding_round) if coding_round.closed_at else []
    return RoundPage(
        round=coding_round,
        coders=coders,
        to_mark=[
            ToMark(t, mine.get(t.pk, 0))
            for t in coding_round.testimonies.defer("text", "context").order_by("position", "pk")
        ],
        is_coder=any(c.is_me for c in coders),
        may_close=can_run(member, coding_round.collection),
        agreement=agreement,
        by_theme=sorted(
            (ThemeAgreement(themes[key], m) for key, m in agreement.by_theme.items() if key in themes),
            key=lambda row: (row.measure.alpha is None, row.measure.alpha or 0),
        )
        if agreement
        else [],
        left=len(found),
        settled=ExcerptTheme.objects.filter(excerpt__round=coding_round, is_settled=True).count(),
    )


def open_cases(coding_round: CodingRound) -> list[Case]:
    """Return the places where the coders' marks differ and the team has not settled yet, in the order of texts."""
    rows = list(
        ExcerptTheme.objects.filter(excerpt__round=coding_round, excerpt__is_lost=False, is_settled=False)
        .values_list(
            "excerpt_id", "theme_id", "excerpt__marked_by_id", "excerpt__testimony_id", "excerpt__start", "excerpt__end"
        )
        .order_by("excerpt", "theme")
    )
    return cases(
        (excerpt, Given(coder or 0, text, start, end, frozenset({theme})))
        for excerpt, theme, coder, text, start, end in rows
    )


def coder_keys(coding_round: CodingRound) -> list[int]:
    """Return the coders (keys of members), always in the same order."""
    return list(coding_round.coder_links.order_by("pk").values_list("member_id", flat=True))


@dataclass(frozen=True)
class CoderSide:
    """What one side says in a case: marks, empty when it said nothing there."""

    name: str
    marks: list[Excerpt]


@dataclass(frozen=True)
class Disagreement:
    """One case to settle, with the words around it."""

    key: str
    theme: ThemeChoice
    testimony: Testimony
    before: str
    words: str
    after: str
    first: CoderSide
    second: CoderSide
    marks: list[int]
    is_near: bool  # both gave the theme, to words or with tones that differ


@dataclass(frozen=True)
class Disagreements:
    shown: list[Disagreement]
    left: int


def disagreements(coding_round: CodingRound) -> Disagreements:
    """Return the first cases that are still to settle; with three coders or more, all but the first are one side."""
    found = open_cases(coding_round)
    themes = {t.pk: t for t in theme_choices(coding_round.collection_id)}
    coders = {
        link.member_id: link.member.person.full_name
        for link in coding_round.coder_links.select_related("member__person").order_by("pk")
    }
    page = [case for case in found if case.theme in themes][:CASES_A_PAGE]
    marks = Excerpt.objects.in_bulk([key for case in page for keys in case.marks.values() for key in keys])
    texts = Testimony.objects.in_bulk({case.text for case in page})
    order = list(coders)
    return Disagreements([_shown(case, order, coders, themes, marks, texts) for case in page], len(found))


def _shown(
    case: Case,
    order: Sequence[int],
    names: dict[int, str],
    themes: dict[int, ThemeChoice],
    marks: dict[Any, Excerpt],
    texts: dict[Any, Testimony],
) -> Disagreement:
    text = texts[case.text].text
    first, others = order[0], order[1:]
    said = [key for coder in others for key in case.marks.get(coder, ())]
    keys = sorted(key for all_keys in case.marks.values() for key in all_keys)
    return Disagreement(
        key="-".join(str(part) for part in (case.theme, *keys)),
        theme=themes[case.theme],
        testimony=texts[case.text],
        before=text[max(0, case.start - CONTEXT_SHOWN * 3) : case.start],
        words=text[case.start : case.end],
        after=text[case.end : case.end + CONTEXT_SHOWN * 3],
        first=CoderSide(names[first], [marks[key] for key in case.marks.get(first, ()) if key in marks]),
        second=CoderSide(", ".join(names[c] for c in others), [marks[key] for key in said if key in marks]),
        marks=keys,
        is_near=case.is_shared(order),
    )


@dataclass(frozen=True)
class RoundChoices:
    """What a new round can be made of."""

    coders: list[Membership]
    testimonies: list[Testimony]


def round_choices(member: Membership, collection: Collection) -> RoundChoices:
    """Return the members of the team, and the testimonies that no open round holds."""
    coders = Membership.objects.filter(
        group_memberships__group=collection.group_id, group_memberships__left_on=None, left_on=None
    ).select_related("person")
    testimonies = (
        markable_testimonies(member)
        .filter(collection=collection)
        .exclude(round_links__round__in=CodingRound.objects.filter(collection=collection, closed_at=None))
        .defer("text", "context")
    )
    return RoundChoices(list(coders.distinct()), list(testimonies))
