"""The tree of themes, and one theme."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surelle.commons.members.access import MemberRequest

from ..access import collection_theme, collection_themes, team_collection
from ..actions import steps
from ..actions import themes as acts
from ..actions.refusals import Refused
from ..forms.themes import MergeForm, MoveForm, SplitForm, ThemeForm
from ..models import Collection, Testimony, Theme
from ..queries import themes as queries
from ..queries.excerpts import Asked
from ..queries.marks import theme_choices

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def theme_tree(request: MemberRequest, slug: str) -> HttpResponse:
    collection = team_collection(request.member, slug)
    q = request.GET.get("q", "").strip()
    tree = queries.theme_tree(request.member, collection, q)
    return render(request, "testimonies/themes.html", {"collection": collection, "tree": tree, "q": q})


@get_or_post
def create(request: MemberRequest, slug: str) -> HttpResponse:
    collection = team_collection(request.member, slug)
    form = ThemeForm(request.POST or None, choices=_choices(collection), initial={"above": request.GET.get("sous", "")})
    if request.method == "POST" and form.is_valid():
        try:
            theme = acts.create_theme(
                member=request.member,
                collection=collection,
                name=form.cleaned_data["name"],
                definition=form.cleaned_data["definition"],
                example=form.cleaned_data["example"],
                parent=_parent(collection, form),
                hue=form.cleaned_data["hue"],
            )
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Thème créé."), extra_tags=_undo(request, collection))
            return redirect(_door(request, collection, theme))
    return render(request, "testimonies/theme_form.html", {"collection": collection, "form": form, "theme": None})


@require_safe
def theme(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = team_collection(request.member, slug)
    wanted = collection_theme(collection, pk)
    asked = Asked.from_address({**request.GET.dict(), "theme": str(pk)})
    page = queries.theme_page(collection, wanted, asked, request.GET.get("page", "1"))
    return render(
        request,
        "testimonies/theme.html",
        {
            "collection": collection,
            "page": page,
            "asked": asked,
            "is_filtered": asked != Asked(theme=pk),
            "tenures": [(side, _tenure(side.key)) for side in page.tenures],
            "merge_form": MergeForm(choices=queries.themes_for_choice(page.others)),
        },
    )


@get_or_post
def edit(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = team_collection(request.member, slug)
    wanted = collection_theme(collection, pk)
    form = ThemeForm(
        request.POST or None,
        instance=wanted,
        choices=[(key, path) for key, path in _choices(collection) if key != pk],
        initial={"above": str(wanted.parent_id or ""), "hue": wanted.hue},
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_theme(
                member=request.member,
                theme=collection_theme(collection, pk),
                name=form.cleaned_data["name"],
                definition=form.cleaned_data["definition"],
                example=form.cleaned_data["example"],
                hue=wanted.hue if form.cleaned_data["hue"] is None else form.cleaned_data["hue"],
                parent=_parent(collection, form),
            )
        except Refused as refusal:
            form.add_error("above" if isinstance(refusal, acts.UnderItself) else "name", str(refusal))
        else:
            messages.success(request, _("Thème modifié."), extra_tags=_undo(request, collection))
            return redirect(_door(request, collection, wanted))
    return render(request, "testimonies/theme_form.html", {"collection": collection, "form": form, "theme": wanted})


@require_POST
def move(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = team_collection(request.member, slug)
    wanted = collection_theme(collection, pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        siblings = list(collection_themes(collection).filter(parent=wanted.parent_id).values_list("pk", flat=True))
        step = -1 if form.cleaned_data["direction"] == "up" else 1
        acts.move_theme(member=request.member, theme=wanted, parent=wanted.parent, position=siblings.index(pk) + step)
    return redirect(reverse("testimonies:themes", args=[request.member.cooperative.slug, slug]))


@require_POST
def merge(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = team_collection(request.member, slug)
    source = collection_theme(collection, pk)
    form = MergeForm(request.POST, choices=_choices(collection))
    if not form.is_valid():
        messages.error(request, _("Choisissez le thème qui reçoit les extraits."))
        return redirect(_door(request, collection, source))
    into = collection_theme(collection, int(form.cleaned_data["into"]))
    try:
        acts.merge_themes(member=request.member, source=source, into=into)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_door(request, collection, source))
    said = _("« %(source)s » est fusionné dans « %(into)s ».") % {"source": source.name, "into": into.name}
    messages.success(request, said, extra_tags=_undo(request, collection))
    return redirect(_door(request, collection, into))


@get_or_post
def split(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = team_collection(request.member, slug)
    wanted = collection_theme(collection, pk)
    form = SplitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = acts.split_theme(
                member=request.member,
                theme=wanted,
                name=form.cleaned_data["name"],
                definition=form.cleaned_data["definition"],
                excerpts=form.cleaned_data["excerpts"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thème divisé."), extra_tags=_undo(request, collection))
            return redirect(_door(request, collection, new))
    chosen = set(form.cleaned_data["excerpts"]) if form.is_bound and form.is_valid() else set()
    excerpts = queries.excerpts_to_split(wanted)
    context = {"collection": collection, "theme": wanted, "form": form, "excerpts": excerpts, "chosen": chosen}
    return render(request, "testimonies/theme_split.html", context)


@require_POST
def delete(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    collection = team_collection(request.member, slug)
    wanted = collection_theme(collection, pk)
    try:
        acts.delete_theme(member=request.member, theme=wanted, is_confirmed=request.POST.get("confirmed") == "1")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_door(request, collection, wanted))
    messages.success(
        request, _("Thème « %(name)s » supprimé.") % {"name": wanted.name}, extra_tags=_undo(request, collection)
    )
    return redirect(reverse("testimonies:themes", args=[request.member.cooperative.slug, slug]))


@require_POST
def undo(request: MemberRequest, slug: str) -> HttpResponse:
    return _travel(request, slug, steps.undo, _("Dernière étape annulée."))


@require_POST
def redo(request: MemberRequest, slug: str) -> HttpResponse:
    return _travel(request, slug, steps.redo, _("Étape refaite."))


def _travel(request: MemberRequest, slug: str, act: Any, said: str) -> HttpResponse:
    collection = team_collection(request.member, slug)
    try:
        act(member=request.member, collection=collection)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    back = reverse("testimonies:themes", args=[request.member.cooperative.slug, slug])
    round_key = request.POST.get("round", "")
    if round_key.isdigit():
        back = reverse("testimonies:disagreements", args=[request.member.cooperative.slug, slug, int(round_key)])
    return redirect(back)


def _choices(collection: Collection) -> list[tuple[int, str]]:
    return queries.themes_for_choice(theme_choices(collection))


def _parent(collection: Collection, form: ThemeForm) -> Theme | None:
    key = form.parent_key()
    return collection_theme(collection, key) if key else None


def _door(request: MemberRequest, collection: Collection, theme: Theme) -> str:
    return reverse("testimonies:theme", args=[request.member.cooperative.slug, collection.slug, theme.pk])


def _undo(request: MemberRequest, collection: Collection) -> str:
    return "undo:" + reverse("testimonies:undo_themes", args=[request.member.cooperative.slug, collection.slug])


def _tenure(key: str) -> str:
    return str(dict(Testimony.Tenure.choices).get("" if key == "-" else key, key))
