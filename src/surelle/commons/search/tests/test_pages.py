"""The page of results."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surelle.collective.groups.models import Group
from surelle.collective.groups.tests.factories import GroupFactory
from surelle.commons.members.models import Membership
from surelle.commons.search import queries
from surelle.commons.search.actions import Words, index_many
from tests.world import World

pytestmark = pytest.mark.django_db
AsMember = Callable[[Membership], Client]


def page(world: World, client: Client, **asked: Any) -> str:
    return client.get(reverse("search:results", args=[world.cooperative.slug]), asked).content.decode()


def gather(world: World, count: int) -> list[Group]:
    groups = GroupFactory.create_batch(count, cooperative=world.cooperative, purpose="Tourner la terre, ensemble.")
    index_many(Words(about=group, kind="group", title=group.name, body=group.purpose) for group in groups)
    return groups


def test_by_kind_with_the_words_marked(world: World, as_member: AsMember) -> None:
    (group,) = gather(world, 1)
    found = page(world, as_member(world.bob), q="terres")
    assert "1 résultat pour" in found
    assert "Tourner la <mark>terre</mark>, ensemble." in found
    assert reverse("groups:group", args=[world.cooperative.slug, group.slug]) in found


def test_members_are_found_by_name_and_trade(world: World, as_member: AsMember) -> None:
    found = page(world, as_member(world.bob), q="alice graphistes")
    assert reverse("members:member", args=[world.cooperative.slug, world.alice.pk]) in found
    assert "Charlie" not in page(world, as_member(world.bob), q="charlie exemple")


def test_one_kind_page_by_page(world: World, as_member: AsMember, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "A_PAGE", 4)
    gather(world, 10)
    client = as_member(world.bob)
    assert "voir les 10 résultats" in page(world, client, q="terre")
    assert "page 3 sur 3" in page(world, client, q="terre", kind="group", page=99)
    assert page(world, client, q="terre", kind="group", page=2).count("<mark>") == 4


def test_nothing_found_gives_hints(world: World, as_member: AsMember) -> None:
    assert "Rien de trouvé" in page(world, as_member(world.bob), q="porcelaine")
    assert "Que cherchez-vous" in page(world, as_member(world.bob))


def test_what_was_typed_is_text(world: World, as_member: AsMember) -> None:
    assert "<script>alert" not in page(world, as_member(world.bob), q="<script>alert(1)</script>")


def test_as_many_queries_for_many(world: World, as_member: AsMember, same_queries: Callable[..., None]) -> None:
    client = as_member(world.bob)
    same_queries(lambda n: gather(world, n), lambda: page(world, client, q="terre", kind="group"))
