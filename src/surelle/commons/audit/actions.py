"""The one act of the trail: to record."""

from typing import Any

from django.db import models

from .models import AuditEvent


def record(
    *, member: models.Model | None, verb: str, about: models.Model, label: str = "", **details: Any
) -> AuditEvent:
    """Write down that `member` (None: the system) did `verb` to the cooperative's row `about`.

    `verb` is the name of the action that calls (`publish_testimony`); its sentence stands in `rules.SENTENCES`.
    `details` are short facts, JSON-able. Neither they nor `label` hold a person's name or address, or words of a
    testimony: the trail outlives a closed account and a withdrawn consent. Call it inside the action's transaction.
    """
    return AuditEvent.objects.create(
        cooperative_id=about.cooperative_id,  # type: ignore[attr-defined]
        member_id=member.pk if member else None,
        verb=verb,
        object_kind=about._meta.model_name or "",
        object_id=about.pk,
        object_label=label[:200],
        details=details,
    )
