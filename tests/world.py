"""The world in which tests act: two cooperatives, five persons, and what each app's factories furnish it with.

An app adds its objects by a function `furnish(world)` in its tests/factories.py; the stem furnishes first.
"""

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.cooperatives.tests.factories import CooperativeFactory
from surelle.commons.members.models import Membership
from surelle.commons.members.rules import Role
from surelle.commons.members.tests.factories import MembershipFactory


class World:
    """Who is there. Further names (`world.group`, `world.collection`…) are set by the apps' `furnish`."""

    cooperative: Cooperative
    other_cooperative: Cooperative
    alice: Membership  # coordinates: may do what a right allows
    bob: Membership  # a plain member of the same cooperative
    dora: Membership  # administers the same cooperative
    charlie: Membership  # has every role, but in the other cooperative
    left: Membership  # was a member of the same cooperative, until last year

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the world has no {name}: let furnish(world) of an app's tests/factories.py make it")


def build_world() -> World:
    """Make the two cooperatives, their people, and let every installed app furnish them."""
    world = World()
    world.cooperative = CooperativeFactory(name="Trois Feuilles", slug="trois-feuilles")
    world.other_cooperative = CooperativeFactory(name="Grand Large", slug="grand-large")

    def member(first_name: str, *, of: Cooperative, roles: list[Role], **more: Any) -> Membership:
        return MembershipFactory(
            cooperative=of,
            person__first_name=first_name,
            person__last_name="Exemple",
            person__email=f"{first_name.lower()}@example.org",
            roles=roles,
            **more,
        )

    world.alice = member("Alice", of=world.cooperative, roles=[Role.ENTREPRENEUR, Role.COORDINATOR])
    world.bob = member("Bob", of=world.cooperative, roles=[Role.ENTREPRENEUR])
    world.dora = member("Dora", of=world.cooperative, roles=[Role.ADMINISTRATOR], status="staff")
    world.charlie = member("Charlie", of=world.other_cooperative, roles=list(Role))
    world.left = member("Yann", of=world.cooperative, roles=list(Role), left_on=date(2024, 12, 31))
    for config in reversed(list(apps.get_app_configs())):
        factories = f"{config.name}.tests.factories"
        if config.name.startswith("surelle.") and find_spec(factories):
            furnish = getattr(import_module(factories), "furnish", None)
            if furnish is not None:
                furnish(world)
    return world
