"""Blind double coding: open, mark, close, settle."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surelle.commons.members.access import MemberRequest

from ..access import can_run, collection_round, run_collection, team_collection
from ..actions import rounds as acts
from ..actions.refusals import Refused
from ..forms.rounds import RoundForm, SettleForm
from ..queries import rounds as queries


@require_safe
def round_list(request: MemberRequest, slug: str) -> HttpResponse:
    collection = team_collection(request.member, slug)
    context = {
        "collection": collection,
        "rounds": queries.round_rows(request.member, collection),
        "may_open": can_run(request.member, collection),
    }
    return render(request, "testimonies/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: MemberRequest, slug: str) -> HttpResponse:
    collection = run_collection(request.member, slug)
    choices = queries.round_choices(request.member, collection)
    form = RoundForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            opened = acts.start_round(
                member=request.member,
                collection=collection,
                name=form.cleaned_data["name"],
                coders=[m for m in choices.coders if str(m.pk) in form.cleaned_data["coders"]],
                testimonies=[t for t in choices.testimonies if str(t.pk) in form.cleaned_data["testimonies"]],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Double codage ouvert. Chacun marque de son côté, sans voir les autres."))
            return redirect(reverse("testimonies:round", args=[request.member.cooperative.slug, slug, opened.pk]))
    return render(request, "testimonies/round_form.html", {"collection": collection, "form": form, "choices": choices})


@require_safe
def round_page(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = team_collection(request.member, slug)
    page = queries.round_page(request.member, collection_round(collection, pk))
    return render(request, "testimonies/round.html", {"collection": collection, "page": page})


@require_POST
def close(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = run_collection(request.member, slug)
    try:
        acts.close_round(member=request.member, coding_round=collection_round(collection, pk))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Double codage terminé : voici où vous êtes d'accord."))
    return redirect(reverse("testimonies:round", args=[request.member.cooperative.slug, slug, pk]))


@require_safe
def disagreements(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = team_collection(request.member, slug)
    coding_round = collection_round(collection, pk)
    door = reverse("testimonies:round", args=[request.member.cooperative.slug, slug, pk])
    if coding_round.closed_at is None:
        messages.info(request, str(acts.RoundStillOpen()))
        return redirect(door)
    context = {"collection": collection, "round": coding_round, "found": queries.disagreements(coding_round)}
    return render(request, "testimonies/disagreements.html", context)


@require_POST
def settle(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = team_collection(request.member, slug)
    coding_round = collection_round(collection, pk)
    form = SettleForm(request.POST)
    back = redirect(reverse("testimonies:disagreements", args=[request.member.cooperative.slug, slug, pk]))
    if not form.is_valid():
        messages.error(request, str(acts.CaseGone()))
        return back
    try:
        acts.settle(
            member=request.member,
            coding_round=coding_round,
            theme=form.cleaned_data["theme"],
            marks=form.cleaned_data["marks"],
            choice=acts.Settlement(form.cleaned_data["choice"]),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("testimonies:undo_themes", args=[request.member.cooperative.slug, slug])
        messages.success(request, _("Tranché."), extra_tags=f"undo:{undo}")
    return back
