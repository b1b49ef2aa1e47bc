"""The language that a person chose is spoken wherever they sign in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from surelle.commons.members.models import Person
from tests.world import World

pytestmark = pytest.mark.django_db


def language_of(response: Any) -> str:
    return response.content.decode().split('<html lang="')[1][:2]


def test_who_is_not_signed_in_hears_the_language_of_the_browser(world: World) -> None:
    assert language_of(Client(headers={"Accept-Language": "en"}).get("/compte/login/")) == "en"
    assert language_of(Client(headers={"Accept-Language": "de"}).get("/compte/login/")) == "fr"


def test_the_persons_choice_counts_before_the_browser(world: World, as_member: Callable[[Any], Client]) -> None:
    client = as_member(world.bob)
    assert language_of(client.get("/moi/", headers={"Accept-Language": "en"})) == "fr"
    Person.objects.filter(pk=world.bob.person_id).update(language="en")
    response = client.get("/moi/", headers={"Accept-Language": "fr"})
    assert language_of(response) == response.headers["Content-Language"] == "en"


def test_the_switch_of_every_page_is_remembered_for_the_person(
    world: World, as_member: Callable[[Any], Client]
) -> None:
    client = as_member(world.bob)
    response = client.post("/langue/", {"language": "en", "next": "/moi/"})
    assert response["Location"] == "/moi/"
    assert language_of(client.get("/moi/")) == "en"
    assert language_of(as_member(Person.objects.get(pk=world.bob.person_id)).get("/moi/")) == "en"


def test_the_switch_works_for_who_is_not_signed_in(world: World) -> None:
    client = Client()
    client.post("/langue/", {"language": "en", "next": "/compte/login/"})
    assert language_of(client.get("/compte/login/")) == "en"


@pytest.mark.parametrize("nonsense", ["de", "xx", "", "../fr"])
def test_a_language_that_nobody_speaks_changes_nothing(
    world: World, as_member: Callable[[Any], Client], nonsense: str
) -> None:
    as_member(world.bob).post("/langue/", {"language": nonsense})
    assert Person.objects.get(pk=world.bob.person_id).language == "fr"
