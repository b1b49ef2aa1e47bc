"""The marking page, and each thing one does on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from surelle.commons.members.access import MemberRequest
from surelle.web.tones import TONE_WORDS

from ..access import markable_testimony, seen_excerpt
from ..actions import marking, steps
from ..actions.refusals import Refused
from ..actions.themes import create_theme
from ..forms.marking import BlockForm, ChangeMarkForm, MarkForm
from ..models import Excerpt, MarkingStep, Testimony, Theme
from ..queries import marks

TONES = list(TONE_WORDS.items())


@require_safe
def marking_page(request: MemberRequest, pk: int) -> HttpResponse:
    testimony = markable_testimony(request.member, pk)
    start = request.GET.get("depuis", "")
    page = marks.marking_page(request.member, testimony, start=int(start) if start.isdigit() else 0)
    return render(
        request, "testimonies/marking.html", {"page": page, "collection": testimony.collection, "tones": TONES}
    )


@require_POST
def mark(request: MemberRequest, pk: int) -> HttpResponse:
    testimony = markable_testimony(request.member, pk)
    form = MarkForm(request.POST)

    def act() -> str:
        place = _place(testimony, form)
        themes, is_new = _themes(request, testimony, form)
        excerpt = marking.mark_words(
            member=request.member,
            testimony=testimony,
            start=place[0],
            end=place[1],
            themes=themes,
            tone=form.cleaned_data["tone"],
            memo=form.cleaned_data["memo"],
        )
        request.marked = excerpt.pk  # type: ignore[attr-defined]
        request.has_new_theme = is_new  # type: ignore[attr-defined]
        return _("Marqué.")

    return _answer(request, testimony, form, act)


@require_POST
def change_mark(request: MemberRequest, pk: int) -> HttpResponse:
    excerpt = seen_excerpt(request.member, pk)
    testimony = markable_testimony(request.member, excerpt.testimony_id)
    form = ChangeMarkForm(request.POST)

    def act() -> str:
        marking.change_mark(member=request.member, excerpt=excerpt, **_changes(request, testimony, excerpt, form))
        request.marked = excerpt.pk  # type: ignore[attr-defined]
        return _("Marque modifiée.")

    return _answer(request, testimony, form, act)


@require_POST
def remove_mark(request: MemberRequest, pk: int) -> HttpResponse:
    excerpt = seen_excerpt(request.member, pk)
    testimony = markable_testimony(request.member, excerpt.testimony_id)

    def act() -> str:
        marking.remove_mark(member=request.member, excerpt=excerpt)
        return _("Marque retirée.")

    return _answer(request, testimony, None, act)


@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    return _travel(request, pk, steps.undo, _("Annulé : %(step)s"))


@require_POST
def redo(request: MemberRequest, pk: int) -> HttpResponse:
    return _travel(request, pk, steps.redo, _("Refait : %(step)s"))


@require_safe
def suggest_themes(request: MemberRequest, pk: int) -> HttpResponse:
    testimony = markable_testimony(request.member, pk)
    form = MarkForm(request.GET)
    offered: list[marks.Offered] = []
    if form.is_valid() and form.cleaned_data["start"] is not None and form.cleaned_data["end"] is not None:
        start, end = _place(testimony, form)
        offered = marks.suggestions(request.member, testimony, start, end)
    return render(request, "testimonies/_suggestions.html", {"offered": offered})


def step_words(step: MarkingStep) -> str:
    """Return what a step did, in words."""
    return {
        "mark_words": _("marquer des mots"),
        "change_mark": _("modifier une marque"),
        "remove_mark": _("retirer une marque"),
        "create_theme": _("créer un thème"),
        "edit_theme": _("modifier un thème"),
        "move_theme": _("déplacer un thème"),
        "merge_themes": _("fusionner deux thèmes"),
        "split_theme": _("diviser un thème"),
        "delete_theme": _("supprimer un thème"),
        "settle": _("trancher un désaccord"),
    }.get(step.verb, step.verb)


def _travel(request: MemberRequest, pk: int, act: Callable[..., MarkingStep], sentence: str) -> HttpResponse:
    """Undo or redo, and show the whole text again: the step may have touched any part of it."""
    testimony = markable_testimony(request.member, pk)
    try:
        said = sentence % {"step": step_words(act(member=request.member, collection=testimony.collection))}
    except Refused as refusal:
        return _refused(request, testimony, str(refusal))
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, said)
        return redirect(_address(request, testimony))
    start = request.POST.get("page", "")
    page = marks.marking_page(request.member, testimony, start=int(start) if start.isdigit() else 0)
    response = render(
        request, "testimonies/_marking_again.html", {"page": page, "collection": testimony.collection, "tones": TONES}
    )
    return trigger_client_event(response, "marked", {"said": said}, after="swap")


def _answer(
    request: MemberRequest, testimony: Testimony, form: MarkForm | ChangeMarkForm | None, act: Callable[[], str]
) -> HttpResponse:
    """Do it, then return what changed on the page: the paragraphs touched, or the page itself without script."""
    if form is not None and not form.is_valid():
        return _refused(request, testimony, _("Cette marque n'a pas été comprise. Rechargez la page."))
    try:
        said = act()
    except Refused as refusal:
        return _refused(request, testimony, str(refusal))
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, said)
        return redirect(_address(request, testimony))
    bounds = BlockForm(request.POST)
    paragraphs = []
    if bounds.is_valid() and bounds.cleaned_data["block_end"]:
        paragraphs = marks.block(
            request.member,
            testimony,
            start=bounds.cleaned_data["block_start"] or 0,
            end=bounds.cleaned_data["block_end"],
        )
    new_themes = marks.theme_choices(testimony.collection_id) if getattr(request, "has_new_theme", False) else None
    response = render(
        request,
        "testimonies/_marked.html",
        {
            "paragraphs": paragraphs,
            "themes": new_themes,
            "testimony": testimony,
            "can_undo": True,
            "can_redo": False,
            "tones": TONES,
        },
    )
    return trigger_client_event(
        response, "marked", {"said": said, "mark": getattr(request, "marked", None)}, after="swap"
    )


def _refused(request: MemberRequest, testimony: Testimony, sentence: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return trigger_client_event(HttpResponse(status=204), "toast", {"text": sentence, "tone": "danger"})
    messages.error(request, sentence)
    return redirect(_address(request, testimony))


def _address(request: HttpRequest, testimony: Testimony) -> str:
    back = request.POST.get("next", "")
    own = reverse("testimonies:marking", args=[request.member.cooperative.slug, testimony.pk])  # type: ignore[attr-defined]
    if back == "theme" and request.POST.get("theme", "").isdigit():
        slug = request.member.cooperative.slug  # type: ignore[attr-defined]
        return reverse("testimonies:theme", args=[slug, testimony.collection.slug, int(request.POST["theme"])])
    start = request.POST.get("page", "")
    if start.isdigit() and int(start):
        query = QueryDict(mutable=True)
        query["depuis"] = start
        own = f"{own}?{query.urlencode()}"
    return own


def _place(testimony: Testimony, form: MarkForm) -> tuple[int, int]:
    given = form.cleaned_data
    if given["start"] is not None and given["end"] is not None:
        units = (given["start_units"] or 0, given["end_units"] or 0)
        if not any(units):
            return given["start"], given["end"]
        start, end = marks.from_browser(testimony, (given["start"], units[0]), (given["end"], units[1]))
        return start, end
    if given["first"]:
        span = marks.sentence_span(testimony, given["first"], given["last"] or given["first"], start=given["page"] or 0)
        if span:
            return span
        raise marking.NoWords
    raise marking.NoWords(_("Choisissez d'abord des mots, ou un numéro de phrase."))


def _themes(request: MemberRequest, testimony: Testimony, form: MarkForm | ChangeMarkForm) -> tuple[list[Theme], bool]:
    """Return the themes chosen, with the one made on the fly, and whether there is one."""
    given = form.cleaned_data
    chosen = marks.themes_by_key(testimony.collection, given["themes"])
    if len(chosen) < len(set(given["themes"])):
        raise marking.ForeignTheme
    name = given["new_theme"].strip()
    if not name:
        return chosen, False
    known = marks.theme_named(testimony.collection, name)
    if known:
        return [*chosen, known], False
    return [*chosen, create_theme(member=request.member, collection=testimony.collection, name=name)], True


def _changes(request: MemberRequest, testimony: Testimony, excerpt: Excerpt, form: ChangeMarkForm) -> dict[str, Any]:
    """Return what the form sent: fields that are not there are not touched."""
    changes: dict[str, Any] = {}
    if "tone" in form.data:
        changes["tone"] = form.cleaned_data["tone"]
    if "memo" in form.data:
        changes["memo"] = form.cleaned_data["memo"]
    if "pin" in form.data:
        changes["is_pinned"] = form.cleaned_data["pin"] == "1"
    if "themes_sent" in form.data:
        changes["themes"], request.has_new_theme = _themes(request, testimony, form)  # type: ignore[attr-defined]
    elif form.cleaned_data["themes"] or form.cleaned_data["new_theme"].strip():
        added, request.has_new_theme = _themes(request, testimony, form)  # type: ignore[attr-defined]
        changes["themes"] = [*excerpt.themes.all(), *added]
    return changes
