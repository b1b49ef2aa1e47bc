"""The walls between cooperatives hold in PostgreSQL itself: raw SQL, which passes by every door, sees nothing beyond.

Tables are derived from the models, so that a new one cannot be forgotten.
"""

from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from surelle.commons.cooperatives.access import scope
from surelle.commons.cooperatives.models import Cooperative, CooperativeOwned
from surelle.commons.members.models import Person

from .rows import any_row
from .world import World

OWNED = [model for model in apps.get_models(include_auto_created=True) if issubclass(model, CooperativeOwned)]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has only the doors"),
]
every_table = pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.db_table)


def sql(statement: str, parameters: list[Any] | None = None) -> Any:
    """Run a statement past every door; return its first value, or the count of rows that it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()[0] if cursor.description else cursor.rowcount


@pytest.fixture
def foreign_row(world: World, model: type[models.Model]) -> models.Model:
    """A row of the other cooperative, open to no partner."""
    return any_row(model, world.other_cooperative)


def count_in(model: type[models.Model], cooperative: Cooperative) -> int:
    return int(sql(f'SELECT count(*) FROM "{model._meta.db_table}" WHERE cooperative_id = %s', [cooperative.pk]))


def test_every_table_with_a_cooperative_is_walled() -> None:
    names = {model._meta.db_table for model in OWNED} | {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("surelle.")
        and any(f.column == "cooperative_id" for f in model._meta.concrete_fields)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity",
            [list(names)],
        )
        walled = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,), "with this role the walls prove nothing"
    assert walled == names


@every_table
def test_a_neighbour_sees_nothing(model: type[models.Model], world: World, foreign_row: models.Model) -> None:
    assert count_in(model, world.other_cooperative) >= 1
    with scope([world.cooperative.pk], person=world.bob.person_id):
        assert count_in(model, world.other_cooperative) == 0
    with scope([world.other_cooperative.pk]):
        assert count_in(model, world.other_cooperative) >= 1


@every_table
def test_without_a_scope_nothing_is_seen(model: type[models.Model], foreign_row: models.Model) -> None:
    with scope():
        assert sql(f'SELECT count(*) FROM "{model._meta.db_table}"') == 0


@every_table
def test_a_neighbour_changes_nothing(model: type[models.Model], world: World, foreign_row: models.Model) -> None:
    table, other = model._meta.db_table, world.other_cooperative
    before = count_in(model, other)
    with scope([world.cooperative.pk]):
        assert (
            sql(f'UPDATE "{table}" SET cooperative_id = %s WHERE id = %s', [world.cooperative.pk, foreign_row.pk]) == 0
        )
        assert sql(f'DELETE FROM "{table}" WHERE id = %s', [foreign_row.pk]) == 0
    assert count_in(model, other) == before


@every_table
def test_a_neighbour_smuggles_nothing_in(model: type[models.Model], world: World, foreign_row: models.Model) -> None:
    """Neither a new row under another's name, nor one's own row pushed over the wall."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    copied = ", ".join("%s" if column == "cooperative_id" else f'"{column}"' for column in columns)
    into = ", ".join(f'"{column}"' for column in columns)
    own = any_row(model, world.cooperative)
    here, there = world.cooperative.pk, world.other_cooperative.pk
    for statement, parameters in (
        (f'INSERT INTO "{table}" ({into}) SELECT {copied} FROM "{table}" WHERE id = %s', [there, own.pk]),
        (f'UPDATE "{table}" SET cooperative_id = %s WHERE id = %s', [there, own.pk]),
    ):
        with scope([here]), pytest.raises(DatabaseError, match=r"row-level security|append-only"), transaction.atomic():
            sql(statement, parameters)


def test_persons_are_seen_by_those_who_share_a_house(world: World) -> None:
    def seen() -> int:
        return int(sql("SELECT count(*) FROM members_person WHERE id = %s", [world.charlie.person_id]))

    with scope([world.cooperative.pk], person=world.bob.person_id):
        assert seen() == 0
        assert sql("SELECT count(*) FROM members_person WHERE id = %s", [world.alice.person_id]) == 1
    with scope(person=world.charlie.person_id):
        assert seen() == 1
    with scope():
        assert sql(f"SELECT count(*) FROM {Person._meta.db_table}") == 0


def test_one_s_own_memberships_are_seen_everywhere(world: World) -> None:
    with scope(person=world.alice.person_id):
        assert sql("SELECT count(*) FROM members_membership") == 1
