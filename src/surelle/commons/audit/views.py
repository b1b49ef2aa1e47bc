"""The pages of the trail."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from surelle.web.limits import limited

from .access import Reader, readable_trail
from .documents import trail_as_csv
from .forms import TrailFilterForm
from .queries import batches, trail_choices, trail_page


class TrailRequest(HttpRequest):
    """A request whose `member` was set by config.middleware; the view knows nothing of the members app."""

    member: Reader


@require_safe
def trail(request: TrailRequest) -> HttpResponse:
    """Show who did what, when."""
    form = TrailFilterForm(request.GET, choices=trail_choices(reader=request.member))
    filters = form.filters()
    page, acts = trail_page(reader=request.member, filters=filters, page=request.GET.get("page", 1))
    return render(request, "audit/trail.html", {"form": form, "filters": filters, "page": page, "acts": acts})


@require_safe
@limited("10/m", by="person")
def export_trail(request: TrailRequest) -> StreamingHttpResponse:
    """Hand over the trail, filtered as on the page, as CSV."""
    readable_trail(request.member)
    form = TrailFilterForm(request.GET, choices=trail_choices(reader=request.member))
    lines = trail_as_csv(batches(reader=request.member, filters=form.filters()))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"journal-{timezone.localdate().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
