"""The doors to members: who a signed-in person is in a cooperative, and whom a member may see."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from surelle.commons.cooperatives.models import Cooperative
from surelle.kernel.identifiers import fingerprint

from .models import Invitation, Membership, Person
from .rules import Capability


class MemberRequest(HttpRequest):
    """A request to a page of a cooperative: `member` is the reader's membership (set by config.middleware)."""

    member: Membership
    user: Person


View = TypeVar("View", bound=Callable[..., Any])


def public_page(view: View) -> View:
    """Mark a view as open to anybody: it asks for no membership, and must fetch through a public door."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def memberships_of(person: Person | int) -> QuerySet[Membership]:
    """Return the present memberships of a person (or of their id), the oldest first."""
    return (
        Membership.objects.filter(person=person, left_on=None).select_related("cooperative").order_by("joined_on", "pk")
    )


def member_of(person: Person, cooperative_slug: str) -> Membership:
    """Return who `person` is in that cooperative, or raise Http404 alike for no such cooperative and no such member."""
    try:
        return (
            Membership.objects.select_related("cooperative", "person", "branch")
            .prefetch_related("role_grants")
            .get(person=person, cooperative__slug=cooperative_slug, left_on=None)
        )
    except (Membership.DoesNotExist, Cooperative.DoesNotExist):
        raise Http404 from None


def visible_members(member: Membership) -> QuerySet[Membership]:
    """Return the members whom `member` may see: those of the same cooperative."""
    return Membership.objects.filter(cooperative=member.cooperative_id)


def visible_member(member: Membership, pk: int) -> Membership:
    """Return one member of the same cooperative, or raise Http404."""
    try:
        return visible_members(member).select_related("person", "branch", "cooperative").get(pk=pk)
    except Membership.DoesNotExist:
        raise Http404 from None


def require(member: Membership, capability: Capability) -> None:
    """Raise Http404 unless the member has the capability: refusal and absence look alike."""
    if not member.may(capability):
        raise Http404


def searchable_members(member: Membership) -> QuerySet[Membership]:
    """Return the members whom a search may find."""
    return visible_members(member).filter(left_on=None)


def all_memberships_of(person: Person) -> QuerySet[Membership]:
    """Return the present and the former memberships of a person, the oldest first."""
    return Membership.objects.filter(person=person).select_related("cooperative").order_by("joined_on", "pk")


def visible_invitations(member: Membership) -> QuerySet[Invitation]:
    """Return the invitations of the member's cooperative, or raise Http404 unless the member may invite."""
    require(member, Capability.INVITE)
    return Invitation.objects.filter(cooperative=member.cooperative_id)


def visible_invitation(member: Membership, pk: int) -> Invitation:
    """Return one invitation of the member's cooperative, or raise Http404."""
    try:
        return visible_invitations(member).select_related("cooperative").get(pk=pk)
    except Invitation.DoesNotExist:
        raise Http404 from None


def invitation_by_secret(secret: str) -> Invitation:
    """Return the invitation whose link holds this secret, or raise Http404: the public door."""
    try:
        return Invitation.objects.select_related("cooperative", "invited_by__person").get(
            secret_hash=fingerprint(secret)
        )
    except Invitation.DoesNotExist:
        raise Http404 from None


def person_with_address(email: str) -> Person | None:
    """Return the person with this address, the main one or another that is verified, whatever its case."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        address = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
        person = address.user if address else None
    return person


def owns_address(person: Person, email: str) -> bool:
    """Say whether this is the person's main address, or another that they verified."""
    return person.email.lower() == email.lower() or (
        EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists()
    )
