"""Pages of groups."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surelle.commons.members.access import MemberRequest, visible_member

from . import actions, queries
from .access import can_create_groups, coordinated_group, present_member_of, visible_group
from .forms import GroupFilterForm, GroupForm, NewcomerForm, NewGroupForm
from .models import Group, GroupKind


@require_safe
def groups(request: MemberRequest) -> HttpResponse:
    """Show the groups by kind."""
    form = GroupFilterForm(request.GET)
    filters = form.filters()
    found = queries.groups_page(request.member, filters, request.GET.get("page", 1))
    return render(
        request,
        "groups/list.html",
        {"form": form, "filters": filters, "found": found, "may_create": can_create_groups(request.member)},
    )


@require_safe
def group(request: MemberRequest, slug: str) -> HttpResponse:
    """Show a group, its people, and what the reader may do in it."""
    shown = visible_group(request.member, slug)
    return render_group(request, shown)


def render_group(
    request: MemberRequest, shown: Group, newcomer_form: NewcomerForm | None = None, status: int = 200
) -> HttpResponse:
    told = queries.group_page(request.member, shown, request.GET.get("page", 1))
    if told.may_run and not shown.closed_on and newcomer_form is None:
        newcomer_form = NewcomerForm(members=queries.members_outside(request.member, shown))
    return render(
        request, "groups/group.html", {"group": shown, "told": told, "newcomer_form": newcomer_form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: MemberRequest) -> HttpResponse:
    """Create a group."""
    if not can_create_groups(request.member):
        raise Http404
    form = NewGroupForm(
        request.POST if request.method == "POST" else None,
        members=queries.present_members(request.member),
        initial={"is_open": True, "coordinator": request.member.pk, "kind": GroupKind.WORKING_GROUP},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_group(member=request.member, **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Le groupe est créé. Faites entrer ses premiers membres."))
            return redirect(actions.path_of(made))
    return render(request, "groups/create.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Change what a group says of itself."""
    shown = coordinated_group(request.member, slug)
    present = {"name": shown.name, "kind": shown.kind, "purpose": shown.purpose, "is_open": shown.is_open}
    form = GroupForm(request.POST if request.method == "POST" else None, initial=present)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_group(member=request.member, group=shown, **form.cleaned_data)
        except actions.Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect(actions.path_of(shown))
    title = present["name"]
    return render(
        request, "groups/edit.html", {"form": form, "group": shown, "name": title}, status=400 if form.errors else 200
    )


def done(request: MemberRequest, shown: Group, act: Callable[[], Any], sentence: str, undo: str = "") -> HttpResponse:
    """Do an act and say so, or say why not; then show the group. What leaves no coordinator is said, too."""
    try:
        result = act()
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence, extra_tags=f"undo:{undo}" if undo else "")
        if result is True:
            messages.warning(
                request, _("Plus personne n’anime ce groupe. Qui s’occupe des groupes vient d’en être averti.")
            )
    return redirect(actions.path_of(shown))


def address(name: str, shown: Group, *more: int) -> str:
    return reverse(f"groups:{name}", args=[shown.cooperative.slug, shown.slug, *more])


@require_POST
def close(request: MemberRequest, slug: str) -> HttpResponse:
    """Close a group."""
    shown = coordinated_group(request.member, slug)
    return done(
        request,
        shown,
        lambda: actions.close_group(member=request.member, group=shown),
        _("Le groupe est clos."),
        undo=address("reopen", shown),
    )


@require_POST
def reopen(request: MemberRequest, slug: str) -> HttpResponse:
    """Open a closed group again."""
    shown = coordinated_group(request.member, slug)
    return done(
        request,
        shown,
        lambda: actions.reopen_group(member=request.member, group=shown),
        _("Le groupe est de nouveau ouvert."),
    )


@require_POST
def join(request: MemberRequest, slug: str) -> HttpResponse:
    """Join a group."""
    shown = visible_group(request.member, slug)
    return done(
        request,
        shown,
        lambda: actions.join_group(member=request.member, group=shown),
        _("Bienvenue dans le groupe !"),
        undo=address("leave", shown),
    )


@require_POST
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    """Leave a group."""
    shown = visible_group(request.member, slug)
    return done(
        request,
        shown,
        lambda: actions.leave_group(member=request.member, group=shown),
        _("Vous avez quitté le groupe."),
        undo=address("join", shown) if shown.is_open else "",
    )


@require_POST
def add(request: MemberRequest, slug: str) -> HttpResponse:
    """Put somebody into a group."""
    shown = coordinated_group(request.member, slug)
    form = NewcomerForm(request.POST, members=queries.members_outside(request.member, shown))
    if not form.is_valid():
        return render_group(request, shown, form, status=400)
    newcomer = form.cleaned_data["newcomer"]
    return done(
        request,
        shown,
        lambda: actions.add_member(member=request.member, group=shown, newcomer=newcomer),
        _("%(name)s est dans le groupe.") % {"name": newcomer},
        undo=address("remove_member", shown, newcomer.pk),
    )


@require_POST
def remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take somebody out of a group."""
    shown = coordinated_group(request.member, slug)
    leaver = present_member_of(shown, pk).member
    return done(
        request,
        shown,
        lambda: actions.remove_member(member=request.member, group=shown, leaver=leaver),
        _("%(name)s n’est plus dans le groupe.") % {"name": leaver},
        undo=address("bring_back", shown, pk),
    )


@require_POST
def bring_back(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody back who was taken out by mistake."""
    shown = coordinated_group(request.member, slug)
    newcomer = visible_member(request.member, pk)
    return done(
        request,
        shown,
        lambda: actions.add_member(member=request.member, group=shown, newcomer=newcomer),
        _("%(name)s est dans le groupe.") % {"name": newcomer},
    )


@require_POST
def coordinate(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Let a member of the group coordinate it, or not any more."""
    shown = coordinated_group(request.member, slug)
    of = present_member_of(shown, pk).member
    wanted = request.POST.get("anime") != "non"
    sentence = _("%(name)s anime le groupe.") if wanted else _("%(name)s n’anime plus le groupe.")
    return done(
        request,
        shown,
        lambda: actions.name_coordinator(member=request.member, group=shown, of=of, is_coordinator=wanted),
        sentence % {"name": of},
    )
