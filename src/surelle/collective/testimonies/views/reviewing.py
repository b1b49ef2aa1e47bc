"""The review of a page: its lines and its reading side by side, and every change a person makes to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from surelle.collective.groups.access import visible_groups
from surelle.commons.members.access import MemberRequest, visible_members

from .. import actions
from ..access import run_source
from ..actions import Refused
from ..actions.refusals import NotPossibleHere
from ..forms.reviewing import AttributeForm
from ..models import Source, Testimony
from ..queries.sources import confirmed_page, review_page
from .collections import address, number
from .replying import act


@require_safe
def source(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_source(request.member, pk)
    if found.state != Source.State.IN_REVIEW:
        page = confirmed_page(found)
        return render(request, "testimonies/source.html", {"page": page, "collection": found.collection})
    return _review(request, found)


def _review(request: MemberRequest, found: Source, focus: str = "", said: str = "", tone: str = "") -> HttpResponse:
    review = review_page(request.member, found, number(request.GET.get("page", "")))
    template = "testimonies/_review.html" if getattr(request, "htmx", False) else "testimonies/review.html"
    response = render(
        request,
        template,
        {
            "review": review,
            "collection": found.collection,
            "focus": focus,
            "kinds": Testimony.Kind.choices,
            "tenures": [choice for choice in Testimony.Tenure.choices if choice[0]],
        },
    )
    if said and getattr(request, "htmx", False):
        trigger_client_event(response, "toast", {"text": said, "tone": tone})
    return response


@require_POST
def revise(request: MemberRequest, pk: int) -> HttpResponse:
    """One change of the review; `do` names it, with its line or entry behind a colon."""
    found = run_source(request.member, pk)
    said, tone, focus = "", "success", request.POST.get("focus", "")
    try:
        verb, change = read_change(request)
        found = actions.revise_reading(
            member=request.member, source=found, verb=verb, change=change, step=_step(request.POST)
        )
        said = sentences().get(verb, "")
    except Refused as refusal:
        said, tone = str(refusal), "danger"
        found = run_source(request.member, pk)
    if request.htmx:  # type: ignore[attr-defined]
        return _review(request, found, focus, said, tone)
    (messages.success if tone == "success" else messages.error)(request, said)
    page = request.GET.get("page", "")
    return redirect(
        address(request, "source", pk) + (f"?page={page}" if page.isdigit() else "") + (f"#{focus}" if focus else "")
    )


def _step(given: QueryDict) -> int | None:
    written = given.get("step", "")
    return int(written) if written.isdigit() else None


def read_change(request: MemberRequest) -> tuple[str, dict[str, Any]]:
    """Return the operation and its parameters that a form of the review asks for; raises NotPossibleHere."""
    given = request.POST
    verb, _colon, about = given.get("do", "").partition(":")
    lines = sorted({int(n) for n in given.getlist("line") if n.isdigit()})
    if verb in ("split_entry", "join_answer"):
        return verb, {"line": _first(lines)}
    if verb in ("begin_answer", "begin_question"):
        return "begin_answer", {"line": _first(lines), "is_question": verb == "begin_question"}
    if verb in ("set_aside", "make_heading", "new_entry"):
        return verb, {"lines": lines}
    if verb == "attach_lines":
        return verb, {"lines": lines, "entry": given.get("entry", ""), "role": given.get("role") or "words"}
    if verb in ("merge_with_next", "merge_with_previous", "drop_entry", "confirm_questions"):
        return verb, {"entry": about or given.get("entry", "")}
    if verb == "retype":
        return verb, {"entry": about, "kind": given.get("kind", "")}
    if verb == "set_question":
        entry, _colon, start = about.rpartition(":")
        written = given.get(f"question-{start}", "")
        return verb, {
            "entry": entry,
            "start": int(start) if start.isdigit() else 0,
            "question": written,
            "key": _key(request, written),
        }
    if verb == "attribute":
        return verb, {"entry": about, **_facts(request)}
    if verb == "undo":
        return verb, {}
    raise NotPossibleHere


def _key(request: MemberRequest, question: str) -> str:
    """Return the key that the list of the guide's questions gives to these words, if they are one of them."""
    keys = dict(zip(request.POST.getlist("known-question"), request.POST.getlist("known-key"), strict=False))
    return keys.get(question, "")


def _facts(request: MemberRequest) -> dict[str, Any]:
    form = AttributeForm(
        request.POST,
        members=visible_members(request.member).filter(left_on=None).select_related("person"),
        groups=visible_groups(request.member).filter(closed_on=None),
    )
    if not form.is_valid():
        raise NotPossibleHere(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form.facts()


def _first(lines: list[int]) -> int:
    if not lines:
        raise NotPossibleHere(_("Choisissez d’abord une ligne, à gauche."))
    return lines[0]


def sentences() -> dict[str, str]:
    """Return what is said once an operation is done."""
    return {
        "split_entry": _("Coupé en deux voix."),
        "merge_with_next": _("Les deux voix n’en font plus qu’une."),
        "merge_with_previous": _("Les deux voix n’en font plus qu’une."),
        "retype": _("Sorte changée."),
        "attribute": _("Noté."),
        "set_question": _("Question notée."),
        "confirm_questions": _("Questions confirmées."),
        "begin_answer": _("Une réponse commence ici."),
        "join_answer": _("Réponse jointe à la précédente."),
        "set_aside": _("Mis de côté : ces lignes ne sont les paroles de personne."),
        "make_heading": _("C’est un titre."),
        "attach_lines": _("Lignes rattachées."),
        "new_entry": _("Une nouvelle voix."),
        "drop_entry": _("Cette voix ne sera pas gardée."),
        "undo": _("Dernier changement annulé."),
    }


@require_POST
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_source(request.member, pk)
    is_chosen = "choisir" in request.POST
    try:
        done = actions.confirm_reading(
            member=request.member,
            source=found,
            accepted=set(request.POST.getlist("accepte")) if is_chosen else None,
            gone={int(n) for n in request.POST.getlist("retire") if n.isdigit()},
            keep_guide="guide" in request.POST,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address(request, "source", pk))
    created, corrected = len(done.created), len(done.corrected)
    parts = [ngettext("%(n)s voix ajoutée", "%(n)s voix ajoutées", created) % {"n": created}]
    if corrected:
        parts.append(ngettext("%(n)s texte corrigé", "%(n)s textes corrigés", corrected) % {"n": corrected})
    if done.withdrawn:
        gone = len(done.withdrawn)
        parts.append(ngettext("%(n)s voix retirée", "%(n)s voix retirées", gone) % {"n": gone})
    messages.success(
        request,
        _("%(what)s. Seule l’équipe les lit, jusqu’à l’accord de chaque personne.") % {"what": ", ".join(parts)},
    )
    return redirect(address(request, "collection", found.collection.slug))


@require_POST
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    found = run_source(request.member, pk)
    return act(
        request,
        lambda: actions.drop_page(member=request.member, source=found),
        said=_("La page est abandonnée, rien n’en est gardé."),
        to=address(request, "collection", found.collection.slug),
    )
