"""To open words to readers, and to close them again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..models import Consent, Testimony
from ..rules.states import Audience, Channel, State, audiences_allowed, may
from .finding import index_testimonies
from .refusals import ConsentMissing, WrongState, must_run


def present_channels(testimony: Testimony) -> frozenset[Channel]:
    """Return the channels for which the person's consent stands today."""
    today = timezone.localdate()
    rows = Consent.objects.filter(testimony=testimony, ended_at=None).order_by().values_list("channel", "expires_on")
    return frozenset(Channel(channel) for channel, expires_on in rows if expires_on is None or expires_on >= today)


@transaction.atomic
def publish_testimony(*, member: Membership | None, testimony: Testimony, audience: Audience) -> None:
    """Open a testimony to an audience; raises NotYours, WrongState, ConsentMissing."""
    must_run(member, testimony.collection)
    state = State(Testimony.objects.select_for_update().values_list("state", flat=True).get(pk=testimony.pk))
    if not may("publish_testimony", state):
        raise WrongState
    if audience not in audiences_allowed(present_channels(testimony)):
        raise ConsentMissing
    testimony.state, testimony.audience = State.PUBLISHED.value, audience.value
    testimony.published_at = testimony.published_at or timezone.now()
    testimony.save(update_fields=["state", "audience", "published_at"])
    index_testimonies([testimony])
    record(
        member=member,
        verb="publish_testimony",
        about=testimony,
        label=testimony.collection.title,
        audience=audience.value,
    )


@transaction.atomic
def unpublish_testimony(*, member: Membership | None, testimony: Testimony, reason: str = "") -> None:
    """Close a testimony: only the team reads it again. Raises NotYours, WrongState.

    `reason` is a word for the trail: consent_ended, consent_expired, or empty when a coordinator decided.
    """
    must_run(member, testimony.collection)
    state = State(Testimony.objects.select_for_update().values_list("state", flat=True).get(pk=testimony.pk))
    if not may("unpublish_testimony", state):
        raise WrongState(_("Ce témoignage n'est pas publié."))
    testimony.state, testimony.audience = State.AWAITING_CONSENT.value, Audience.INSIDE.value
    testimony.published_at = None
    testimony.save(update_fields=["state", "audience", "published_at"])
    index_testimonies([testimony])
    record(
        member=member,
        verb="unpublish_testimony",
        about=testimony,
        label=testimony.collection.title,
        reason=reason,
    )
