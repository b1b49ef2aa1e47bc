"""The doors to the trail: who may read it.

Audit knows no other app of the stem but the cooperatives: members record their acts in it, not the reverse.
"""

from typing import Any, Protocol

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
