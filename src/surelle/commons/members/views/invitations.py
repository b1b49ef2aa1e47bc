"""Asking people in, and the public page where they come in."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surelle.commons.cooperatives.access import scope
from surelle.web.limits import limited

from ..access import (
    MemberRequest,
    invitation_by_secret,
    owns_address,
    person_with_address,
    public_page,
    require,
    visible_invitation,
)
from ..actions import Refused, accept_invitation, invite_person, resend_invitation, revoke_invitation
from ..emails import InvitationNotSent
from ..forms import ArrivalForm, InvitationForm
from ..models import Membership, Person
from ..queries import invitations_page
from ..rules import Capability, InvitationState, grantable_by

POSTS = frozenset({"POST"})


@require_http_methods(["GET", "HEAD", "POST"])
@limited("60/h", by="person", methods=POSTS)
def invite(request: MemberRequest) -> HttpResponse:
    """Ask somebody in."""
    require(request.member, Capability.INVITE)
    slug = request.member.cooperative.slug
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        grantable=grantable_by(request.member.roles),
        initial={"roles": ["entrepreneur"], "language": request.member.person.language},
    )
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_person(member=request.member, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        except InvitationNotSent as failure:
            messages.warning(request, str(failure))
            return redirect("members:invitations", slug)
        else:
            messages.success(request, _("Invitation envoyée à %(email)s.") % {"email": invitation.email})
            return redirect("members:invitations", slug)
    return render(request, "members/invite.html", {"form": form})


@require_safe
def invitations(request: MemberRequest) -> HttpResponse:
    """Show who was asked in, and what became of it."""
    only = request.GET.get("etat", "")
    page = invitations_page(reader=request.member, only=only, page=request.GET.get("page", 1))
    return render(request, "members/invitations.html", {"page": page, "only": only, "states": list(InvitationState)})


@require_POST
@limited("60/h", by="person")
def resend(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a new link."""
    invitation = visible_invitation(request.member, pk)
    try:
        resend_invitation(member=request.member, invitation=invitation)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except InvitationNotSent as failure:
        messages.warning(request, str(failure))
    else:
        messages.success(request, _("Invitation renvoyée à %(email)s.") % {"email": invitation.email})
    return redirect("members:invitations", invitation.cooperative.slug)


@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a link stop working."""
    invitation = visible_invitation(request.member, pk)
    try:
        revoke_invitation(member=request.member, invitation=invitation)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Invitation retirée : son lien ne marche plus."))
    return redirect("members:invitations", invitation.cooperative.slug)


@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("30/m", by="ip")
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Come in by the link of an invitation: with a new account, or signed in with the one that has this address."""
    invitation = invitation_by_secret(secret)
    with translation.override(invitation.language if request.user.is_anonymous else translation.get_language()):
        known = person_with_address(invitation.email)
        person = request.user if isinstance(request.user, Person) else None
        context = {
            "invitation": invitation,
            "house": invitation.cooperative,
            "inviter": invitation.invited_by.person.full_name,
            "known": known,
            "is_theirs": bool(person and owns_address(person, invitation.email)),
            "sign_in": f"{reverse('account_login')}?next={request.path}",
            "form": None,
        }
        if invitation.state != InvitationState.WAITING:
            return render(request, "members/invitation_over.html", context, status=410)
        if person is None and known is None:
            context["form"] = form = ArrivalForm(
                request.POST if request.method == "POST" else None,
                email=invitation.email,
                initial={"first_name": invitation.first_name, "last_name": invitation.last_name},
            )
            if request.method == "POST" and form.is_valid():
                try:
                    membership = accept_invitation(invitation=invitation, **form.cleaned_data)
                except Refused as refusal:
                    form.add_error(None, str(refusal))
                else:
                    return lead_in(request, membership)
        elif request.method == "POST" and person is not None:
            try:
                membership = accept_invitation(invitation=invitation, person=person)
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                return redirect("home:home", membership.cooperative.slug)
        return render(request, "members/invitation.html", context)


def lead_in(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Sign in who has just come in, and lead them to the cooperative."""
    home = reverse("home:home", args=[membership.cooperative.slug])
    with scope([membership.cooperative_id], person=membership.person_id):
        return perform_login(request, membership.person, redirect_url=home)
