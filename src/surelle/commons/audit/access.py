"""The doors to the trail: who may read it, and how a backup is loaded back into it.

Audit knows no other app of the stem but the cooperatives: members record their acts in it, not the reverse.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from django.db import connections, transaction
from django.db.models import QuerySet
from django.http import Http404

from .models import AuditEvent

READ_AUDIT = "read_audit"  # surelle.commons.members.rules.Capability.READ_AUDIT


class Reader(Protocol):
    """A member, as far as the trail cares."""

    cooperative_id: int

    def may(self, capability: Any, /) -> bool: ...


def may_read(reader: Reader) -> bool:
    """Say whether the trail is open to this member."""
    return reader.may(READ_AUDIT)


def readable_trail(reader: Reader) -> QuerySet[AuditEvent]:
    """Return the acts of the reader's cooperative, or raise Http404 unless the reader may read the trail."""
    if not may_read(reader):
        raise Http404
    return AuditEvent.objects.filter(cooperative=reader.cooperative_id)


@contextmanager
def restoring(using: str = "default") -> Iterator[None]:
    """Let rows of the trail be deleted for the time of the block, which is one transaction: for restoring a backup.

    Nothing else may delete them, and nothing at all may change them: triggers of the database refuse it (migration
    0002). The permission is withdrawn before the commit, so it never outlives the block.
    """
    with transaction.atomic(using):
        permit(using, yes=True)
        yield
        permit(using, yes=False)


def permit(using: str, *, yes: bool) -> None:
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            # Local to the transaction: a rollback takes it back as well.
            cursor.execute("SELECT set_config('surelle.restoring', %s, true)", ["yes" if yes else ""])
        elif yes:
            cursor.execute("INSERT INTO audit_restoring (yes) VALUES (1)")
        else:
            cursor.execute("DELETE FROM audit_restoring")
