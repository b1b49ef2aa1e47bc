"""One testimony in full, and what a reader may do with it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from surelle.commons.audit.models import AuditEvent
from surelle.commons.audit.queries import Act, in_words
from surelle.commons.members.models import Membership

from ..access import can_run, is_in_team, visible_testimonies
from ..models import AnswerInvitation, Consent, Mention, Source, Testimony
from ..rules.consents import DAYS_BEFORE_EXPIRY
from ..rules.states import Audience, Channel, State, audiences_allowed, may
from .voices import Voice, voices_of

STORY_LENGTH = 30
AROUND = 2  # lines of the page shown before and after the voice's own


@dataclass(frozen=True)
class ConsentView:
    """One channel: the consent that stands today, and those that ended."""

    channel: str
    label: str
    present: Consent | None
    former: list[Consent]
    expires_soon: bool


@dataclass(frozen=True)
class SourceView:
    """The page a voice came from, and the lines around it: (number, words, whether they are the voice's own)."""

    source: Source
    lines: list[tuple[int, str, bool]]


@dataclass(frozen=True)
class TestimonyPage:
    """Everything a testimony page shows; what the reader may not see is empty."""

    __test__ = False

    testimony: Testimony
    voice: Voice
    is_team: bool
    can_run: bool
    before: str
    mentions: list[str]
    consents: list[ConsentView]
    source: SourceView | None
    story: list[Act]
    invitations: list[AnswerInvitation]
    audiences: list[tuple[str, str, bool]]
    may_publish: bool
    may_unpublish: bool
    may_withdraw: bool
    may_invite: bool
    next_pk: int | None = None
    previous_pk: int | None = None
    dying: list[Any] = field(default_factory=list)


def testimony_page(member: Membership, testimony: Testimony) -> TestimonyPage:
    """Return one testimony as this reader may see it."""
    team, runs = is_in_team(member, testimony.collection), can_run(member, testimony.collection)
    mine = testimony.author_id == member.pk
    rows = visible_testimonies(member).filter(pk=testimony.pk)
    voice = voices_of(rows, member, with_answers=True, with_media=True)[0]
    state = State(testimony.state)
    consents = list(
        Consent.objects.filter(testimony=testimony).select_related("text", "recorded_by__person")
        if team or mine
        else ()
    )
    present = frozenset(
        Channel(c.channel)
        for c in consents
        if c.ended_at is None and (c.expires_on is None or c.expires_on >= timezone.localdate())
    )
    allowed = audiences_allowed(present)
    neighbours = list(
        visible_testimonies(member)
        .filter(collection=testimony.collection_id)
        .exclude(state=State.WITHDRAWN)
        .order_by("position", "pk")
        .values_list("pk", flat=True)
    )
    here = neighbours.index(testimony.pk) if testimony.pk in neighbours else -1
    return TestimonyPage(
        testimony=testimony,
        voice=voice,
        is_team=team,
        can_run=runs,
        before=testimony.text[: voice.answers[0].start].strip() if voice.answers else "",
        mentions=list(Mention.objects.filter(testimony=testimony).values_list("name", flat=True)) if team else [],
        consents=_by_channel(consents),
        source=_source_of(testimony) if team else None,
        story=in_words(
            list(
                AuditEvent.objects.filter(
                    cooperative=testimony.cooperative_id, object_kind="testimony", object_id=testimony.pk
                ).order_by("-at", "-pk")[:STORY_LENGTH]
            )
        )
        if runs
        else [],
        invitations=list(AnswerInvitation.objects.filter(testimony=testimony).exclude(email="")) if runs else [],
        audiences=[(a.value, str(label), a in allowed) for a, label in _audiences()],
        may_publish=runs and may("publish_testimony", state),
        may_unpublish=runs and may("unpublish_testimony", state),
        may_withdraw=(runs or mine) and may("withdraw_testimony", state),
        may_invite=runs and may("save_answers", state),
        next_pk=neighbours[here + 1] if 0 <= here < len(neighbours) - 1 else None,
        previous_pk=neighbours[here - 1] if here > 0 else None,
        dying=[medium for medium in voice.media if medium.is_likely_to_expire] if runs else [],
    )


def _audiences() -> list[tuple[Audience, Any]]:
    return [(Audience(value), label) for value, label in Testimony._meta.get_field("audience").choices or ()]


def _by_channel(consents: list[Consent]) -> list[ConsentView]:
    soon = timezone.localdate() + timedelta(days=DAYS_BEFORE_EXPIRY)
    views = []
    for value, label in Consent._meta.get_field("channel").choices or ():
        rows = [consent for consent in consents if consent.channel == value]
        present = next((consent for consent in rows if consent.ended_at is None), None)
        views.append(
            ConsentView(
                value,
                str(label),
                present,
                [consent for consent in rows if consent.ended_at is not None],
                bool(present and present.expires_on and present.expires_on <= soon),
            )
        )
    return views


def _source_of(testimony: Testimony) -> SourceView | None:
    if testimony.source is None or not testimony.first_line or not testimony.last_line:
        return None
    return SourceView(testimony.source, lines_around(testimony.source.text, testimony.first_line, testimony.last_line))


def lines_around(text: str, first: int, last: int) -> list[tuple[int, str, bool]]:
    """Return the non-blank lines of a page from a little before `first` to a little after `last`, numbered from 1."""
    lines = text.split("\n")
    return [
        (number, lines[number - 1], first <= number <= last)
        for number in range(max(1, first - AROUND), min(len(lines), last + AROUND) + 1)
        if lines[number - 1].strip()
    ]
