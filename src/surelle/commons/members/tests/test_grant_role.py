"""Giving and taking roles."""

import pytest

from surelle.commons.audit.models import AuditEvent
from surelle.commons.members.actions import grant_role, revoke_role
from surelle.commons.members.actions.refusals import HasLeft, LastAdministrator, NotAllowed
from surelle.commons.members.models import Membership
from surelle.commons.members.rules import Capability, Role
from surelle.commons.members.tests.factories import MembershipFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def recorded(member: Membership) -> list[str]:
    about = AuditEvent.objects.filter(object_kind="membership", object_id=member.pk)
    return list(about.order_by("pk").values_list("verb", flat=True))


def fresh(member: Membership) -> Membership:
    return Membership.objects.get(pk=member.pk)


def test_a_role_gives_what_it_allows_and_takes_it_back(world: World) -> None:
    grant_role(member=world.dora, of=world.bob, role=Role.ACCOUNTANT)
    assert fresh(world.bob).may(Capability.KEEP_BOOKS)
    revoke_role(member=world.dora, of=world.bob, role=Role.ACCOUNTANT)
    assert not fresh(world.bob).may(Capability.KEEP_BOOKS)
    assert recorded(world.bob) == ["grant_role", "revoke_role"]


def test_twice_is_once_in_the_trail_too(world: World) -> None:
    for _ in range(2):
        grant_role(member=world.dora, of=world.bob, role=Role.ACCOUNTANT)
    for _ in range(2):
        revoke_role(member=world.dora, of=world.bob, role=Role.ACCOUNTANT)
    assert recorded(world.bob) == ["grant_role", "revoke_role"]


def test_the_last_administrator_stays_one(world: World) -> None:
    with pytest.raises(LastAdministrator, match="Donnez d’abord ce rôle"):
        revoke_role(member=world.dora, of=world.dora, role=Role.ADMINISTRATOR)
    grant_role(member=world.dora, of=world.alice, role=Role.ADMINISTRATOR)
    revoke_role(member=world.dora, of=world.dora, role=Role.ADMINISTRATOR)
    assert fresh(world.dora).roles == frozenset()


def test_administrators_who_left_do_not_count(world: World) -> None:
    assert Role.ADMINISTRATOR in world.left.roles
    with pytest.raises(LastAdministrator):
        revoke_role(member=world.dora, of=world.dora, role=Role.ADMINISTRATOR)


def test_a_director_does_not_make_themselves_administrator(world: World) -> None:
    director = MembershipFactory(cooperative=world.cooperative, roles=[Role.DIRECTOR])
    grant_role(member=director, of=world.bob, role=Role.ADVISOR)
    for act in (grant_role, revoke_role):
        with pytest.raises(NotAllowed):
            act(member=director, of=director, role=Role.ADMINISTRATOR)


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "left"])
def test_nobody_else_may(world: World, who: str) -> None:
    for act in (grant_role, revoke_role):
        with pytest.raises(NotAllowed):
            act(member=getattr(world, who), of=world.bob, role=Role.ENTREPRENEUR)


def test_an_advisor_who_may_invite_gives_no_roles_to_members(world: World) -> None:
    advisor = MembershipFactory(cooperative=world.cooperative, roles=[Role.ADVISOR])
    with pytest.raises(NotAllowed):
        grant_role(member=advisor, of=world.alice, role=Role.ENTREPRENEUR)


def test_who_left_gets_no_role(world: World) -> None:
    with pytest.raises(HasLeft):
        grant_role(member=world.dora, of=world.left, role=Role.ACCOUNTANT)
