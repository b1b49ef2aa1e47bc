"""One testimony: read it, correct it, say who speaks, keep its media."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surelle.collective.groups.access import visible_groups
from surelle.commons.files.documents import serve
from surelle.commons.members.access import MemberRequest, visible_members

from .. import actions
from ..access import run_collection, visible_testimony
from ..actions import Refused
from ..actions.keeping import Upload
from ..forms.testimonies import ConsentForm, MediaForm, TestimonyForm, WordsForm
from ..models import Answer, MediaLink, Testimony
from ..queries.reading import testimony_page
from ..rules.states import State
from .collections import address
from .replying import act, say_errors


@require_safe
def testimony(request: MemberRequest, pk: int) -> HttpResponse:
    found = visible_testimony(request.member, pk)
    page = testimony_page(request.member, found)
    return render(
        request,
        "testimonies/testimony.html",
        {
            "page": page,
            "voice": page.voice,
            "collection": found.collection,
            "consent_form": ConsentForm() if page.can_run else None,
        },
    )


def run_testimony(request: MemberRequest, pk: int) -> Testimony:
    """Return a testimony of a collection that the reader coordinates, not withdrawn, or raise Http404."""
    found = visible_testimony(request.member, pk)
    run_collection(request.member, found.collection.slug)
    if found.state == State.WITHDRAWN:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_testimony(request, pk)
    form = TestimonyForm(
        request.POST or None,
        members=visible_members(request.member).select_related("person"),
        groups=visible_groups(request.member),
        initial=_initial(found),
    )
    if form.is_valid():
        try:
            actions.edit_testimony(member=request.member, testimony=found, **form.facts())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Enregistré."))
            return redirect(address(request, "testimony", pk))
    return render(
        request, "testimonies/testimony_form.html", {"form": form, "testimony": found, "collection": found.collection}
    )


def _initial(found: Testimony) -> dict[str, Any]:
    said = ""
    if found.said_on:
        said = found.said_on.isoformat()[: {"year": 4, "month": 7}.get(found.said_precision, 10)]
    return {
        "author_kind": found.author_kind,
        "author": found.author_id,
        "author_name": "" if found.author_id else found.author_name,
        "group": found.group_id,
        "group_name": "" if found.group_id else found.group_name,
        "tenure": found.tenure,
        "kind": found.kind,
        "said": said,
        "context": found.context,
        "addressee": found.addressee,
        "mentions": "\n".join(found.mentions.values_list("name", flat=True)),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_testimony(request, pk)
    if found.state == State.EXPECTED:
        raise Http404
    answers = list(Answer.objects.filter(testimony=found).order_by("position"))
    form = WordsForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        if request.POST.get("version") != str(found.text_version):
            form.add_error(None, _("Quelqu’un a corrigé ce texte entre-temps. Reprenez à partir du texte ci-dessous."))
        else:
            try:
                if answers:
                    words = [request.POST.get(f"answer-{answer.position}", "") for answer in answers]
                    lost = actions.correct_answers(member=request.member, testimony=found, words=words)
                else:
                    lost = actions.correct_text(member=request.member, testimony=found, text=form.cleaned_data["text"])
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Le texte est corrigé."))
                if lost:
                    messages.warning(request, _lost(len(lost)))
                return redirect(address(request, "testimony", pk))
    return render(
        request,
        "testimonies/correct.html",
        {
            "form": form,
            "testimony": found,
            "collection": found.collection,
            "answers": [(answer, found.text[answer.start : answer.end]) for answer in answers],
        },
    )


def _lost(count: int) -> str:
    return ngettext(
        "%(n)s marque portait sur des mots qui ne sont plus là : elle attend que vous la reposiez.",
        "%(n)s marques portaient sur des mots qui ne sont plus là : elles attendent que vous les reposiez.",
        count,
    ) % {"n": count}


@require_POST
def confirm_question(request: MemberRequest, pk: int, answer: int) -> HttpResponse:
    found = run_testimony(request, pk)
    row = Answer.objects.filter(testimony=found, pk=answer).first()
    if row is None:
        raise Http404
    written = request.POST.get("question", row.question)
    return act(
        request,
        lambda: actions.confirm_question(
            member=request.member,
            testimony=found,
            answer=row,
            question=written,
            question_key=row.question_key if written == row.question else None,
        ),
        said=_("Question confirmée."),
        to=address(request, "testimony", pk),
    )


def take_in(request: MemberRequest, pk: int, keep: Callable[[Upload], object], *, said: str) -> HttpResponse:
    """Give the file of the form to `keep`, or say what is wrong with it; lead back to the testimony either way."""
    form = MediaForm(request.POST, request.FILES)
    to = address(request, "testimony", pk)
    if not form.is_valid():
        say_errors(request, form)
        return redirect(to)
    file = form.cleaned_data["file"]
    return act(request, lambda: keep(Upload(file.name, file)), said=said, to=to)


@require_POST
def add_media(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_testimony(request, pk)
    return take_in(
        request,
        pk,
        lambda upload: actions.add_media(member=request.member, testimony=found, upload=upload),
        said=_("Le fichier est ajouté."),
    )


def run_media(request: MemberRequest, pk: int, medium: int) -> MediaLink:
    """Return a medium of a testimony that the reader coordinates, or raise Http404."""
    found = run_testimony(request, pk)
    row = (
        MediaLink.objects.filter(testimony=found, pk=medium)
        .select_related("testimony__collection__group", "testimony__collection__cooperative", "hosted")
        .first()
    )
    if row is None:
        raise Http404
    return row


@require_POST
def host_media(request: MemberRequest, pk: int, medium: int) -> HttpResponse:
    row = run_media(request, pk, medium)
    return take_in(
        request,
        pk,
        lambda upload: actions.host_media(member=request.member, media=row, upload=upload),
        said=_("Le fichier est hébergé ici : le lien peut mourir, la voix reste."),
    )


@require_POST
def remove_media(request: MemberRequest, pk: int, medium: int) -> HttpResponse:
    row = run_media(request, pk, medium)
    return act(
        request,
        lambda: actions.remove_media(member=request.member, media=row),
        said=_("Retiré."),
        to=address(request, "testimony", pk),
    )


@require_safe
def media_file(request: MemberRequest, pk: int, medium: int) -> HttpResponse | StreamingHttpResponse | FileResponse:
    found = visible_testimony(request.member, pk)
    shown = {one.pk for one in testimony_page(request.member, found).voice.media}
    row = MediaLink.objects.filter(testimony=found, pk=medium).select_related("hosted").first()
    if row is None or row.pk not in shown or row.hosted is None:
        raise Http404
    return serve(row.hosted, inline=True, request=request)
