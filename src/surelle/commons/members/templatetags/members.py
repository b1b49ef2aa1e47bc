"""What the page "what Surelle knows of me" asks of Python: the shape of a value that another app handed over."""

from collections.abc import ItemsView
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def shape(value: Any) -> str:
    """Return `facts` for a dictionary, `list`, `nothing` for an empty value, or `text`."""
    if value is None or value in ("", [], {}):
        return "nothing"
    return "facts" if isinstance(value, dict) else "list" if isinstance(value, list) else "text"


@register.filter
def pairs(value: dict[str, Any]) -> ItemsView[str, Any]:
    """Return names and values, also of a dictionary with a key `items`."""
    return value.items()


@register.filter
def in_plain_words(value: Any) -> str:
    """Return yes and no for booleans, and days and instants written as ISO text as people write them."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, str) and 10 <= len(value) <= 32 and value[:4].isdigit():
        try:
            if len(value) == 10:
                return date_format(date.fromisoformat(value), "j F Y")
            return date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i")
        except ValueError:
            return value
    return str(value)
