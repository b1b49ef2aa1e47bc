"""The scope follows its block, also through failures; PostgreSQL is told, and holds it."""

import pytest
from django.db import IntegrityError, connection, transaction

from surelle.commons.cooperatives.access import scope
from surelle.commons.cooperatives.models import Branch
from surelle.commons.cooperatives.tests.factories import BranchFactory, CooperativeFactory

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has only the doors")


def told() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('surelle.cooperatives', true)")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
@on_postgresql
def test_without_a_scope_the_house_is_empty() -> None:
    branch = BranchFactory()
    with scope():
        assert not Branch.objects.exists()
    with scope([branch.cooperative_id]):
        assert Branch.objects.get() == branch
    assert Branch.objects.get() == branch


@pytest.mark.django_db
@on_postgresql
def test_scopes_nest() -> None:
    with scope([2, 1]):
        with scope([3]):
            assert told() == "3"
        assert told() == "1,2"
        with scope(everything=True):
            assert told() == "*"
        assert told() == "1,2"


@pytest.mark.django_db(transaction=True)
def test_a_failed_statement_shows_its_own_error() -> None:
    cooperative = CooperativeFactory()
    BranchFactory(cooperative=cooperative, name="Une")
    with pytest.raises(IntegrityError), transaction.atomic(), scope([cooperative.pk]):
        BranchFactory(cooperative=cooperative, name="Une")
    assert Branch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_a_rollback_brings_back_the_scope_before() -> None:
    with scope([1]):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), scope([2]):
            raise ZeroDivisionError
        assert told() == "1"
        with pytest.raises(IntegrityError), scope([2]), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO cooperatives_branch (name, city, cooperative_id) VALUES (NULL, '', 2)")
        assert told() == "1"


@pytest.mark.django_db(transaction=True)
@on_postgresql
def test_a_new_connection_learns_the_scope() -> None:
    with scope([7]):
        connection.close()
        assert told() == "7"
