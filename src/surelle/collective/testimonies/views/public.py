"""What anybody may read of a public collection."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.files.documents import serve
from surelle.commons.members.access import public_page

from ..access import public_collection, public_testimonies
from ..models import Collection, MediaLink
from ..queries.slides import slide_show
from ..queries.voices import voices_of
from .collections import number

A_PAGE = 20


def _collection(cooperative: str, slug: str) -> Collection:
    try:
        return public_collection(Cooperative.objects.get(slug=cooperative), slug)
    except Cooperative.DoesNotExist:
        raise Http404 from None


@public_page
@require_safe
def collection(request: HttpRequest, cooperative: str, slug: str) -> HttpResponse:
    found = _collection(cooperative, slug)
    rows = public_testimonies(found).order_by("position", "pk")
    page = Paginator(rows, A_PAGE).get_page(number(request.GET.get("page", "")))
    voices = voices_of(
        rows.filter(pk__in=[row.pk for row in page.object_list]), None, with_answers=True, with_media=True
    )
    return render(
        request,
        "testimonies/public.html",
        {"collection": found, "page": page, "voices": [voice for voice in voices if voice.text or voice.media]},
    )


@public_page
@require_safe
def slides(request: HttpRequest, cooperative: str, slug: str) -> HttpResponse:
    found = _collection(cooperative, slug)
    show = slide_show(None, found, request.GET.get("voix", "")[:40])
    return render(
        request,
        "testimonies/slides.html",
        {"show": show, "collection": found, "can_run": False, "is_printed": "imprimer" in request.GET},
    )


@public_page
@require_safe
def media_file(
    request: HttpRequest, cooperative: str, slug: str, medium: int
) -> HttpResponse | StreamingHttpResponse | FileResponse:
    found = _collection(cooperative, slug)
    row = MediaLink.objects.filter(pk=medium, testimony__in=public_testimonies(found)).select_related("hosted").first()
    if row is None or row.hosted is None:
        raise Http404
    voices = voices_of(public_testimonies(found).filter(pk=row.testimony_id), None, with_media=True)
    if medium not in {one.pk for voice in voices for one in voice.media}:
        raise Http404
    return serve(row.hosted, inline=True, request=request)
