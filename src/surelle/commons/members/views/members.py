"""The directory, and the page of a member with its acts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surelle.web.limits import limited

from ..access import MemberRequest, require, visible_member
from ..actions import Refused, change_status, edit_membership, grant_role, revoke_role, undo_status_change
from ..documents import directory_as_csv, directory_as_xlsx
from ..forms import DirectoryFilterForm, MembershipForm, StatusForm
from ..models import ROLE_NAMES, STATUS_NAMES
from ..queries import directory, member_page, roles_page
from ..queries.directory import branches_of
from ..queries.people import next_statuses, timeline_of
from ..rules import Capability, Role

FORMATS = {
    "csv": (directory_as_csv, "text/csv; charset=utf-8"),
    "xlsx": (directory_as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def filter_form(request: MemberRequest) -> DirectoryFilterForm:
    sees_left = request.member.may(Capability.MANAGE_MEMBERS)
    return DirectoryFilterForm(request.GET, branches=branches_of(request.member), sees_left=sees_left)


@require_safe
@limited("120/m", by="person")
def members(request: MemberRequest) -> HttpResponse:
    """Show the directory."""
    form = filter_form(request)
    filters = form.filters()
    found = directory(member=request.member, filters=filters, page=request.GET.get("page", 1))
    return render(
        request,
        "members/directory.html",
        {
            "form": form,
            "filters": filters,
            "found": found,
            "page": found.page,
            "can_invite": request.member.may(Capability.INVITE),
            "reads_trail": request.member.may(Capability.READ_AUDIT),
        },
    )


@require_safe
@limited("10/m", by="person")
def export_members(request: MemberRequest, file_format: str) -> HttpResponse:
    """Hand over the directory, filtered as on the page, as CSV or XLSX."""
    if file_format not in FORMATS:
        raise Http404
    write, media_type = FORMATS[file_format]
    found = directory(member=request.member, filters=filter_form(request).filters())
    response = HttpResponse(write(found.rows), content_type=media_type)
    name = f"{_('membres')}-{request.member.cooperative.slug}-{timezone.localdate().isoformat()}.{file_format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a member: where they stand, what they may do, and for who reads the trail, what was done to it."""
    of = visible_member(request.member, pk)
    if of.left_on and not request.member.may(Capability.MANAGE_MEMBERS):
        raise Http404
    return render(request, "members/member.html", {"shown": member_page(reader=request.member, of=of), "of": of})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change number, branch and trade."""
    require(request.member, Capability.MANAGE_MEMBERS)
    of = visible_member(request.member, pk)
    form = MembershipForm(request.POST if request.method == "POST" else None, of=of)
    if request.method == "POST" and form.is_valid():
        try:
            edit_membership(member=request.member, of=of, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("Fiche enregistrée."))
            return redirect("members:member", of.cooperative.slug, of.pk)
    return render(request, "members/edit.html", {"of": of, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a new status."""
    require(request.member, Capability.MANAGE_MEMBERS)
    of = visible_member(request.member, pk)
    form = StatusForm(request.POST if request.method == "POST" else None, offered=next_statuses(of))
    if request.method == "POST" and form.is_valid():
        try:
            period = change_status(member=request.member, of=of, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            text = _("%(name)s : %(status)s.") % {"name": of, "status": STATUS_NAMES[form.cleaned_data["status"]]}
            undo = reverse("members:undo_status", args=[of.cooperative.slug, of.pk, period.pk])
            messages.success(request, text, extra_tags=f"undo:{undo}")
            return redirect("members:member", of.cooperative.slug, of.pk)
    return render(request, "members/status.html", {"of": of, "form": form, "timeline": timeline_of(of)})


@require_POST
def undo_status(request: MemberRequest, pk: int, period: int) -> HttpResponse:
    """Take back the last change of status."""
    require(request.member, Capability.MANAGE_MEMBERS)
    of = visible_member(request.member, pk)
    try:
        before = undo_status_change(member=request.member, of=of, period=period)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("C’est annulé. %(name)s est de nouveau : %(status)s.")
        messages.success(request, text % {"name": of, "status": before.get_status_display()})
    return redirect("members:member", of.cooperative.slug, of.pk)


@require_safe
def roles(request: MemberRequest, pk: int) -> HttpResponse:
    """Show every role with what it allows, and who manages members gives and takes them."""
    require(request.member, Capability.MANAGE_MEMBERS)
    of = visible_member(request.member, pk)
    return render(request, "members/roles.html", {"of": of, "rows": roles_page(reader=request.member, of=of)})


@require_POST
def change_role(request: MemberRequest, pk: int, role: str, act: str) -> HttpResponse:
    """Give or take away one role; the toast offers the reverse."""
    require(request.member, Capability.MANAGE_MEMBERS)
    of = visible_member(request.member, pk)
    if role not in list(Role):
        raise Http404
    perform, reverse_act, text = {
        "donner": (grant_role, "retirer", _("%(name)s a maintenant le rôle « %(role)s ».")),
        "retirer": (revoke_role, "donner", _("%(name)s n’a plus le rôle « %(role)s ».")),
    }[act]
    try:
        perform(member=request.member, of=of, role=Role(role))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("members:change_role", args=[of.cooperative.slug, of.pk, role, reverse_act])
        text %= {"name": of, "role": ROLE_NAMES[Role(role)]}
        messages.success(request, text, extra_tags=f"undo:{undo}")
    return redirect("members:roles", of.cooperative.slug, of.pk)
