"""Bringing a page in, and the list of pages that were."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from surelle.commons.members.access import MemberRequest

from .. import actions
from ..access import run_collection
from ..actions import Refused
from ..forms.importing import ImportForm
from ..gateways import UnreadableSource
from ..queries.sources import source_list
from .collections import address, number


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: MemberRequest, slug: str) -> HttpResponse:
    collection = run_collection(request.member, slug)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        name, data = form.page()
        try:
            imported = actions.import_page(
                member=request.member,
                collection=collection,
                name=name,
                data=data,
                format=form.cleaned_data["format"],
            )
        except UnreadableSource as unreadable:
            form.add_error(None, unreadable.message((get_language() or "fr")[:2]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if not imported.is_new:
                messages.info(request, _("Cette page a déjà été importée, à l’identique : rien n’a changé."))
            return redirect(address(request, "source", imported.source.pk))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "testimonies/import.html", {"collection": collection, "form": form}, status=status)


@require_safe
def sources(request: MemberRequest, slug: str) -> HttpResponse:
    collection = run_collection(request.member, slug)
    page = source_list(collection, number(request.GET.get("page", "")))
    return render(request, "testimonies/sources.html", {"collection": collection, "page": page})
