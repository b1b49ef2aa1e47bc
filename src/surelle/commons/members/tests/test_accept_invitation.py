"""Coming in."""

from datetime import UTC, date, datetime

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from surelle.commons.audit.models import AuditEvent
from surelle.commons.members.actions import accept_invitation
from surelle.commons.members.actions.refusals import (
    AlreadyMember,
    InvitationExpired,
    InvitationOver,
    MustSignIn,
    NotInvited,
)
from surelle.commons.members.models import Membership, Person
from surelle.commons.members.rules import Role, Status
from surelle.commons.members.tests.factories import InvitationFactory, MembershipFactory, PersonFactory
from tests.world import World

pytestmark = pytest.mark.django_db
INES = {"first_name": "Inès", "last_name": "Martin", "password": "quatre feuilles portent chance"}


def test_a_new_person_comes_in_whole(world: World) -> None:
    invitation = InvitationFactory(invited_by=world.dora, status=Status.CAPE, roles=["entrepreneur"], language="en")
    highest = max(Membership.objects.filter(cooperative=world.cooperative).values_list("number", flat=True))
    membership = accept_invitation(invitation=invitation, **INES)
    person = membership.person
    assert (person.email, person.full_name, person.language) == (invitation.email, "Inès Martin", "en")
    assert person.check_password(INES["password"])
    assert EmailAddress.objects.get(user=person, verified=True, primary=True).email == invitation.email
    assert membership.cooperative == world.cooperative
    assert membership.number == highest + 1
    assert membership.joined_on == timezone.localdate()
    assert [(period.status, period.ends_on) for period in membership.statuses.all()] == [("cape", None)]
    assert membership.roles == {Role.ENTREPRENEUR}
    invitation.refresh_from_db()
    assert invitation.accepted_at
    assert AuditEvent.objects.get(verb="accept_invitation").member == membership


def test_one_link_lets_in_once(world: World) -> None:
    invitation = InvitationFactory(invited_by=world.dora)
    membership = accept_invitation(invitation=invitation, **INES)
    with pytest.raises(InvitationOver):
        accept_invitation(invitation=invitation, person=membership.person)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"expires_at": datetime(2025, 1, 15, tzinfo=UTC)}, InvitationExpired),
        ({"revoked_at": datetime(2025, 1, 2, tzinfo=UTC)}, InvitationOver),
    ],
)
def test_an_invitation_that_is_over_makes_nobody(world: World, facts: dict, refusal: type[Exception]) -> None:
    invitation = InvitationFactory(invited_by=world.dora, **facts)
    with pytest.raises(refusal):
        accept_invitation(invitation=invitation, **INES)
    assert not Person.objects.filter(email=invitation.email).exists()


def test_a_known_person_joins_a_second_cooperative_with_the_same_account(world: World) -> None:
    invitation = InvitationFactory(invited_by=world.charlie, email="Bob@Example.org", roles=["entrepreneur"])
    membership = accept_invitation(invitation=invitation, person=world.bob.person)
    assert membership.person == world.bob.person
    assert membership.cooperative == world.other_cooperative
    assert world.bob.person.memberships.count() == 2


def test_a_known_address_cannot_be_given_a_new_password_by_the_link(world: World) -> None:
    with pytest.raises(MustSignIn):
        accept_invitation(invitation=InvitationFactory(invited_by=world.charlie, email="bob@example.org"), **INES)


def test_a_second_verified_address_counts_an_unverified_one_does_not(world: World) -> None:
    EmailAddress.objects.create(user=world.bob.person, email="bob@autre.example", verified=True)
    EmailAddress.objects.create(user=world.alice.person, email="pas@verifie.example", verified=False)
    accept_invitation(
        invitation=InvitationFactory(invited_by=world.charlie, email="bob@autre.example"), person=world.bob.person
    )
    with pytest.raises(NotInvited):
        accept_invitation(
            invitation=InvitationFactory(invited_by=world.charlie, email="pas@verifie.example"),
            person=world.alice.person,
        )


def test_nobody_comes_in_by_the_invitation_of_another(world: World) -> None:
    with pytest.raises(NotInvited):
        accept_invitation(invitation=InvitationFactory(invited_by=world.charlie), person=world.bob.person)


def test_a_present_member_is_not_doubled(world: World) -> None:
    with pytest.raises(AlreadyMember):
        accept_invitation(
            invitation=InvitationFactory(invited_by=world.dora, email="bob@example.org"), person=world.bob.person
        )


def test_who_comes_back_finds_the_former_number_and_none_of_the_former_roles(world: World) -> None:
    person = PersonFactory()
    former = MembershipFactory(
        cooperative=world.cooperative, person=person, roles=[Role.ADMINISTRATOR], left_on=date(2024, 6, 30)
    )
    former.statuses.update(ends_on=date(2024, 6, 29))
    former.statuses.create(cooperative=world.cooperative, status=Status.LEFT, starts_on=date(2024, 6, 30))
    invitation = InvitationFactory(invited_by=world.dora, email=person.email, status="cesa", roles=["entrepreneur"])
    membership = accept_invitation(invitation=invitation, person=person)
    assert (membership.pk, membership.number, membership.left_on) == (former.pk, former.number, None)
    assert Membership.objects.get(pk=former.pk).roles == {Role.ENTREPRENEUR}
    assert [period.status for period in membership.statuses.all()] == ["cesa", "left", "cesa"]
    assert membership.statuses.filter(ends_on=None).count() == 1
