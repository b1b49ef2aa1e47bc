"""The page of results."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from surelle.commons.members.access import MemberRequest
from surelle.web.limits import limited

from . import queries
from .forms import SearchForm

KIND_NAMES = {
    "testimony": _("Paroles"),
    "collection": _("Chantiers"),
    "group": _("Groupes"),
    "member": _("Membres"),
}
KIND_ICONS = {
    "testimony": "chat-bubble-left-right",
    "collection": "archive-box",
    "group": "user-group",
    "member": "user-circle",
}


@require_safe
@limited("120/m", by="person")
def results(request: MemberRequest) -> HttpResponse:
    """Show what was found, by kind; of one kind, page by page."""
    words, kind, page = SearchForm(request.GET).asked()
    found = queries.find(request.member, words, kind, page)
    shelves = [
        {
            "is_current": shelf.kind == found.kind,
            "shelf": shelf,
            "name": KIND_NAMES.get(shelf.kind, shelf.kind),
            "icon": KIND_ICONS.get(shelf.kind, "document"),
        }
        for shelf in found
    ]
    return render(
        request,
        "search/results.html",
        {"found": found, "shelves": shelves, "kind_name": KIND_NAMES.get(found.kind, "")},
    )
