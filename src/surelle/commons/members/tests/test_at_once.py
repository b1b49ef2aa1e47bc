"""What two people do at the same moment, on a database where moments are the same: PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from surelle.commons.cooperatives.access import scope
from surelle.commons.members.actions import Refused, accept_invitation, revoke_role
from surelle.commons.members.models import Membership, RoleGrant
from surelle.commons.members.rules import Role
from surelle.commons.members.tests.factories import InvitationFactory, MembershipFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one write at a time anyway"),
]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at the same moment, each on a connection of its own; return their results or refusals."""
    start = Barrier(len(acts))

    def do(act: Callable[[], Any]) -> Any:
        with scope(everything=True):
            try:
                connection.ensure_connection()
                start.wait(timeout=10)
                return act()
            except Refused as refusal:
                return refusal
            finally:
                connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_those_who_come_in_at_once_get_a_number_each() -> None:
    boss = MembershipFactory(roles=[Role.ADMINISTRATOR])
    waiting = [InvitationFactory(invited_by=boss) for _ in range(6)]
    found = at_once(
        *(
            lambda one=one: accept_invitation(invitation=one, first_name="Inès", password="quatre feuilles")
            for one in waiting
        )
    )
    numbers = sorted(membership.number for membership in found)
    assert numbers == list(range(boss.number + 1, boss.number + 7))


def test_one_link_opened_twice_at_once_lets_in_once() -> None:
    invitation = InvitationFactory(invited_by=MembershipFactory(roles=[Role.ADMINISTRATOR]))
    found = at_once(
        *[lambda: accept_invitation(invitation=invitation, first_name="Inès", password="quatre feuilles")] * 3
    )
    assert sum(isinstance(one, Membership) for one in found) == 1


def test_two_administrators_do_not_dismiss_each_other_at_once() -> None:
    first = MembershipFactory(roles=[Role.ADMINISTRATOR])
    second = MembershipFactory(cooperative=first.cooperative, roles=[Role.ADMINISTRATOR])
    at_once(
        lambda: revoke_role(member=first, of=second, role=Role.ADMINISTRATOR),
        lambda: revoke_role(member=second, of=first, role=Role.ADMINISTRATOR),
    )
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1
