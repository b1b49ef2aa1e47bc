"""A row of any model, made from what the model says of itself: for tests that must reach every table."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import models

from surelle.commons.cooperatives.models import Cooperative, CooperativeOwned

_numbers = count(10_000)


def any_row(model: type[models.Model], cooperative: Cooperative) -> models.Model:
    """Return a row of `model` that belongs to `cooperative`: one that is there, or one made with plain values.

    Where a constraint wants more than plain values, the app's `furnish` has to make the row first.
    """
    if model is Cooperative:
        return cooperative
    if issubclass(model, CooperativeOwned):
        present = model._base_manager.filter(cooperative=cooperative).order_by("pk").first()
        if present is not None:
            return present
    values = {
        field.name: plain_value(field, cooperative)
        for field in model._meta.concrete_fields
        if not (field.null or field.has_default() or getattr(field, "auto_now_add", False) or field.primary_key)
    }
    return model._base_manager.create(**values)


def plain_value(field: Any, cooperative: Cooperative) -> Any:
    if isinstance(field, models.ForeignKey):
        if field.name == "cooperative":
            return cooperative
        return any_row(field.related_model, cooperative)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.CharField | models.TextField):
        text = f"x{next(_numbers)}"
        return f"{text}@example.org" if isinstance(field, models.EmailField) else text[: field.max_length or None]
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.JSONField):
        return {}
    is_late = field.name.startswith(("end", "expire", "close", "until", "last", "to_", "due"))
    if isinstance(field, models.DateTimeField):
        return datetime(2025, 12 if is_late else 1, 1, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date(2025, 12, 31) if is_late else date(2025, 1, 1)
    if isinstance(field, models.DecimalField):
        return Decimal(1)
    if isinstance(field, models.PositiveSmallIntegerField | models.SmallIntegerField):
        return 1
    if isinstance(field, models.IntegerField):
        return next(_numbers)
    raise NotImplementedError(f"what is a plain value of {field!r}?")
