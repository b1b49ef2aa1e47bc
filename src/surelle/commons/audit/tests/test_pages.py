"""The page of the trail, and its export."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from surelle.commons.audit.actions import record
from surelle.commons.audit.models import AuditEvent
from tests.world import MembershipFactory, World

pytestmark = pytest.mark.django_db


def test_an_administrator_reads_who_did_what(world: World, as_member: Callable[[Any], Client]) -> None:
    record(member=world.dora, verb="grant_role", about=world.bob, role="accountant")
    page = as_member(world.dora).get("/trois-feuilles/journal/").content.decode()
    assert "Dora Exemple" in page
    assert "a donné un rôle à Bob Exemple" in page
    assert "rôle : Comptable" in page


def test_an_empty_trail_says_so(world: World, as_member: Callable[[Any], Client]) -> None:
    keeper = MembershipFactory(roles=["administrator"])
    house = keeper.cooperative.slug
    assert "Le journal est vide" in as_member(keeper).get(f"/{house}/journal/").content.decode()


def test_filters_survive_a_reload_and_nonsense_filters_nothing(
    world: World, as_member: Callable[[Any], Client]
) -> None:
    record(member=world.dora, verb="grant_role", about=world.bob)
    client = as_member(world.dora)
    page = client.get("/trois-feuilles/journal/", {"verb": "grant_role", "who": world.dora.pk}).content.decode()
    assert '<option value="grant_role" selected>' in page
    assert "Tout afficher" in page
    nonsense = client.get("/trois-feuilles/journal/", {"who": "x", "from_on": "hier", "object_id": "-", "page": "z"})
    assert "a donné un rôle" in nonsense.content.decode()
    nothing = client.get("/trois-feuilles/journal/", {"words": "introuvable"}).content.decode()
    assert "Rien de tel dans le journal" in nothing


def test_the_export_is_a_sheet_with_accents_and_no_formulas(world: World, as_member: Callable[[Any], Client]) -> None:
    record(member=world.dora, verb="create_group", about=world.group, label="=CMD()")
    response = as_member(world.dora).get("/trois-feuilles/journal/export/", {"verb": "create_group"})
    text = b"".join(response).decode("utf-8-sig")
    heading, line = text.strip().splitlines()
    assert heading == "Quand;Qui;Quoi;Sur;Nom;Précisions"
    assert "Dora Exemple" in line
    assert ";'=CMD();" in line


def test_a_long_trail_costs_no_more_queries(
    world: World, as_member: Callable[[Any], Client], same_queries: Callable[..., None]
) -> None:
    client = as_member(world.dora)

    def make(number: int) -> None:
        for _ in range(number):
            record(member=MembershipFactory(cooperative=world.cooperative), verb="grant_role", about=world.bob)

    same_queries(make, lambda: client.get("/trois-feuilles/journal/"))
    assert AuditEvent.objects.filter(verb="grant_role").count() == 20
