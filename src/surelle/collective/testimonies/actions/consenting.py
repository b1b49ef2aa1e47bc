"""To record that somebody agreed, that they no longer do, and that an agreement ran out."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership
from surelle.commons.notifications.actions import tell

from ..models import Consent, ConsentText, Testimony
from ..queries.groups import coordinators_of
from ..rules.consents import audience_within, comes_with, ends_with
from ..rules.states import Audience, Channel, State
from .finding import index_testimonies
from .guides import present_consent_text
from .keeping import Upload, keep_upload
from .publishing import present_channels, publish_testimony, unpublish_testimony
from .refusals import ChannelNeeded, DatesReversed, ProofNeeded, WrongState, must_run


@transaction.atomic
def record_consent(
    *,
    member: Membership | None,
    testimony: Testimony,
    channels: Iterable[Channel],
    proof: str,
    given_on: date,
    proof_note: str = "",
    proof_upload: Upload | None = None,
    expires_on: date | None = None,
    text: ConsentText | None = None,
) -> list[Consent]:
    """Write down what the person agreed to, with the wording they saw and the proof; nearer readers come with farther.

    A channel already agreed to is agreed to anew: the former row ends, so that the terms of each day can be shown.
    `member` None is the person themself, by their own form. Raises NotYours, WrongState, ChannelNeeded, ProofNeeded,
    DatesReversed.
    """
    must_run(member, testimony.collection)
    if testimony.state in (State.WITHDRAWN, State.EXPECTED):
        raise WrongState
    wanted = {each for channel in channels for each in comes_with(channel)}
    if not wanted:
        raise ChannelNeeded
    if proof != Consent.Proof.FORM and not proof_note.strip() and proof_upload is None:
        raise ProofNeeded
    if expires_on is not None and expires_on < given_on:
        raise DatesReversed
    cooperative = testimony.collection.cooperative
    text = text or present_consent_text(cooperative=cooperative)
    proof_file = keep_upload(upload=proof_upload, cooperative=cooperative, member=member) if proof_upload else None
    Consent.objects.filter(testimony=testimony, channel__in=[c.value for c in wanted], ended_at=None).update(
        ended_at=timezone.now()
    )
    made = Consent.objects.bulk_create(
        Consent(
            cooperative_id=testimony.cooperative_id,
            testimony=testimony,
            channel=channel.value,
            text=text,
            proof=proof,
            proof_note=proof_note.strip()[:200],
            proof_file=proof_file,
            given_on=given_on,
            expires_on=expires_on,
            recorded_by=member,
        )
        for channel in Channel
        if channel in wanted
    )
    index_testimonies([testimony])
    record(
        member=member,
        verb="record_consent",
        about=testimony,
        label=testimony.collection.title,
        channels=[consent.channel for consent in made],
        text_version=text.version,
        proof=str(proof),
    )
    return made


@transaction.atomic
def end_consent(*, member: Membership | None, testimony: Testimony, channel: Channel, reason: str = "ended") -> None:
    """End a consent, and those for readers further away; words that are no longer covered close at once.

    `member` None is the person themself or the passing of time; `reason` is a word for the trail. Raises NotYours.
    """
    must_run(member, testimony.collection)
    ended = [each.value for each in ends_with(channel)]
    count = Consent.objects.filter(testimony=testimony, channel__in=ended, ended_at=None).update(
        ended_at=timezone.now()
    )
    if not count:
        return
    record(
        member=member,
        verb="end_consent",
        about=testimony,
        label=testimony.collection.title,
        channels=ended,
        reason=reason,
    )
    narrow(testimony, reason=f"consent_{reason}")


def narrow(testimony: Testimony, *, reason: str) -> None:
    """Close published words as far as the remaining consents ask; the name and the image follow by themselves."""
    testimony.refresh_from_db(fields=["state", "audience"])
    if testimony.state != State.PUBLISHED:
        return
    covered = audience_within(Audience(testimony.audience), present_channels(testimony))
    if covered is None:
        unpublish_testimony(member=None, testimony=testimony, reason=reason)
    elif covered != Audience(testimony.audience):
        publish_testimony(member=None, testimony=testimony, audience=covered)
    else:
        index_testimonies([testimony])


def expire_consents(*, on: date | None = None) -> int:
    """End the consents whose day has passed and close what they opened; returns how many ended. Runs every night."""
    today = on or timezone.localdate()
    late = Consent.objects.filter(ended_at=None, expires_on__lt=today).order_by("pk")
    count = 0
    for consent in late.select_related("testimony__collection__cooperative"):
        with transaction.atomic():
            still = Consent.objects.filter(pk=consent.pk, ended_at=None).exists()
            if still:
                end_consent(
                    member=None,
                    testimony=consent.testimony,
                    channel=Channel(consent.channel),
                    reason="expired",
                )
                tell(
                    members=coordinators_of(consent.testimony.collection),
                    title=gettext_lazy("Un accord est arrivé à son terme : redemandez-le si la personne le souhaite."),
                    path=reverse(
                        "testimonies:testimony",
                        args=[consent.testimony.collection.cooperative.slug, consent.testimony_id],
                    ),
                    asks_for_act=True,
                )
                count += 1
    return count
