"""Every address stands in an access matrix, and answers each kind of person as the matrix says."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from .access import SIGN_IN, Door
from .world import World

# Packages test their own doors.
FOREIGN = ("allauth", "django.")


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Yield the full name of every address of ours; fail on one without a name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if not getattr(pattern.urlconf_name, "__name__", "").startswith(FOREIGN):
                namespace = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from addresses(pattern.url_patterns, prefix + namespace)
        elif not getattr(pattern.callback, "__module__", "").startswith(FOREIGN):
            assert pattern.name, f"the address {pattern.pattern} has no name"
            yield prefix + pattern.name


def matrix() -> dict[str, Door | list[Door]]:
    rows: dict[str, Door | list[Door]] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("surelle.") and find_spec(f"{config.name}.tests.access_matrix"):
            for name, door in import_module(f"{config.name}.tests.access_matrix").MATRIX.items():
                assert name not in rows, f"{name} stands in two matrices"
                rows[name] = door
    rows |= import_module("tests.access_matrix").MATRIX
    return rows


ROWS = [
    pytest.param(name, door, id=f"{name}-{door.method}{'' if number == 0 else number}")
    for name, doors in sorted(matrix().items())
    for number, door in enumerate(doors if isinstance(doors, list) else [doors])
]


def test_every_address_stands_in_a_matrix() -> None:
    missing = set(addresses(get_resolver().url_patterns)) - set(matrix())
    assert not missing, f"give these a row in their app's tests/access_matrix.py: {sorted(missing)}"


def test_no_row_is_stale() -> None:
    stale = set(matrix()) - set(addresses(get_resolver().url_patterns))
    assert not stale, f"no address has these names: {sorted(stale)}"


def found(response: HttpResponse) -> int | str:
    to_sign_in = response.status_code == 302 and response["Location"].startswith(reverse("account_login"))
    return SIGN_IN if to_sign_in else response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "door"), ROWS)
def test_door(name: str, door: Door, world: World, as_member: Callable[..., Client]) -> None:
    address = reverse(name, kwargs=door.kwargs(world)) + (f"?{door.query}" if door.query else "")
    # Those who are refused go first, so that what the rightful person changes does not refuse them.
    expected = sorted(door.columns().items(), key=lambda column: isinstance(column[1], int) and column[1] < 400)
    answers = {}
    for person, _ in expected:
        client = as_member(getattr(world, person)) if person else Client()
        response = getattr(client, door.method)(address, door.data(world))
        answers[person or "anonymous"] = found(response)
        if response.streaming:
            # To its end: Client closes it then, and spares the connection that the test is in.
            for _part in response:
                pass
    assert answers == {person or "anonymous": status for person, status in expected}, address
