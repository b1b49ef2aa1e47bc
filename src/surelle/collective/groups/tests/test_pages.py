"""The pages of groups."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from surelle.collective.groups import actions
from surelle.collective.groups.models import Group, GroupKind, GroupMembership
from surelle.commons.members.models import Membership
from tests.world import World

from .factories import GroupFactory, GroupMembershipFactory

pytestmark = pytest.mark.django_db
AsMember = Callable[[Membership], Client]


def at(world: World, name: str, *more: object) -> str:
    return reverse(f"groups:{name}", args=[world.cooperative.slug, *more])


def text(client: Client, address: str, **query: str) -> str:
    return client.get(address, query).content.decode()


def test_by_kind_with_search_and_filters(world: World, as_member: AsMember) -> None:
    actions.create_group(
        member=world.alice, kind=GroupKind.TRADE_GROUP, name="Artisanes du bois", purpose="Partager un atelier."
    )
    client, address = as_member(world.bob), at(world, "list")
    page = text(client, address)
    assert page.index("Groupes de travail</h2>") < page.index("Groupes métiers</h2>")
    assert "Artisanes du bois" in text(client, address, q="ateliers")
    assert "Témoignages</a>" not in text(client, address, q="ateliers")
    assert "Artisanes du bois</a>" not in text(client, address, mine="on")
    assert "Aucun groupe ne correspond" in text(client, address, q="voile")
    assert client.get(address, {"kind": "rien", "page": "x"}).status_code == 200


def test_a_house_without_groups_says_what_to_do(world: World, as_member: AsMember) -> None:
    Group.objects.update(closed_on=date(2026, 1, 31))
    assert "Créez le premier" in text(as_member(world.alice), at(world, "list"))
    assert "équipe d’appui" in text(as_member(world.bob), at(world, "list"))


def test_join_and_leave(world: World, as_member: AsMember) -> None:
    client, address = as_member(world.dora), at(world, "group", "temoignages")
    assert "Rejoindre ce groupe" in text(client, address)
    page = client.post(at(world, "join", "temoignages"), follow=True).content.decode()
    assert "Bienvenue dans le groupe" in page
    assert "Quitter ce groupe" in page
    page = client.post(at(world, "leave", "temoignages"), follow=True).content.decode()
    assert "Vous avez quitté le groupe" in page


def test_the_page_of_a_member_names_their_groups(world: World, as_member: AsMember) -> None:
    page = text(as_member(world.bob), reverse("members:member", args=[world.cooperative.slug, world.alice.pk]))
    assert at(world, "group", "temoignages") in page
    assert "anime le groupe" in page


def test_the_last_coordinator_is_warned_before_and_after(world: World, as_member: AsMember) -> None:
    client = as_member(world.alice)
    assert "la seule personne à l’animer" in text(client, at(world, "group", "temoignages"))
    page = client.post(at(world, "leave", "temoignages"), follow=True).content.decode()
    assert "Plus personne n’anime ce groupe" in page
    assert "Personne n’anime ce groupe" in page


def test_a_refusal_is_a_sentence(world: World, as_member: AsMember) -> None:
    page = as_member(world.bob).post(at(world, "join", "temoignages"), follow=True).content.decode()
    assert "déjà dans le groupe" in page


def test_create_leads_to_the_group(world: World, as_member: AsMember) -> None:
    page = as_member(world.alice).post(
        at(world, "create"),
        {
            "name": "Nord",
            "kind": "local_group",
            "purpose": "Près de chez nous",
            "is_open": "on",
            "coordinator": world.bob.pk,
        },
        follow=True,
    )
    assert page.redirect_chain[-1][0] == at(world, "group", "nord")
    assert "Près de chez nous" in page.content.decode()


def test_a_taken_name_is_said_beside_the_field(world: World, as_member: AsMember) -> None:
    answer = as_member(world.alice).post(
        at(world, "create"), {"name": "témoignages", "kind": "working_group", "coordinator": world.bob.pk}
    )
    assert answer.status_code == 400
    assert "déjà ce nom" in answer.content.decode()


def test_nobody_from_another_house_can_be_brought_in(world: World, as_member: AsMember) -> None:
    answer = as_member(world.alice).post(at(world, "add_member", "temoignages"), {"newcomer": world.charlie.pk})
    assert answer.status_code == 400
    assert as_member(world.alice).post(at(world, "bring_back", "temoignages", world.charlie.pk)).status_code == 404


def test_coordinators_hand_over(world: World, as_member: AsMember) -> None:
    client = as_member(world.alice)
    client.post(at(world, "name_coordinator", "temoignages", world.bob.pk))
    assert GroupMembership.objects.get(group=world.group, member=world.bob).is_coordinator
    client.post(at(world, "name_coordinator", "temoignages", world.alice.pk), {"anime": "non"})
    assert not GroupMembership.objects.get(group=world.group, member=world.alice).is_coordinator


def test_a_closed_group_stays_readable_and_can_be_reopened(world: World, as_member: AsMember) -> None:
    client = as_member(world.alice)
    page = client.post(at(world, "close", "temoignages"), follow=True).content.decode()
    assert "clos le" in page
    assert "Rejoindre" not in text(as_member(world.dora), at(world, "group", "temoignages"))
    assert "Témoignages" in text(client, at(world, "list"), closed="on")
    client.post(at(world, "reopen", "temoignages"))
    world.group.refresh_from_db()
    assert world.group.closed_on is None


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_as_many_queries_for_many_groups(
    world: World, as_member: AsMember, same_queries: Callable[..., None], who: str
) -> None:
    def more(count: int) -> None:
        for group in GroupFactory.create_batch(count, cooperative=world.cooperative):
            GroupMembershipFactory(group=group, is_coordinator=True)

    client = as_member(getattr(world, who))
    same_queries(more, lambda: client.get(at(world, "list")))


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_as_many_queries_for_many_members(
    world: World, as_member: AsMember, same_queries: Callable[..., None], who: str
) -> None:
    client = as_member(getattr(world, who))
    same_queries(
        lambda n: GroupMembershipFactory.create_batch(n, group=world.group),
        lambda: client.get(at(world, "group", "temoignages")),
    )
