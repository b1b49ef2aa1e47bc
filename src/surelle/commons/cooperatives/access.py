"""The scope: of which cooperatives this thread may see rows. The second wall behind every app's own door.

On PostgreSQL the scope is handed to the database, where row-level security holds it even against raw SQL. Without a
scope nothing is visible: who forgets it sees an empty house, never a neighbour's.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus


@dataclass(frozen=True)
class Scope:
    """Whose rows are visible: those of `cooperatives` (ids), and of `person` their own memberships.

    `everything` is for commands, migrations and the sign-in door, where no cooperative is known yet.
    """

    cooperatives: frozenset[int] = frozenset()
    person: int | None = None
    everything: bool = False

    def as_settings(self) -> tuple[str, str]:
        """Return the values of `surelle.cooperatives` and `surelle.person` for PostgreSQL."""
        ids = "*" if self.everything else ",".join(str(pk) for pk in sorted(self.cooperatives))
        return ids, str(self.person or "")


_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)


def apply_scope(to: BaseDatabaseWrapper) -> None:
    """Hand the current scope to a PostgreSQL connection; other databases have only the doors."""
    if to.vendor == "postgresql":
        cooperatives, person = (_scope.get() or Scope()).as_settings()
        with to.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('surelle.cooperatives', %s, false), set_config('surelle.person', %s, false)",
                [cooperatives, person],
            )


def is_broken_off(of: BaseDatabaseWrapper) -> bool:
    """Say whether the transaction failed and waits to be rolled back, which also brings back the scope before it."""
    if of.needs_rollback:
        return True
    return of.vendor == "postgresql" and of.connection.info.transaction_status == TransactionStatus.INERROR


@contextmanager
def scope(cooperatives: Iterable[int] = (), *, person: int | None = None, everything: bool = False) -> Iterator[None]:
    """See only the rows of these cooperatives (ids) for the time of the block; the former scope comes back after."""
    token = _scope.set(Scope(frozenset(cooperatives), person, everything))
    if connection.connection is not None:
        apply_scope(connection)
    try:
        yield
    finally:
        _scope.reset(token)
        if connection.connection is not None and not is_broken_off(connection):
            apply_scope(connection)


@contextmanager
def restoring(using: str = "default") -> Iterator[None]:
    """Let append-only rows be deleted for the time of the block, which is one transaction: for restoring a backup.

    Nothing else may delete them, and nothing at all may change them: the guards of apps.py refuse it. The permission is
    withdrawn before the commit, so it never outlives the block.
    """
    with transaction.atomic(using):
        permit_deletion(using, yes=True)
        yield
        permit_deletion(using, yes=False)


def permit_deletion(using: str, *, yes: bool) -> None:
    """Grant or withdraw, inside a transaction, the permission that the guards ask for."""
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            # Local to the transaction: a rollback takes it back as well.
            cursor.execute("SELECT set_config('surelle.restoring', %s, true)", ["yes" if yes else ""])
        elif yes:
            cursor.execute("INSERT INTO surelle_restoring (yes) VALUES (1)")
        else:
            cursor.execute("DELETE FROM surelle_restoring")
