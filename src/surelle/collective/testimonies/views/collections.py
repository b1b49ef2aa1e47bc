"""Pages of collections: the list, one collection, its guide, who is expected."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surelle.collective.groups.access import visible_groups
from surelle.commons.members.access import MemberRequest, require, visible_members
from surelle.commons.members.rules import Capability

from .. import actions
from ..access import run_collection, visible_collection, visible_testimony
from ..actions import QuestionDraft, Refused
from ..actions.guides import present_consent_text
from ..forms.collections import (
    CollectionForm,
    ConsentTextForm,
    ExpectedVoiceForm,
    GuideForm,
    InviteForm,
    QuestionFormSet,
    VoiceFilters,
)
from ..models import Collection
from ..queries.collections import Asked, collection_cards, collection_page, guide_versions, partner_page
from ..queries.groups import run_groups
from ..queries.personal import own_words
from .replying import act, say_errors

TABS = ("personnes", "groupes", "questions", "attendues")


def address(request: MemberRequest, name: str, *args: Any) -> str:
    return reverse(f"testimonies:{name}", args=[request.member.cooperative.slug, *args])


def number(written: str) -> int:
    return int(written) if written.isdigit() and len(written) < 7 else 1


@require_safe
def collection_list(request: MemberRequest) -> HttpResponse:
    group = request.GET.get("groupe", "")
    cards = collection_cards(request.member, group)
    groups = run_groups(request.member)
    return render(
        request,
        "testimonies/collections.html",
        {
            "cards": cards,
            "group": visible_groups(request.member).filter(slug=group).first() if group else None,
            "may_create": groups.exists(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: MemberRequest) -> HttpResponse:
    groups = run_groups(request.member)
    if not groups.exists():
        raise Http404
    chosen = groups.filter(slug=request.GET.get("groupe", "")).first() or groups.first()
    form = CollectionForm(request.POST or None, groups=groups, initial={"group": chosen})
    if form.is_valid():
        given = form.cleaned_data
        try:
            collection = actions.create_collection(
                member=request.member,
                group=given["group"],
                title=given["title"],
                purpose=given["purpose"],
                visibility=given["visibility"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Le chantier est ouvert. Importez une page, ou invitez quelqu’un à parler."))
            return redirect(address(request, "collection", collection.slug))
    return render(request, "testimonies/collection_form.html", {"form": form, "collection": None})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    collection = run_collection(request.member, slug)
    form = CollectionForm(
        request.POST or None,
        initial={"title": collection.title, "purpose": collection.purpose, "visibility": collection.visibility},
    )
    if form.is_valid():
        try:
            actions.edit_collection(member=request.member, collection=collection, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Enregistré."))
            return redirect(address(request, "collection", slug))
    return render(request, "testimonies/collection_form.html", {"form": form, "collection": collection})


@require_POST
def close(request: MemberRequest, slug: str) -> HttpResponse:
    collection = run_collection(request.member, slug)
    return act(
        request,
        lambda: actions.close_collection(member=request.member, collection=collection),
        said=_("Le chantier est clos : ce qui a été dit reste lisible."),
        to=address(request, "collection", slug),
        undo=address(request, "reopen", slug),
    )


@require_POST
def reopen(request: MemberRequest, slug: str) -> HttpResponse:
    collection = run_collection(request.member, slug)
    return act(
        request,
        lambda: actions.reopen_collection(member=request.member, collection=collection),
        said=_("Le chantier est rouvert."),
        to=address(request, "collection", slug),
    )


@require_safe
def collection(request: MemberRequest, slug: str) -> HttpResponse:
    found = visible_collection(request.member, slug)
    tab = request.GET.get("vue", "personnes")
    asked = Asked(
        q=request.GET.get("q", "").strip()[:200],
        group=request.GET.get("groupe", ""),
        kind=request.GET.get("sorte", ""),
        state=request.GET.get("etat", ""),
        tenure=request.GET.get("anciennete", ""),
        question=request.GET.get("question", "")[:40],
        page=number(request.GET.get("page", "")),
    )
    page = collection_page(request.member, found, tab if tab in TABS else "personnes", asked)
    return render(
        request,
        "testimonies/collection.html",
        {
            "page": page,
            "collection": found,
            "tab": tab if tab in TABS else "personnes",
            "filters": VoiceFilters(request.GET, group_names=page.group_names, is_team=page.is_team),
            "expected_form": _expected_form(request, found) if page.can_run and tab == "attendues" else None,
        },
    )


def _expected_form(request: MemberRequest, found: Collection, data: Any = None) -> ExpectedVoiceForm:
    return ExpectedVoiceForm(
        data,
        members=visible_members(request.member).filter(left_on=None).select_related("person"),
        groups=visible_groups(request.member).filter(closed_on=None),
    )


@require_POST
def add_expected(request: MemberRequest, slug: str) -> HttpResponse:
    found = run_collection(request.member, slug)
    form = _expected_form(request, found, request.POST)
    back = address(request, "collection", slug) + "?vue=attendues"
    if not form.is_valid():
        say_errors(request, form)
        return redirect(back)
    return act(
        request,
        lambda: actions.add_expected_voice(member=request.member, collection=found, **form.cleaned_data),
        said=_("Cette voix est attendue. Invitez la personne à parler quand vous voulez."),
        to=back,
    )


@require_POST
def invite(request: MemberRequest, pk: int) -> HttpResponse:
    testimony = visible_testimony(request.member, pk)
    run_collection(request.member, testimony.collection.slug)
    form = InviteForm(request.POST)
    back = request.POST.get("retour", "")
    to = (
        address(request, "testimony", pk)
        if back == "parole"
        else address(request, "collection", testimony.collection.slug) + "?vue=attendues"
    )
    if not form.is_valid():
        say_errors(request, form)
        return redirect(to)
    return act(
        request,
        lambda: actions.invite_to_answer(member=request.member, testimony=testimony, email=form.cleaned_data["email"]),
        said=_("L’invitation est partie."),
        to=to,
    )


@require_POST
def speak(request: MemberRequest, slug: str) -> HttpResponse:
    found = visible_collection(request.member, slug)
    try:
        secret = actions.speak_up(member=request.member, collection=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address(request, "collection", slug))
    return redirect(reverse("voices:answer", args=[secret]))


@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: MemberRequest, slug: str) -> HttpResponse:
    found = run_collection(request.member, slug)
    versions = guide_versions(found)
    latest = versions[0] if versions else None
    initial = [{"key": str(q.key), "text": q.text, "help": q.help} for q in (latest.questions.all() if latest else ())]
    form = GuideForm(request.POST or None, initial={"introduction": latest.introduction if latest else ""})
    questions = QuestionFormSet(request.POST or None, initial=initial, prefix="q")
    if request.method == "POST" and form.is_valid() and questions.is_valid():
        drafts = [
            QuestionDraft(row["text"], row.get("help", ""), row.get("key"))
            for row in sorted(
                (one.cleaned_data for one in questions if one.cleaned_data.get("text")),
                key=lambda row: row.get("ORDER") or 999,
            )
        ]
        try:
            actions.save_guide(
                member=request.member,
                collection=found,
                questions=drafts,
                introduction=form.cleaned_data["introduction"],
                note=form.cleaned_data["note"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La nouvelle version du guide est en service."))
            return redirect(address(request, "guide", slug))
    return render(
        request,
        "testimonies/guide.html",
        {"collection": found, "form": form, "questions": questions, "versions": versions},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consent_text(request: MemberRequest) -> HttpResponse:
    require(request.member, Capability.MANAGE_GROUPS)
    present = present_consent_text(cooperative=request.member.cooperative)
    form = ConsentTextForm(request.POST or None, initial={"body": present.body, "body_en": present.body_en})
    if form.is_valid():
        try:
            actions.write_consent_text(member=request.member, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Le nouveau texte est en service. Les accords déjà donnés gardent le leur."))
            return redirect(address(request, "consent_text"))
    return render(request, "testimonies/consent_text.html", {"form": form, "present": present})


@require_safe
def partners(request: MemberRequest) -> HttpResponse:
    page = partner_page(request.member, number(request.GET.get("page", "")))
    return render(request, "testimonies/partners.html", {"page": page})


@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    return render(request, "testimonies/own_words.html", {"words": own_words(request.member)})
