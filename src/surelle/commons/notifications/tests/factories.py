"""Notifications for tests."""

from typing import TYPE_CHECKING

import factory
from factory.django import DjangoModelFactory

from surelle.commons.members.tests.factories import MembershipFactory
from surelle.commons.notifications.models import Notification

if TYPE_CHECKING:
    from tests.world import World


class NotificationFactory(DjangoModelFactory[Notification]):
    class Meta:
        model = Notification

    member = factory.SubFactory(MembershipFactory)
    cooperative = factory.SelfAttribute("member.cooperative")
    title = factory.Sequence(lambda n: f"Il s’est passé la chose {n}")
    body = "Venez voir."
    path = "/"


def furnish(world: "World") -> None:
    """Tell Alice one thing."""
    world.notification = NotificationFactory(
        member=world.alice, title="Bob a rejoint Témoignages", path=f"/{world.cooperative.slug}/"
    )
