"""Cooperatives for tests."""

from datetime import date
from typing import TYPE_CHECKING

import factory
from factory.django import DjangoModelFactory

from surelle.commons.cooperatives.models import Branch, Cooperative, Partnership

if TYPE_CHECKING:
    from tests.world import World


class CooperativeFactory(DjangoModelFactory[Cooperative]):
    class Meta:
        model = Cooperative
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"Coopérative {n}")
    slug = factory.Sequence(lambda n: f"cooperative-{n}")
    purpose = "Entreprendre ensemble."
    city = "Lille"
    contact_email = factory.LazyAttribute(lambda it: f"contact@{it.slug}.example")


class BranchFactory(DjangoModelFactory[Branch]):
    class Meta:
        model = Branch

    cooperative = factory.SubFactory(CooperativeFactory)
    name = factory.Sequence(lambda n: f"Établissement {n}")
    city = "Roubaix"


class PartnershipFactory(DjangoModelFactory[Partnership]):
    """`cooperative` lets `partner` read what it publishes to partners."""

    class Meta:
        model = Partnership

    cooperative = factory.SubFactory(CooperativeFactory)
    partner = factory.SubFactory(CooperativeFactory)
    since_on = date(2024, 1, 1)


def furnish(world: "World") -> None:
    """Let a third house read what both publish to partners; the two are no partners of each other."""
    world.partner_cooperative = CooperativeFactory(name="Haute Rive", slug="haute-rive")
    PartnershipFactory(cooperative=world.cooperative, partner=world.partner_cooperative)
    PartnershipFactory(cooperative=world.other_cooperative, partner=world.partner_cooperative)
