"""Joining, leaving, and who coordinates: never nobody in silence."""

import pytest

from surelle.collective.groups import actions
from surelle.collective.groups.models import GroupMembership
from surelle.collective.groups.queries import personal_data
from surelle.commons.notifications.models import Notification
from tests.world import World

from .factories import GroupMembershipFactory
from .test_running import told

pytestmark = pytest.mark.django_db


def is_in(world: World, member: object) -> bool:
    return GroupMembership.objects.filter(group=world.group, member=member, left_on=None).exists()


class TestJoin:
    def test_coordinators_are_told(self, world: World) -> None:
        actions.join_group(member=world.dora, group=world.group)
        assert is_in(world, world.dora)
        assert "Dora Exemple a rejoint « Témoignages »" in told(world.alice)
        assert told(world.bob) == []

    def test_once(self, world: World) -> None:
        with pytest.raises(actions.AlreadyInGroup):
            actions.join_group(member=world.bob, group=world.group)

    def test_a_group_on_invitation_says_whom_to_ask(self, world: World) -> None:
        world.group.is_open = False
        actions.leave_group(member=world.bob, group=world.group)
        with pytest.raises(actions.NotOpen, match="sur invitation"):
            actions.join_group(member=world.bob, group=world.group)
        actions.add_member(member=world.alice, group=world.group, newcomer=world.bob)
        assert is_in(world, world.bob)
        assert told(world.bob) == ["Vous êtes dans « Témoignages »"]

    def test_nobody_from_elsewhere_or_gone(self, world: World) -> None:
        for who in (world.charlie, world.left):
            with pytest.raises(actions.HasLeft):
                actions.add_member(member=world.alice, group=world.group, newcomer=who)

    def test_leaving_and_coming_back_keeps_both_stretches(self, world: World) -> None:
        assert actions.leave_group(member=world.bob, group=world.group) is False
        actions.join_group(member=world.bob, group=world.group)
        assert GroupMembership.objects.filter(group=world.group, member=world.bob).count() == 2

    def test_who_is_not_in_cannot_leave(self, world: World) -> None:
        with pytest.raises(actions.NotInGroup):
            actions.leave_group(member=world.dora, group=world.group)


class TestCoordinators:
    def test_the_last_one_leaving_is_said(self, world: World) -> None:
        assert actions.leave_group(member=world.alice, group=world.group) is True
        alert = Notification.objects.get(member=world.dora)
        assert "n’a plus personne" in alert.title
        assert alert.asks_for_act
        assert alert.path == "/trois-feuilles/groupes/temoignages/"

    def test_not_the_last_one_is_not(self, world: World) -> None:
        actions.name_coordinator(member=world.alice, group=world.group, of=world.bob)
        assert actions.leave_group(member=world.alice, group=world.group) is False
        assert told(world.dora) == []
        assert told(world.bob) == ["Vous animez « Témoignages »"]

    def test_stepping_down_is_said_too(self, world: World) -> None:
        assert actions.name_coordinator(member=world.alice, group=world.group, of=world.alice, is_coordinator=False)
        assert told(world.dora)

    def test_only_a_member_of_the_group(self, world: World) -> None:
        with pytest.raises(actions.NotInGroup):
            actions.name_coordinator(member=world.alice, group=world.group, of=world.dora)

    def test_a_plain_member_names_and_removes_nobody(self, world: World) -> None:
        with pytest.raises(actions.NotYours):
            actions.name_coordinator(member=world.bob, group=world.group, of=world.bob)
        with pytest.raises(actions.NotYours):
            actions.remove_member(member=world.bob, group=world.group, leaver=world.alice)

    def test_removing(self, world: World) -> None:
        assert actions.remove_member(member=world.alice, group=world.group, leaver=world.bob) is False
        assert not is_in(world, world.bob)


class TestForgetting:
    def test_who_closes_their_account_is_out_and_it_is_said(self, world: World) -> None:
        actions.forget_person(person=world.alice.person)
        assert not is_in(world, world.alice)
        assert told(world.dora)

    def test_personal_data_holds_ones_own_groups_only(self, world: World) -> None:
        GroupMembershipFactory(group=world.group, member=world.dora)
        (data,) = personal_data(person=world.bob.person)
        assert data.records == [
            {
                "coopérative": "Trois Feuilles",
                "groupe": "Témoignages",
                "sorte": "Groupe de travail",
                "anime le groupe": False,
                "depuis": "2024-02-01",
                "jusqu’au": None,
            }
        ]
        assert personal_data(person=world.left.person) == []
