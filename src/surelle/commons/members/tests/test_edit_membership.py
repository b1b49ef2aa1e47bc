"""The facts that managers keep, and those that one keeps oneself."""

import pytest

from surelle.commons.audit.models import AuditEvent
from surelle.commons.cooperatives.tests.factories import BranchFactory
from surelle.commons.members.actions import edit_membership, edit_own_profile
from surelle.commons.members.actions.refusals import NotAllowed, NumberTaken
from surelle.commons.members.models import Membership, Person
from surelle.commons.members.tests.factories import MembershipFactory
from tests.world import World

pytestmark = pytest.mark.django_db
FREE_NUMBER = 1_000_000  # far from those that the factories give in turn


def test_a_manager_changes_number_branch_and_trade(world: World) -> None:
    branch = BranchFactory(cooperative=world.cooperative)
    edit_membership(member=world.dora, of=world.bob, number=FREE_NUMBER, branch=branch, trade="Menuisier")
    bob = Membership.objects.get(pk=world.bob.pk)
    assert (bob.number, bob.branch, bob.trade) == (FREE_NUMBER, branch, "Menuisier")
    assert AuditEvent.objects.get(verb="edit_membership").details == {"changed": ["number", "branch", "trade"]}


def test_a_number_is_one_persons_in_a_cooperative(world: World) -> None:
    with pytest.raises(NumberTaken):
        edit_membership(member=world.dora, of=world.bob, number=world.alice.number, branch=None, trade="")
    edit_membership(member=world.dora, of=world.bob, number=world.bob.number, branch=None, trade="")
    edit_membership(member=world.dora, of=world.bob, number=None, branch=None, trade="")


def test_the_branch_of_a_neighbour_is_refused(world: World) -> None:
    with pytest.raises(NotAllowed):
        edit_membership(
            member=world.dora,
            of=world.bob,
            number=None,
            branch=BranchFactory(cooperative=world.other_cooperative),
            trade="",
        )


@pytest.mark.parametrize("who", ["bob", "alice", "charlie"])
def test_nobody_else_may(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        edit_membership(member=getattr(world, who), of=world.bob, number=FREE_NUMBER, branch=None, trade="")


def test_one_changes_ones_own_profile_in_each_cooperative(world: World) -> None:
    person = world.bob.person
    second = MembershipFactory(cooperative=world.other_cooperative, person=person)
    edit_own_profile(
        person=person,
        first_name=" Robert ",
        last_name="",
        language="en",
        trades={world.bob.pk: "Ébéniste", second.pk: "Formateur", world.alice.pk: "volé"},
    )
    person = Person.objects.get(pk=person.pk)
    assert (person.full_name, person.language) == ("Robert", "en")
    assert list(person.memberships.order_by("pk").values_list("trade", flat=True)) == ["Ébéniste", "Formateur"]
    assert Membership.objects.get(pk=world.alice.pk).trade == "Graphiste"
    assert AuditEvent.objects.filter(verb="edit_own_profile").count() == 2
