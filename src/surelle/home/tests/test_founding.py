"""Founding a cooperative, and opening it to a partner."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from surelle.commons.audit.models import AuditEvent
from surelle.commons.cooperatives.models import Branch, Cooperative, Partnership
from surelle.commons.members.models import Person
from surelle.commons.members.rules import Capability
from surelle.home.actions import NotAllowed, SameCooperative, SlugTaken, found_cooperative, open_to_partner
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_founder_administers() -> None:
    founder = found_cooperative(
        name="La Ruche", slug="la-ruche", email="Ada@Ruche.example", first_name="Ada", branches=[("Nord", "Lille")]
    )
    assert founder.may(Capability.INVITE)
    assert founder.may(Capability.MANAGE_MEMBERS)
    assert founder.person.email == "ada@ruche.example"
    assert founder.statuses.get().status == "staff"
    assert Branch.objects.get(cooperative=founder.cooperative).city == "Lille"
    assert AuditEvent.objects.get(cooperative=founder.cooperative).verb == "found_cooperative"


def test_a_person_known_in_the_house_founds_another(world: World) -> None:
    founder = found_cooperative(name="La Ruche", slug="la-ruche", email="BOB@example.org", first_name="Bob")
    assert founder.person == world.bob.person


@pytest.mark.parametrize("slug", ["trois-feuilles", "compte", "moi", "parole"])
def test_an_address_is_taken_once(world: World, slug: str) -> None:
    with pytest.raises(SlugTaken):
        found_cooperative(name="x", slug=slug, email="x@example.org", first_name="X")


def test_an_address_has_plain_letters() -> None:
    with pytest.raises(ValidationError):
        found_cooperative(name="x", slug="la ruche/é", email="x@example.org", first_name="X")


def test_by_command() -> None:
    said = StringIO()
    words = ("--name=La Ruche", "--slug=la-ruche", "--email=ada@ruche.example", "--first-name=Ada")
    call_command("found_cooperative", *words, stdout=said)
    assert "La Ruche est fondée. Ada entre par http" in said.getvalue()
    assert not Person.objects.get().has_usable_password()
    with pytest.raises(CommandError, match="déjà prise"):
        call_command("found_cooperative", *words)
    assert Cooperative.objects.count() == 1


def test_partners_are_opened_one_way_by_who_directs(world: World) -> None:
    open_to_partner(member=world.charlie, partner=world.cooperative)
    open_to_partner(member=world.charlie, partner=world.cooperative)
    assert Partnership.objects.get(partner=world.cooperative).cooperative == world.other_cooperative
    with pytest.raises(NotAllowed):
        open_to_partner(member=world.alice, partner=world.other_cooperative)
    with pytest.raises(SameCooperative):
        open_to_partner(member=world.charlie, partner=world.other_cooperative)
