"""What tests ask for by name: the scope, the world, signed-in clients, and the count of queries."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surelle.commons.cooperatives.access import scope
from surelle.commons.members.models import Membership, Person

from .world import World, build_world

SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """See everything while test databases are made: the walls stand from the first migration on."""
    scope(everything=True).__enter__()


@pytest.fixture(autouse=True)
def seeing_everything(django_db_blocker: Any) -> Iterator[None]:
    """Let tests arrange and look at rows of every cooperative; requests of a test client have their own scope.

    The connection may still be open from an earlier test; handing it a scope is no use of the database by this one.
    """
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(scope(everything=True))
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(autouse=True)
def nobody_has_knocked() -> None:
    """Forget the rate limits and whatever else a former test left in the cache."""
    cache.clear()


@pytest.fixture
def world(db: None) -> World:
    """Two cooperatives and their people: see tests/world.py."""
    return build_world()


@pytest.fixture
def as_member() -> Callable[[Membership | Person], Client]:
    """`as_member(world.alice)` is a client signed in as Alice."""

    def sign_in(who: Membership | Person) -> Client:
        client = Client()
        client.force_login(who.person if isinstance(who, Membership) else who, backend=SIGN_IN)
        return client

    return sign_in


@pytest.fixture
def same_queries(db: None) -> Callable[..., None]:
    """`same_queries(make, act)` fails if `act()` asks the database more for 20 rows than for 2.

    `make(n)` adds n rows. `act` is called once beforehand, since sessions and caches are filled by a first call.
    """

    def check(make: Callable[[int], Any], act: Callable[[], Any], *, few: int = 2, many: int = 20) -> None:
        def queries() -> list[str]:
            with CaptureQueriesContext(connection) as captured:
                act()
            return [query["sql"] for query in captured.captured_queries]

        make(few)
        act()
        with_few = queries()
        make(many - few)
        with_many = queries()
        if len(with_few) == len(with_many):
            return
        listing = f"With {many}:\n" + "\n".join(sql[:500] for sql in with_many)
        pytest.fail(f"{len(with_few)} queries for {few} rows, {len(with_many)} for {many}. {listing}", pytrace=False)

    return check
