"""The one act of the trail: to record."""

from typing import Any

from django.db import models

from surelle.commons.members.models import Membership

from .models import AuditEvent


def record(*, member: Membership | None, verb: str, about: models.Model, label: str = "", **details: Any) -> AuditEvent:
    """Write down that `member` (None: the system) did `verb` to the cooperative's row `about`.

    `verb` is the name of the action that calls (`publish_testimony`). `details` are short facts, JSON-able; never words
    of a testimony, since the trail outlives a withdrawn consent. Call it inside the action's transaction.
    """
    return AuditEvent.objects.create(
        cooperative_id=about.cooperative_id,  # type: ignore[attr-defined]
        member=member,
        verb=verb,
        object_kind=about._meta.model_name or "",
        object_id=about.pk,
        object_label=label[:200],
        details=details,
    )
