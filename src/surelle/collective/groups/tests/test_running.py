"""Creating, editing, closing: who may, what is said, and what the search finds afterwards."""

import pytest

from surelle.collective.groups import actions
from surelle.collective.groups.models import Group, GroupKind, GroupMembership
from surelle.commons.audit.models import AuditEvent
from surelle.commons.members.models import Membership
from surelle.commons.notifications.models import Notification
from surelle.commons.search.queries import matching_ids
from tests.world import World

pytestmark = pytest.mark.django_db


def told(member: Membership) -> list[str]:
    return list(Notification.objects.filter(member=member).order_by("pk").values_list("title", flat=True))


def create(world: World, name: str = "Révéler nos voix", **more: object) -> Group:
    return actions.create_group(member=world.alice, kind=GroupKind.WORKING_GROUP, name=name, **more)  # type: ignore[arg-type]


class TestCreate:
    def test_who_creates_coordinates(self, world: World) -> None:
        group = create(world, "  Révéler   nos voix ")
        assert (group.name, group.slug) == ("Révéler nos voix", "reveler-nos-voix")
        assert GroupMembership.objects.get(group=group).is_coordinator
        assert matching_ids(world.bob, "group", "révélons une voix") == [] != matching_ids(world.bob, "group", "voix")
        assert AuditEvent.objects.filter(verb="create_group", object_id=group.pk, member=world.alice).exists()

    def test_or_somebody_else_who_is_told(self, world: World) -> None:
        group = create(world, coordinator=world.bob)
        assert GroupMembership.objects.get(group=group).member == world.bob
        assert told(world.bob) == ["Vous animez « Révéler nos voix »"]

    def test_a_name_once_per_kind(self, world: World) -> None:
        create(world)
        with pytest.raises(actions.NameTaken, match="déjà ce nom"):
            create(world, "RÉVÉLER nos voix".lower())
        local = actions.create_group(member=world.alice, kind=GroupKind.LOCAL_GROUP, name="Révéler nos voix")
        assert local.slug == "reveler-nos-voix-2"

    @pytest.mark.parametrize(("name", "slug"), [("Nouveau", "nouveau-2"), ("★★★", "groupe"), ("x" * 120, "x" * 70)])
    def test_every_name_has_an_address(self, world: World, name: str, slug: str) -> None:
        assert create(world, name).slug == slug

    def test_not_without_a_name_or_a_right(self, world: World) -> None:
        with pytest.raises(actions.NameNeeded):
            create(world, "   ")
        with pytest.raises(actions.NotYours):
            actions.create_group(member=world.bob, kind=GroupKind.WORKING_GROUP, name="À moi")


class TestEdit:
    def test_the_address_stays(self, world: World) -> None:
        group = create(world)
        actions.edit_group(
            member=world.alice,
            group=group,
            kind=GroupKind.COLLECTIVE,
            name="Nos paroles",
            purpose="Écouter",
            is_open=False,
        )
        group.refresh_from_db()
        assert (group.name, group.slug, group.kind, group.is_open) == (
            "Nos paroles",
            "reveler-nos-voix",
            "collective",
            False,
        )
        assert matching_ids(world.bob, "group", "parole écoute ") == [group.pk]

    def test_not_by_a_plain_member_nor_from_outside(self, world: World) -> None:
        for who in (world.bob, world.charlie, world.left):
            with pytest.raises(actions.NotYours):
                actions.edit_group(
                    member=who, group=world.group, kind=GroupKind.COLLECTIVE, name="x", purpose="", is_open=True
                )


class TestClose:
    def test_its_members_are_told_and_nobody_finds_it(self, world: World) -> None:
        group = create(world)
        actions.add_member(member=world.alice, group=group, newcomer=world.bob)
        actions.close_group(member=world.alice, group=group)
        assert told(world.bob)[-1] == "« Révéler nos voix » est clos"
        assert matching_ids(world.bob, "group", "voix") == []
        with pytest.raises(actions.GroupClosed):
            actions.join_group(member=world.dora, group=group)
        with pytest.raises(actions.GroupClosed):
            actions.close_group(member=world.alice, group=group)

    def test_reopened_it_is_as_before(self, world: World) -> None:
        group = create(world)
        actions.close_group(member=world.alice, group=group)
        actions.reopen_group(member=world.alice, group=group)
        assert matching_ids(world.bob, "group", "voix") == [group.pk]
        assert GroupMembership.objects.filter(group=group, left_on=None).count() == 1

    def test_not_if_another_took_its_name(self, world: World) -> None:
        group = create(world)
        actions.close_group(member=world.alice, group=group)
        create(world)
        with pytest.raises(actions.NameTaken):
            actions.reopen_group(member=world.alice, group=group)
