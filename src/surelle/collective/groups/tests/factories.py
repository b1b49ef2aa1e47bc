"""Groups for tests."""

from datetime import date
from typing import TYPE_CHECKING

import factory
from factory.django import DjangoModelFactory

from surelle.collective.groups.models import Group, GroupKind, GroupMembership
from surelle.commons.cooperatives.tests.factories import CooperativeFactory
from surelle.commons.members.tests.factories import MembershipFactory

if TYPE_CHECKING:
    from tests.world import World


class GroupFactory(DjangoModelFactory[Group]):
    class Meta:
        model = Group

    cooperative = factory.SubFactory(CooperativeFactory)
    kind = GroupKind.WORKING_GROUP
    name = factory.Sequence(lambda n: f"Groupe {n}")
    slug = factory.Sequence(lambda n: f"groupe-{n}")
    purpose = "Avancer ensemble."


class GroupMembershipFactory(DjangoModelFactory[GroupMembership]):
    class Meta:
        model = GroupMembership

    group = factory.SubFactory(GroupFactory)
    cooperative = factory.SelfAttribute("group.cooperative")
    member = factory.SubFactory(MembershipFactory, cooperative=factory.SelfAttribute("..cooperative"))
    joined_on = date(2024, 2, 1)


def furnish(world: "World") -> None:
    """Give the world a working group that Alice coordinates and Bob belongs to, and Charlie's of the other house."""
    world.group = GroupFactory(cooperative=world.cooperative, name="Témoignages", slug="temoignages")
    GroupMembershipFactory(group=world.group, member=world.alice, is_coordinator=True)
    GroupMembershipFactory(group=world.group, member=world.bob)
    world.foreign_group = GroupFactory(cooperative=world.other_cooperative, name="Ailleurs", slug="ailleurs")
    GroupMembershipFactory(group=world.foreign_group, member=world.charlie, is_coordinator=True)
