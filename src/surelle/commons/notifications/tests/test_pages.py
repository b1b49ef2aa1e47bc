"""The page of what is new."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from surelle.commons.members.models import Membership
from surelle.commons.notifications.actions import tell
from surelle.commons.notifications.models import DigestChoice
from tests.world import World

from .factories import NotificationFactory

pytestmark = pytest.mark.django_db
AsMember = Callable[[Membership], Client]


def test_new_things_come_first_and_filters_hold(world: World, as_member: AsMember) -> None:
    client, address = as_member(world.alice), reverse("notifications:list", args=[world.cooperative.slug])
    tell(members=[world.alice], title="À relire", path="/trois-feuilles/", asks_for_act=True)
    client.get(reverse("notifications:open", args=[world.cooperative.slug, world.notification.pk]))
    page = client.get(address).content.decode()
    assert page.index("À relire") < page.index("Bob a rejoint")
    assert "Bob a rejoint" not in client.get(address, {"voir": "new"}).content.decode()
    assert "À relire" in client.get(address, {"voir": "waiting"}).content.decode()
    assert client.get(address, {"voir": "n’importe quoi", "page": "x"}).status_code == 200


def test_opening_leads_there_and_notes_it(world: World, as_member: AsMember) -> None:
    answer = as_member(world.alice).get(
        reverse("notifications:open", args=[world.cooperative.slug, world.notification.pk])
    )
    assert answer["Location"] == "/trois-feuilles/"
    world.notification.refresh_from_db()
    assert world.notification.read_at


def test_the_empty_page_says_what_will_come(world: World, as_member: AsMember) -> None:
    page = as_member(world.bob).get(reverse("notifications:list", args=[world.cooperative.slug])).content.decode()
    assert "Rien de nouveau" in page


def test_the_rhythm_is_kept(world: World, as_member: AsMember) -> None:
    client = as_member(world.bob)
    client.post(reverse("notifications:rhythm", args=[world.cooperative.slug]), {"rhythm": "weekly"})
    assert DigestChoice.objects.get(member=world.bob).rhythm == "weekly"
    page = client.get(reverse("notifications:list", args=[world.cooperative.slug])).content.decode()
    assert 'value="weekly"' in page
    assert "checked" in page


def test_as_many_queries_for_many(world: World, as_member: AsMember, same_queries: Callable[..., None]) -> None:
    client, address = as_member(world.alice), reverse("notifications:list", args=[world.cooperative.slug])
    same_queries(lambda n: NotificationFactory.create_batch(n, member=world.alice), lambda: client.get(address))
