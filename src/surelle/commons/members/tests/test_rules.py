"""Roles, statuses and words, as tables and as properties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surelle.commons.audit.rules import VALUES
from surelle.commons.members.models import CAPABILITY_NAMES, ROLE_NAMES, STATUS_NAMES
from surelle.commons.members.rules import (
    CAPABILITIES,
    NEXT_STATUSES,
    Capability,
    InvitationState,
    Role,
    Status,
    capabilities_of,
    fold,
    grantable_by,
    invitation_state,
    may_follow,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
roles = st.frozensets(st.sampled_from(Role))


def test_every_name_of_the_code_has_a_word_for_the_screen() -> None:
    assert set(ROLE_NAMES) == set(Role) == set(CAPABILITIES)
    assert set(STATUS_NAMES) == set(Status)
    assert set(CAPABILITY_NAMES) == set(Capability)
    assert set(NEXT_STATUSES) == {None, *Status}


def test_the_trail_says_statuses_and_roles_as_every_page_does() -> None:
    for name, words in {**STATUS_NAMES, **ROLE_NAMES}.items():
        assert VALUES[name.value] == str(words)


@given(roles, roles)
def test_a_further_role_never_takes_anything_away(some: frozenset[Role], more: frozenset[Role]) -> None:
    assert capabilities_of(some) <= capabilities_of(some | more)
    assert grantable_by(some) <= grantable_by(some | more)


@given(roles)
def test_only_an_administrator_makes_an_administrator(some: frozenset[Role]) -> None:
    assert (Role.ADMINISTRATOR in grantable_by(some)) == (Role.ADMINISTRATOR in some)


@given(roles)
def test_who_may_give_a_role_may_invite(some: frozenset[Role]) -> None:
    if grantable_by(some):
        assert Capability.INVITE in capabilities_of(some)


@given(st.sampled_from(Status))
def test_nothing_follows_itself_and_everybody_may_leave(status: Status) -> None:
    assert not may_follow(status, status)
    assert status == Status.LEFT or may_follow(status, Status.LEFT)


def test_nobody_begins_by_leaving() -> None:
    assert not may_follow(None, Status.LEFT)


def test_one_becomes_an_associate_out_of_a_contract() -> None:
    assert may_follow(Status.CESA, Status.ASSOCIATE)
    assert not may_follow(Status.CAPE, Status.ASSOCIATE)
    assert not may_follow(Status.CANDIDATE, Status.ASSOCIATE)


@pytest.mark.parametrize(
    ("expires", "accepted", "revoked", "state"),
    [
        (timedelta(days=1), None, None, InvitationState.WAITING),
        (timedelta(0), None, None, InvitationState.EXPIRED),
        (timedelta(days=-1), None, None, InvitationState.EXPIRED),
        (timedelta(days=-1), NOON, None, InvitationState.ACCEPTED),
        (timedelta(days=1), None, NOON, InvitationState.REVOKED),
        (timedelta(days=-1), None, NOON, InvitationState.REVOKED),
    ],
)
def test_what_became_of_an_invitation(
    expires: timedelta, accepted: datetime | None, revoked: datetime | None, state: InvitationState
) -> None:
    assert state == invitation_state(expires_at=NOON + expires, accepted_at=accepted, revoked_at=revoked, now=NOON)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Élodie", "elodie"), ("Cœur", "coeur"), ("L’Haÿ", "l'hay"), ("François", "francois"), ("ÆGIR", "aegir")],
)
def test_words_are_found_without_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
