"""The timeline."""

from datetime import date, timedelta
from itertools import pairwise
from unittest.mock import patch

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from surelle.commons.audit.models import AuditEvent
from surelle.commons.cooperatives.access import scope
from surelle.commons.members.actions import Refused, change_status, undo_status_change
from surelle.commons.members.actions.refusals import (
    LastAdministrator,
    NotAllowed,
    NothingToUndo,
    NotNextStatus,
    StatusInFuture,
    StatusTooEarly,
)
from surelle.commons.members.models import Membership
from surelle.commons.members.rules import NEXT_STATUSES, Capability, Role, Status
from surelle.commons.members.tests.factories import MembershipFactory
from tests.world import World

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)


def test_the_former_status_ends_on_the_eve(world: World) -> None:
    change_status(member=world.dora, of=world.bob, status=Status.ASSOCIATE, starts_on=MARCH)
    assert list(world.bob.statuses.values_list("status", "starts_on", "ends_on")) == [
        ("cesa", date(2024, 1, 1), date(2025, 2, 28)),
        ("associate", MARCH, None),
    ]
    event = AuditEvent.objects.get(verb="change_status")
    assert (event.object_id, event.details["before"], event.details["status"]) == (world.bob.pk, "cesa", "associate")


def test_leaving_shuts_the_door(world: World) -> None:
    change_status(member=world.dora, of=world.bob, status=Status.LEFT, starts_on=MARCH)
    gone = Membership.objects.get(pk=world.bob.pk)
    assert gone.left_on == MARCH
    assert gone.roles
    assert not any(gone.may(capability) for capability in Capability)


def test_who_comes_back_has_none_of_the_former_roles(world: World) -> None:
    world.left.statuses.update(ends_on=date(2024, 12, 30))
    world.left.statuses.create(cooperative=world.cooperative, status=Status.LEFT, starts_on=date(2024, 12, 31))
    change_status(member=world.dora, of=world.left, status=Status.CESA, starts_on=MARCH)
    back = Membership.objects.get(pk=world.left.pk)
    assert back.left_on is None
    assert back.roles == frozenset()


@pytest.mark.parametrize("present", list(Status))
def test_only_what_the_table_allows_follows(world: World, present: Status) -> None:
    for following in Status:
        left_on = date(2024, 1, 1) if present == Status.LEFT else None
        of = MembershipFactory(cooperative=world.cooperative, status=present, left_on=left_on)
        if following in NEXT_STATUSES[present]:
            change_status(member=world.dora, of=of, status=following, starts_on=MARCH)
            assert of.statuses.get(ends_on=None).status == following
        else:
            with pytest.raises(NotNextStatus):
                change_status(member=world.dora, of=of, status=following, starts_on=MARCH)


@pytest.mark.parametrize("starts_on", [date(2024, 1, 1), date(2023, 12, 31)])
def test_no_status_begins_before_the_present_one_has_lasted_a_day(world: World, starts_on: date) -> None:
    with pytest.raises(StatusTooEarly):
        change_status(member=world.dora, of=world.bob, status=Status.ASSOCIATE, starts_on=starts_on)


def test_the_future_waits(world: World) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(StatusInFuture):
        change_status(member=world.dora, of=world.bob, status=Status.ASSOCIATE, starts_on=tomorrow)


def test_the_last_administrator_does_not_leave(world: World) -> None:
    with pytest.raises(LastAdministrator):
        change_status(member=world.dora, of=world.dora, status=Status.LEFT, starts_on=MARCH)
    MembershipFactory(cooperative=world.cooperative, roles=[Role.ADMINISTRATOR])
    change_status(member=world.dora, of=world.dora, status=Status.LEFT, starts_on=MARCH)


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_neither_a_plain_member_nor_a_neighbour_may(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        change_status(member=getattr(world, who), of=world.bob, status=Status.ASSOCIATE, starts_on=MARCH)
    with pytest.raises(NotAllowed):
        undo_status_change(member=getattr(world, who), of=world.bob, period=world.bob.statuses.get().pk)


def test_a_mistake_is_taken_back_once(world: World) -> None:
    period = change_status(member=world.dora, of=world.bob, status=Status.LEFT, starts_on=MARCH)
    before = undo_status_change(member=world.dora, of=world.bob, period=period.pk)
    assert (before.status, before.ends_on) == ("cesa", None)
    back = Membership.objects.get(pk=world.bob.pk)
    assert back.left_on is None
    assert back.roles == {Role.ENTREPRENEUR}
    with pytest.raises(NothingToUndo):
        undo_status_change(member=world.dora, of=world.bob, period=period.pk)
    assert AuditEvent.objects.filter(verb="undo_status_change").count() == 1


def test_the_first_status_is_not_taken_back(world: World) -> None:
    with pytest.raises(NothingToUndo):
        undo_status_change(member=world.dora, of=world.bob, period=world.bob.statuses.get().pk)


class TimelineHolds(TestCase):
    """Whatever is tried in whatever order, the timeline has no hole, no overlap, and one present status."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.sampled_from(Status), st.integers(-30, 700)), max_size=8))
    def test_timeline(self, steps: list[tuple[Status, int]]) -> None:
        with scope(everything=True), patch("surelle.commons.members.actions.memberships.record"):
            of = MembershipFactory()
            boss = MembershipFactory(cooperative=of.cooperative, roles=[Role.ADMINISTRATOR])
            for status, days in steps:
                try:
                    change_status(member=boss, of=of, status=status, starts_on=of.joined_on + timedelta(days=days))
                except Refused:
                    continue
            periods = list(of.statuses.all())
            assert periods[-1].ends_on is None
            for first, following in pairwise(periods):
                assert first.ends_on == following.starts_on - timedelta(days=1)
                assert following.status in NEXT_STATUSES[Status(first.status)]
            of.refresh_from_db()
            assert (of.left_on is not None) == (periods[-1].status == Status.LEFT)
