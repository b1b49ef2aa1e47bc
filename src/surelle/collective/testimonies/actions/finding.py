"""What the search may find of testimonies."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from surelle.commons.search.actions import Words, forget, index_many

from ..models import Consent, Testimony
from ..rules.naming import signature
from ..rules.states import READABLE, Channel, State


def index_testimonies(testimonies: Iterable[Testimony]) -> None:
    """Let the search find these voices as they now stand; those without readable words are taken out.

    The index shows its titles to all readers: a published voice stands there by name only when the person agreed.
    """
    rows = list(testimonies)
    readable = [row for row in rows if State(row.state) in READABLE]
    forget(kind="testimony", object_ids=[row.pk for row in rows if State(row.state) not in READABLE])
    published = [row.pk for row in readable if row.state == State.PUBLISHED]
    named = set(
        Consent.objects.filter(testimony__in=published, channel=Channel.NAME.value, ended_at=None)
        .order_by()
        .values_list("testimony", flat=True)
    )
    index_many(
        Words(
            about=row,
            kind="testimony",
            title=signature(
                row.author_name,
                is_group=row.author_kind == Testimony.AuthorKind.GROUP,
                is_near=row.state != State.PUBLISHED,
                has_name_consent=row.pk in named,
            )
            or _("Une voix"),
            body=f"{row.text}\n{row.context}",
        )
        for row in readable
    )
