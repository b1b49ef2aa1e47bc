"""Persons and members for tests.

`MembershipFactory(roles=["coordinator"], status="cesa", person__first_name="Alice")` makes the person, the membership,
its present status and its roles.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import factory
from factory.django import DjangoModelFactory

from surelle.commons.cooperatives.tests.factories import CooperativeFactory
from surelle.commons.members.models import Invitation, Membership, Person, RoleGrant, StatusPeriod
from surelle.commons.members.rules import Status

PASSWORD = "trois feuilles sur une tige"


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    first_name = factory.Sequence(lambda n: f"Prénom{n}")
    last_name = factory.Sequence(lambda n: f"Nom{n}")
    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    language = "fr"

    @factory.post_generation
    def with_password(self: Person, create: bool, extracted: bool | None, **_: Any) -> None:  # type: ignore[misc]
        """`with_password=True` gives PASSWORD; hashing takes time, so only who signs in by the form has one."""
        if create and extracted:
            self.set_password(PASSWORD)
            self.save()


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership
        skip_postgeneration_save = True

    cooperative = factory.SubFactory(CooperativeFactory)
    person = factory.SubFactory(PersonFactory)
    number = factory.Sequence(lambda n: n + 1)
    trade = "Graphiste"
    joined_on = date(2024, 1, 1)

    @factory.post_generation
    def status(self: Membership, create: bool, extracted: str | None, **_: Any) -> None:  # type: ignore[misc]
        if create:
            StatusPeriodFactory(membership=self, status=extracted or Status.CESA, starts_on=self.joined_on)

    @factory.post_generation
    def roles(self: Membership, create: bool, extracted: Iterable[str] | None, **_: Any) -> None:  # type: ignore[misc]
        if create:
            for role in extracted or ():
                RoleGrantFactory(membership=self, role=role)


class StatusPeriodFactory(DjangoModelFactory[StatusPeriod]):
    class Meta:
        model = StatusPeriod

    membership = factory.SubFactory(MembershipFactory)
    cooperative = factory.SelfAttribute("membership.cooperative")
    status = Status.CESA
    starts_on = date(2024, 1, 1)


class RoleGrantFactory(DjangoModelFactory[RoleGrant]):
    class Meta:
        model = RoleGrant

    membership = factory.SubFactory(MembershipFactory)
    cooperative = factory.SelfAttribute("membership.cooperative")
    role = "entrepreneur"
    granted_on = date(2024, 1, 1)


class InvitationFactory(DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    invited_by = factory.SubFactory(MembershipFactory)
    cooperative = factory.SelfAttribute("invited_by.cooperative")
    email = factory.Sequence(lambda n: f"invite{n}@example.org")
    first_name = "Inès"
    status = Status.CANDIDATE
    secret_hash = factory.Sequence(lambda n: sha256(str(n).encode()).hexdigest())
    sent_at = datetime(2025, 1, 1, 9, tzinfo=UTC)
    expires_at = datetime(2100, 1, 1, tzinfo=UTC)
