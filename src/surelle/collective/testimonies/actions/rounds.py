"""Blind double coding: open a round, close it with its measure of agreement, settle what differs."""

from collections.abc import Sequence
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..access import collection_themes, is_in_team, markable_testimonies
from ..models import CodingRound, Collection, Excerpt, ExcerptTheme, RoundCoder, RoundTestimony, Testimony
from ..queries.rounds import coder_keys, open_cases
from ..rules.agreement import Agreement, Given, agreement, as_json
from ..rules.sentences import sentences
from .refusals import Refused, must_run
from .steps import keep_step, snapshot


class RoundNameNeeded(Refused):
    sentence = _("Donnez un nom à ce double codage.")


class TwoCodersNeeded(Refused):
    sentence = _("Choisissez au moins deux personnes de l'équipe : c'est la comparaison qui apprend quelque chose.")


class TestimoniesNeeded(Refused):
    sentence = _("Choisissez au moins un témoignage à marquer à plusieurs.")


class AlreadyInRound(Refused):
    sentence = _("Un de ces témoignages est déjà dans un double codage en cours. Terminez d'abord celui-là.")


class RoundClosed(Refused):
    sentence = _("Ce double codage est déjà terminé.")


class RoundStillOpen(Refused):
    sentence = _("Terminez d'abord le double codage : on ne regarde les différences qu'ensuite.")


class CaseGone(Refused):
    sentence = _("Ce désaccord a déjà été tranché ou a changé. Rechargez la page.")


class Settlement(StrEnum):
    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NONE = "none"


@transaction.atomic
def start_round(
    *,
    member: Membership,
    collection: Collection,
    name: str,
    coders: Sequence[Membership],
    testimonies: Sequence[Testimony],
) -> CodingRound:
    """Open a blind coding of these testimonies by these members of the team.

    Raises NotYours, RoundNameNeeded, TwoCodersNeeded, TestimoniesNeeded, AlreadyInRound.
    """
    must_run(member, collection)
    if not name.strip():
        raise RoundNameNeeded
    team = {coder.pk: coder for coder in coders if is_in_team(coder, collection)}
    if len(team) < 2:
        raise TwoCodersNeeded
    allowed = markable_testimonies(member).filter(collection=collection, pk__in=[t.pk for t in testimonies])
    keys = list(allowed.values_list("pk", flat=True).order_by("pk"))
    if not keys:
        raise TestimoniesNeeded
    if RoundTestimony.objects.filter(testimony__in=keys, round__closed_at=None).exists():
        raise AlreadyInRound
    opened = CodingRound.objects.create(
        cooperative_id=collection.cooperative_id, collection=collection, name=name.strip()[:120], opened_by=member
    )
    RoundCoder.objects.bulk_create(
        RoundCoder(cooperative_id=collection.cooperative_id, round=opened, member=coder) for coder in team.values()
    )
    RoundTestimony.objects.bulk_create(
        RoundTestimony(cooperative_id=collection.cooperative_id, round=opened, testimony_id=key) for key in keys
    )
    record(member=member, verb="start_round", about=opened, label=opened.name, coders=len(team), testimonies=len(keys))
    return opened


@transaction.atomic
def close_round(*, member: Membership, coding_round: CodingRound) -> CodingRound:
    """End a blind coding: keep how far the coders agreed, then show all their marks to the team.

    Where all gave the same theme and tone to the same words, one mark remains of them. Raises NotYours, RoundClosed.
    """
    must_run(member, coding_round.collection)
    if coding_round.closed_at is not None:
        raise RoundClosed
    coding_round.agreement = as_json(_measure(coding_round))
    coding_round.closed_at = timezone.now()
    coding_round.save(update_fields=["agreement", "closed_at"])
    alike = _keep_one_of_what_is_alike(coding_round)
    record(member=member, verb="close_round", about=coding_round, label=coding_round.name, alike=alike)
    return coding_round


@transaction.atomic
def settle(
    *, member: Membership, coding_round: CodingRound, theme: int, marks: Sequence[int], choice: Settlement
) -> None:
    """Settle one case: `marks` are the keys of the marks compared on `theme`; keep the first coder's, the second's…

    Raises RoundStillOpen, CaseGone. The step can be undone.
    """
    if coding_round.closed_at is None:
        raise RoundStillOpen
    case = next(
        (
            case
            for case in open_cases(coding_round)
            if case.theme == theme and sorted(k for keys in case.marks.values() for k in keys) == sorted(marks)
        ),
        None,
    )
    if case is None:
        raise CaseGone
    coders = coder_keys(coding_round)
    kept = {
        Settlement.FIRST: case.marks.get(coders[0], ()),
        Settlement.SECOND: tuple(k for coder in coders[1:] for k in case.marks.get(coder, ())),
        Settlement.BOTH: tuple(marks),
        Settlement.NONE: (),
    }[choice]
    before = snapshot(excerpts=marks)
    links = ExcerptTheme.objects.filter(theme=theme, excerpt__in=marks)
    links.exclude(excerpt__in=kept).delete()
    links.filter(excerpt__in=kept).update(is_settled=True)
    Excerpt.objects.filter(pk__in=marks, themes=None, memo="").delete()
    keep_step(
        member=member,
        collection=coding_round.collection,
        verb="settle",
        before=before,
        after=snapshot(excerpts=marks),
        testimony=case.text,
    )
    record(member=member, verb="settle", about=coding_round, label=coding_round.name, choice=choice.value)


def _measure(coding_round: CodingRound) -> Agreement:
    texts = dict(coding_round.testimonies.order_by("pk").values_list("pk", "text"))
    return agreement(
        coders=coder_keys(coding_round),
        units={key: [(s.start, s.end) for s in sentences(text)] for key, text in texts.items()},
        given=[mark for _key, mark in _given(coding_round)],
        themes=list(collection_themes(coding_round.collection).values_list("pk", flat=True)),
    )


def _given(coding_round: CodingRound) -> list[tuple[int, Given]]:
    excerpts = Excerpt.objects.filter(round=coding_round, is_lost=False).prefetch_related("theme_links")
    return [
        (
            e.pk,
            Given(
                e.marked_by_id or 0,
                e.testimony_id,
                e.start,
                e.end,
                frozenset(link.theme_id for link in e.theme_links.all()),
                e.tone,
            ),
        )
        for e in excerpts
    ]


def _keep_one_of_what_is_alike(coding_round: CodingRound) -> int:
    """Where all coders gave the same words the same themes and tone, keep the first one's mark, settled."""
    coders = coder_keys(coding_round)
    alike: dict[tuple[int, int, int, frozenset[int], int | None], dict[int, int]] = {}
    for key, mark in _given(coding_round):
        if mark.themes:
            alike.setdefault((mark.text, mark.start, mark.end, mark.themes, mark.tone), {})[mark.coder] = key
    shared = [by_coder for by_coder in alike.values() if set(by_coder) >= set(coders)]
    kept = [by_coder[coders[0]] for by_coder in shared]
    memos = {e.pk: e for e in Excerpt.objects.filter(pk__in=[k for b in shared for k in b.values()]).exclude(memo="")}
    for by_coder in shared:
        words = "\n".join(memos[k].memo for k in by_coder.values() if k in memos)
        if words:
            Excerpt.objects.filter(pk=by_coder[coders[0]]).update(memo=words)
    ExcerptTheme.objects.filter(excerpt__in=kept).update(is_settled=True)
    Excerpt.objects.filter(pk__in=[k for b in shared for k in b.values()]).exclude(pk__in=kept).delete()
    return len(kept)
