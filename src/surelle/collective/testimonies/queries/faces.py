"""How collections and voices show themselves among what a search found."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from surelle.commons.search.queries import Face

from ..models import Collection, Testimony
from ..rules.naming import signature
from ..rules.states import State
from .voices import with_consents


def testimony_faces(allowed: QuerySet[Testimony]) -> dict[int, Face]:
    """Return the faces of these voices; a published one is named only with its author's consent."""
    rows = with_consents(allowed.select_related("collection", "cooperative"))
    return {
        row.pk: Face(
            title=signature(
                row.author_name,
                is_group=row.author_kind == Testimony.AuthorKind.GROUP,
                is_near=row.state != State.PUBLISHED,  # only the team and the author find what is not published
                has_name_consent=row.may_name,  # type: ignore[attr-defined]
            )
            or _("Une voix"),
            path=reverse("testimonies:testimony", args=[row.cooperative.slug, row.pk]),
            text=row.text,
            detail=" · ".join(part for part in (row.collection.title, row.group_name) if part),
        )
        for row in rows
    }


def collection_faces(allowed: QuerySet[Collection]) -> dict[int, Face]:
    """Return the faces of these collections."""
    return {
        row.pk: Face(
            title=row.title,
            path=reverse("testimonies:collection", args=[row.cooperative.slug, row.slug]),
            text=row.purpose,
            detail=row.group.name,
        )
        for row in allowed.select_related("group", "cooperative")
    }
