"""Asking people in, and coming in."""

from collections.abc import Collection
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from surelle.commons.audit.actions import record
from surelle.commons.cooperatives.access import scope
from surelle.kernel.identifiers import new_secret

from ..access import owns_address, person_with_address
from ..emails import send_invitation
from ..models import Invitation, Membership, Person, RoleGrant, StatusPeriod
from ..rules import INVITATION_LASTS, Capability, InvitationState, Role, Status, grantable_by
from .locks import lock_people, next_number
from .refusals import (
    AlreadyInvited,
    AlreadyMember,
    InvitationExpired,
    InvitationOver,
    MustSignIn,
    NotAllowed,
    NotInvited,
    NotNextStatus,
)


def invite_person(
    *,
    member: Membership,
    email: str,
    first_name: str,
    last_name: str,
    status: Status,
    roles: Collection[Role],
    language: str = "fr",
) -> Invitation:
    """Ask somebody in by mail; the link works for 14 days and its secret is kept nowhere.

    Raises NotAllowed (also for roles that `member` may not give), AlreadyMember, AlreadyInvited, NotNextStatus, and
    InvitationNotSent once the invitation is stored if the mail would not go.
    """
    if not member.may(Capability.INVITE) or not grantable_by(member.roles).issuperset(roles):
        raise NotAllowed
    if status == Status.LEFT:
        raise NotNextStatus
    email = email.strip().lower()
    with transaction.atomic():
        lock_people(member.cooperative_id)
        present = Membership.objects.filter(cooperative=member.cooperative_id, left_on=None)
        if present.filter(person__email__iexact=email).exists():
            raise AlreadyMember
        now = timezone.now()
        sent = Invitation.objects.filter(cooperative=member.cooperative_id, email__iexact=email)
        if sent.filter(accepted_at=None, revoked_at=None, expires_at__gt=now).exists():
            raise AlreadyInvited
        secret, secret_hash = new_secret()
        invitation = Invitation.objects.create(
            cooperative_id=member.cooperative_id,
            email=email,
            first_name=first_name.strip(),
            last_name=last_name.strip(),
            status=status,
            roles=sorted(roles),
            language=language,
            invited_by=member,
            secret_hash=secret_hash,
            sent_at=now,
            expires_at=now + INVITATION_LASTS,
        )
        record(member=member, verb="invite_person", about=invitation, status=status, roles=sorted(roles))
        transaction.on_commit(lambda: send_invitation(invitation, secret))
    return invitation


def resend_invitation(*, member: Membership, invitation: Invitation) -> Invitation:
    """Send a new link for 14 more days; the former one stops working.

    Raises NotAllowed, InvitationOver, InvitationNotSent.
    """
    if not member.may(Capability.INVITE):
        raise NotAllowed
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if invitation.state not in {InvitationState.WAITING, InvitationState.EXPIRED}:
            raise InvitationOver
        secret, invitation.secret_hash = new_secret()
        invitation.sent_at = timezone.now()
        invitation.expires_at = invitation.sent_at + INVITATION_LASTS
        invitation.save(update_fields=["secret_hash", "sent_at", "expires_at"])
        record(member=member, verb="resend_invitation", about=invitation)
        transaction.on_commit(lambda: send_invitation(invitation, secret))
    return invitation


def revoke_invitation(*, member: Membership, invitation: Invitation) -> Invitation:
    """Make the link of an invitation stop working. Raises NotAllowed, InvitationOver."""
    if not member.may(Capability.INVITE):
        raise NotAllowed
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if invitation.state not in {InvitationState.WAITING, InvitationState.EXPIRED}:
            raise InvitationOver
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        record(member=member, verb="revoke_invitation", about=invitation)
    return invitation


def accept_invitation(
    *,
    invitation: Invitation,
    person: Person | None = None,
    first_name: str = "",
    last_name: str = "",
    password: str = "",
) -> Membership:
    """Come in: make the membership with its number, first status and roles; without `person` make the person, too.

    `person` is who is signed in, and must own the address invited. The link came by mail, so the address counts as
    verified. Somebody who comes back finds their former membership and number again. The caller's scope must see
    everything, since a person belongs to no cooperative. Raises InvitationOver, InvitationExpired, NotInvited,
    MustSignIn, AlreadyMember.
    """
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if invitation.state == InvitationState.EXPIRED:
            raise InvitationExpired
        if invitation.state != InvitationState.WAITING:
            raise InvitationOver
        if person is None:
            if person_with_address(invitation.email):
                raise MustSignIn
            person = Person(
                email=invitation.email,
                first_name=first_name.strip(),
                last_name=last_name.strip(),
                language=invitation.language,
            )
            person.set_password(password)
            person.save()
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        elif not owns_address(person, invitation.email):
            raise NotInvited
        with scope([invitation.cooperative_id], person=person.pk):
            membership = enter(invitation, person)
            invitation.accepted_at = timezone.now()
            invitation.save(update_fields=["accepted_at"])
            record(member=membership, verb="accept_invitation", about=membership, status=invitation.status)
    return membership


def enter(invitation: Invitation, person: Person) -> Membership:
    """Make the membership that the invitation promises, or open the former one again."""
    today = timezone.localdate()
    lock_people(invitation.cooperative_id)
    former = Membership.objects.filter(cooperative=invitation.cooperative_id, person=person).first()
    if former is not None and former.left_on is None:
        raise AlreadyMember
    if former is None:
        membership = Membership.objects.create(
            cooperative_id=invitation.cooperative_id,
            person=person,
            number=next_number(invitation.cooperative_id),
            joined_on=today,
        )
    else:
        membership = former
        membership.left_on = None
        membership.save(update_fields=["left_on"])
        membership.role_grants.all().delete()
        # Left and back on one day: the stretch of absence, which no day is in, goes.
        membership.statuses.filter(ends_on=None, starts_on=today).delete()
        membership.statuses.filter(ends_on=None).update(ends_on=today - timedelta(days=1))
    StatusPeriod.objects.create(
        cooperative_id=membership.cooperative_id, membership=membership, status=invitation.status, starts_on=today
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(cooperative_id=membership.cooperative_id, membership=membership, role=role, granted_on=today)
        for role in invitation.roles
    )
    return membership
