"""The slide show: each slide has its address and reads without script."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surelle.commons.members.access import MemberRequest

from ..access import can_run, visible_collection
from ..queries.slides import slide_show


@require_safe
def slides(request: MemberRequest, slug: str) -> HttpResponse:
    collection = visible_collection(request.member, slug)
    show = slide_show(request.member, collection, request.GET.get("voix", "")[:40])
    return render(
        request,
        "testimonies/slides.html",
        {
            "show": show,
            "collection": collection,
            "can_run": can_run(request.member, collection),
            "is_printed": "imprimer" in request.GET,
        },
    )
