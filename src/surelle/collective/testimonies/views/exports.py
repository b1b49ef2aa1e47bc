"""The report, exports, and what is brought in from other programs."""

import tempfile
from collections.abc import Callable
from typing import IO, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from surelle.commons.members.access import MemberRequest
from surelle.web.tones import TONE_WORDS

from ..access import can_run, run_collection, team_collection
from ..actions.exchanging import Brought, import_project
from ..actions.refusals import Refused
from ..documents.projects import write_qdc, write_qdpx
from ..documents.report import heard_words, key_figures, method_words, report_pdf
from ..documents.tables import marks_csv, marks_xlsx
from ..forms.exchanging import ProjectForm
from ..gateways import UnreadableSource
from ..models import Collection
from ..queries.excerpts import Asked
from ..queries.report import report_of

IN_MEMORY = 4 * 2**20


@require_safe
def report(request: MemberRequest, slug: str) -> HttpResponse:
    collection = team_collection(request.member, slug)
    found = report_of(collection)
    context = {
        "collection": collection,
        "report": found,
        "key_figures": key_figures(found),
        "heard_words": heard_words(found),
        "method": method_words(found),
        "themes": [
            {"row": t, "tones": [(tone, TONE_WORDS[tone], n) for tone, n in t.tones.items()]} for t in found.themes
        ],
    }
    return render(request, "testimonies/report.html", context)


@require_safe
def report_file(request: MemberRequest, slug: str) -> HttpResponse:
    collection = team_collection(request.member, slug)
    response = HttpResponse(report_pdf(report_of(collection)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name(collection, "pdf")}"'
    return response


@require_safe
def marks_as_csv(request: MemberRequest, slug: str) -> StreamingHttpResponse:
    collection = team_collection(request.member, slug)
    pieces = marks_csv(collection, Asked.from_address(request.GET.dict()))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(collection, "csv")}"'
    return response


@require_safe
def marks_as_xlsx(request: MemberRequest, slug: str) -> FileResponse:
    collection = team_collection(request.member, slug)
    asked = Asked.from_address(request.GET.dict())
    return _written(collection, "xlsx", lambda file: marks_xlsx(collection, asked, file))


@require_safe
def project_as_qdpx(request: MemberRequest, slug: str) -> FileResponse:
    collection = team_collection(request.member, slug)
    return _written(collection, "qdpx", lambda file: write_qdpx(collection, file))


@require_safe
def themes_as_qdc(request: MemberRequest, slug: str) -> FileResponse:
    collection = team_collection(request.member, slug)
    return _written(collection, "qdc", lambda file: write_qdc(collection, file))


@require_safe
def exchange(request: MemberRequest, slug: str) -> HttpResponse:
    collection = team_collection(request.member, slug)
    return _exchange_page(request, collection, ProjectForm())


@require_http_methods(["POST"])
def bring_in(request: MemberRequest, slug: str) -> HttpResponse:
    collection = run_collection(request.member, slug)
    form = ProjectForm(request.POST, request.FILES)
    if not form.is_valid():
        return _exchange_page(request, collection, form)
    name, data = form.cleaned_data["file"]
    try:
        brought = import_project(member=request.member, collection=collection, name=name, data=data)
    except UnreadableSource as unreadable:
        form.add_error("file", unreadable.message((get_language() or "fr")[:2]))
        return _exchange_page(request, collection, form)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return _exchange_page(request, collection, form)
    messages.success(request, brought_words(brought))
    return redirect(reverse("testimonies:themes", args=[request.member.cooperative.slug, slug]))


def brought_words(brought: Brought) -> str:
    """Return what an import did, in a sentence."""
    if not brought.is_new:
        return _("Ce fichier a déjà été importé, à l'identique : rien n'a changé.")
    parts = [
        ngettext("%(n)d voix", "%(n)d voix", brought.testimonies) % {"n": brought.testimonies},
        ngettext("%(n)d thème", "%(n)d thèmes", brought.themes) % {"n": brought.themes},
        ngettext("%(n)d extrait", "%(n)d extraits", brought.excerpts) % {"n": brought.excerpts},
    ]
    said = _("Ajouté : %(parts)s.") % {"parts": ", ".join(parts)}
    if brought.testimonies:
        said += " " + _("Ces voix attendent l'accord des personnes.")
    if brought.changed:
        said += " " + ngettext(
            "Une voix a un autre texte ici : elle n'a pas été touchée.",
            "%(n)d voix ont un autre texte ici : elles n'ont pas été touchées.",
            brought.changed,
        ) % {"n": brought.changed}
    if brought.withdrawn:
        said += " " + ngettext(
            "Une voix retirée ici n'a pas été reprise.",
            "%(n)d voix retirées ici n'ont pas été reprises.",
            brought.withdrawn,
        ) % {"n": brought.withdrawn}
    return said


def _exchange_page(request: MemberRequest, collection: Collection, form: ProjectForm) -> HttpResponse:
    context = {"collection": collection, "form": form, "may_bring": can_run(request.member, collection)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "testimonies/exchange.html", context, status=status)


def _written(collection: Collection, suffix: str, write: Callable[[IO[bytes]], Any]) -> FileResponse:
    """Write into a file that goes to the disk when it grows, and send it."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name(collection, suffix))


def file_name(collection: Collection, suffix: str) -> str:
    """Return a plain name with the day, so that two exports are told apart."""
    return f"{slugify(collection.title) or 'chantier'}-{timezone.localdate().isoformat()}.{suffix}"
