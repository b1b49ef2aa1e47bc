"""A new link, and no link any more."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from surelle.commons.audit.models import AuditEvent
from surelle.commons.members.actions import resend_invitation, revoke_invitation
from surelle.commons.members.actions.refusals import InvitationOver, NotAllowed
from surelle.commons.members.rules import InvitationState
from surelle.commons.members.tests.factories import InvitationFactory
from tests.world import World

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2025, 1, 15, tzinfo=UTC)


def test_an_expired_invitation_lives_again_by_a_new_link(world: World, django_capture_on_commit_callbacks: Any) -> None:
    invitation = InvitationFactory(invited_by=world.dora, expires_at=LONG_AGO)
    former = invitation.secret_hash
    with django_capture_on_commit_callbacks(execute=True):
        invitation = resend_invitation(member=world.dora, invitation=invitation)
    assert invitation.state == InvitationState.WAITING
    assert invitation.secret_hash != former
    assert mail.outbox[0].to == [invitation.email]
    assert AuditEvent.objects.get(verb="resend_invitation").object_id == invitation.pk


def test_a_revoked_link_works_no_more(world: World) -> None:
    invitation = revoke_invitation(member=world.dora, invitation=InvitationFactory(invited_by=world.dora))
    assert invitation.state == InvitationState.REVOKED
    assert AuditEvent.objects.get(verb="revoke_invitation").member == world.dora


@pytest.mark.parametrize("act", [resend_invitation, revoke_invitation])
@pytest.mark.parametrize("over", ["accepted_at", "revoked_at"])
def test_what_is_over_is_over(world: World, act: Any, over: str) -> None:
    invitation = InvitationFactory(invited_by=world.dora, **{over: timezone.now()})
    with pytest.raises(InvitationOver):
        act(member=world.dora, invitation=invitation)


@pytest.mark.parametrize("act", [resend_invitation, revoke_invitation])
def test_a_plain_member_may_not(world: World, act: Any) -> None:
    with pytest.raises(NotAllowed):
        act(member=world.bob, invitation=InvitationFactory(invited_by=world.dora))
