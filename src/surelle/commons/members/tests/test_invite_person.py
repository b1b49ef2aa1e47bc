"""Asking somebody in."""

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail

from surelle.commons.audit.models import AuditEvent
from surelle.commons.members.actions import invite_person
from surelle.commons.members.actions.refusals import AlreadyInvited, AlreadyMember, NotAllowed, NotNextStatus
from surelle.commons.members.emails import InvitationNotSent
from surelle.commons.members.models import Invitation
from surelle.commons.members.rules import INVITATION_LASTS, Role, Status
from surelle.commons.members.tests.factories import MembershipFactory
from surelle.kernel.identifiers import fingerprint
from tests.world import World

pytestmark = pytest.mark.django_db
INES = {
    "email": "Ines@Example.org ",
    "first_name": "Inès",
    "last_name": "Martin",
    "status": Status.CANDIDATE,
    "roles": [Role.ENTREPRENEUR],
}


def test_the_invited_person_gets_a_link_whose_secret_is_kept_nowhere(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite_person(member=world.dora, **INES)
    assert invitation.cooperative == world.cooperative
    assert invitation.email == "ines@example.org"
    assert invitation.expires_at - invitation.sent_at == INVITATION_LASTS
    [message] = mail.outbox
    assert message.to == ["ines@example.org"]
    assert message.subject == "Trois Feuilles vous invite dans Surelle"
    assert "Bonjour Inès," in message.body
    assert "Dora Exemple vous invite à rejoindre Trois Feuilles" in message.body
    [secret] = re.findall(r"http://localhost:8000/moi/invitation/([\w-]+)/", message.body)
    assert invitation.secret_hash == fingerprint(secret)
    assert secret not in repr(Invitation.objects.values_list())


def test_the_trail_says_who_invited_but_not_whom(world: World) -> None:
    invitation = invite_person(member=world.dora, **INES)
    event = AuditEvent.objects.get(verb="invite_person")
    assert (event.member, event.object_id) == (world.dora, invitation.pk)
    assert "ines" not in f"{event.object_label}{event.details}".casefold()


def test_the_mail_speaks_the_language_chosen(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with patch("surelle.commons.members.emails.translation") as spy, django_capture_on_commit_callbacks(execute=True):
        invite_person(member=world.dora, **INES, language="en")
    spy.override.assert_called_with("en")


def test_an_advisor_invites_entrepreneurs_and_nobody_mightier(world: World) -> None:
    advisor = MembershipFactory(cooperative=world.cooperative, roles=[Role.ADVISOR])
    assert invite_person(member=advisor, **INES).roles == ["entrepreneur"]
    with pytest.raises(NotAllowed):
        invite_person(member=advisor, **{**INES, "email": "x@example.org", "roles": [Role.ADMINISTRATOR]})


def test_a_plain_member_invites_nobody(world: World) -> None:
    with pytest.raises(NotAllowed):
        invite_person(member=world.bob, **{**INES, "roles": []})
    assert not Invitation.objects.exists()


def test_a_member_is_not_invited_again_whatever_the_case_of_the_address(world: World) -> None:
    with pytest.raises(AlreadyMember):
        invite_person(member=world.dora, **{**INES, "email": "BOB@example.org"})


def test_who_left_may_be_invited_back(world: World) -> None:
    assert invite_person(member=world.dora, **{**INES, "email": world.left.person.email})


def test_one_invitation_waits_at_a_time(world: World) -> None:
    invite_person(member=world.dora, **INES)
    with pytest.raises(AlreadyInvited):
        invite_person(member=world.dora, **{**INES, "email": "ines@example.org"})


def test_the_other_cooperative_invites_whom_it_likes(world: World) -> None:
    invite_person(member=world.dora, **INES)
    assert invite_person(member=world.charlie, **INES)


def test_nobody_is_invited_to_leave(world: World) -> None:
    with pytest.raises(NotNextStatus):
        invite_person(member=world.dora, **{**INES, "status": Status.LEFT})


def test_when_the_mail_would_not_go_the_invitation_stays_and_says_so(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with (
        patch("surelle.commons.members.emails.send_mail", side_effect=ConnectionRefusedError),
        pytest.raises(InvitationNotSent, match="Renvoyer"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        invite_person(member=world.dora, **INES)
    assert Invitation.objects.get().email == "ines@example.org"
