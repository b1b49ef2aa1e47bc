"""What the shell of every page needs: who reads, where, and the three leaves."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from surelle.commons.notifications.models import Notification

BRICKS = {
    "activite": _("Mon activité"),
    "serenite": _("Sérénité"),
    "collectif": _("Le collectif"),
}
BRICK_OF_APP = {"groups": "collectif", "testimonies": "collectif"}
THEMES = ("auto", "light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the shell's values; `cooperative` and `member` are None on pages outside a cooperative."""
    member = getattr(request, "member", None)
    theme = request.COOKIES.get("surelle_theme", "auto")
    values: dict[str, Any] = {
        "member": member,
        "cooperative": member.cooperative if member else None,
        "cooperatives": [],
        "unread_count": 0,
        "bricks": [],
        "page_theme": theme if theme in THEMES else "auto",
    }
    if member is None:
        return values
    match = request.resolver_match
    here = match.kwargs.get("brick") or BRICK_OF_APP.get(match.app_name, "") if match else ""
    values["cooperatives"] = [m.cooperative for m in request.memberships]  # type: ignore[attr-defined]
    values["unread_count"] = Notification.objects.filter(member=member, read_at=None).count()
    values["bricks"] = [
        {
            "key": key,
            "title": title,
            "url": reverse("home:brick", args=[member.cooperative.slug, key]),
            "is_current": key == here,
            "leaf": number,
        }
        for number, (key, title) in enumerate(BRICKS.items(), start=1)
    ]
    return values
