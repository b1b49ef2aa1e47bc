"""The timeline, the roles and the facts of a member."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from surelle.commons.audit.actions import record
from surelle.commons.cooperatives.models import Branch

from ..models import Membership, RoleGrant, StatusPeriod
from ..rules import Capability, Role, Status, grantable_by, may_follow
from .locks import keep_an_administrator, lock_people
from .refusals import (
    HasLeft,
    NotAllowed,
    NothingToUndo,
    NotNextStatus,
    NumberTaken,
    StatusInFuture,
    StatusTooEarly,
)


def require_manager(member: Membership, of: Membership) -> None:
    if not member.may(Capability.MANAGE_MEMBERS) or member.cooperative_id != of.cooperative_id:
        raise NotAllowed


def begin_status(of: Membership, status: Status, starts_on: date) -> StatusPeriod:
    """Close the present status on the day before, begin the next, and set `left_on` alike; people must be locked."""
    of.statuses.filter(ends_on=None).update(ends_on=starts_on - timedelta(days=1))
    period = StatusPeriod.objects.create(
        cooperative_id=of.cooperative_id, membership=of, status=status, starts_on=starts_on
    )
    of.left_on = starts_on if status == Status.LEFT else None
    of.save(update_fields=["left_on"])
    return period


def change_status(*, member: Membership, of: Membership, status: Status, starts_on: date) -> StatusPeriod:
    """Begin a new status on a day; the one before ends on the eve. With LEFT the member is out from that day on.

    Who comes back by a change of status has none of the former roles. Raises NotAllowed, NotNextStatus, StatusTooEarly,
    StatusInFuture, LastAdministrator.
    """
    require_manager(member, of)
    if starts_on > timezone.localdate():
        raise StatusInFuture
    with transaction.atomic():
        lock_people(of.cooperative_id)
        present = of.statuses.filter(ends_on=None).first()
        if not may_follow(Status(present.status) if present else None, status):
            raise NotNextStatus
        last = present or of.statuses.order_by("-ends_on").first()
        if last and starts_on <= (last.ends_on or last.starts_on):
            raise StatusTooEarly
        if status == Status.LEFT:
            keep_an_administrator(of)
        elif of.left_on:
            of.role_grants.all().delete()
        period = begin_status(of, status, starts_on)
        former = present.status if present else ""
        record(
            member=member,
            verb="change_status",
            about=of,
            before=former,
            status=status.value,
            starts_on=starts_on.isoformat(),
        )
    return period


def undo_status_change(*, member: Membership, of: Membership, period: int) -> StatusPeriod:
    """Take back the last change of status: the one before goes on as if nothing had been. Returns that one.

    `period` is the id of the stretch to take back, so that a second click takes back no other. Raises NotAllowed,
    NothingToUndo, LastAdministrator.
    """
    require_manager(member, of)
    with transaction.atomic():
        lock_people(of.cooperative_id)
        last, *former = of.statuses.order_by("-starts_on", "-pk")[:2]
        if not former or last.pk != period:
            raise NothingToUndo
        before = former[0]
        if before.status == Status.LEFT:
            keep_an_administrator(of)
        last.delete()
        before.ends_on = None
        before.save(update_fields=["ends_on"])
        of.left_on = before.starts_on if before.status == Status.LEFT else None
        of.save(update_fields=["left_on"])
        record(member=member, verb="undo_status_change", about=of, before=last.status, status=before.status)
    return before


def grant_role(*, member: Membership, of: Membership, role: Role) -> RoleGrant:
    """Give a role; who has it already keeps it as it is. Raises NotAllowed, HasLeft."""
    require_manager(member, of)
    if role not in grantable_by(member.roles):
        raise NotAllowed
    if of.left_on:
        raise HasLeft
    with transaction.atomic():
        grant, is_new = RoleGrant.objects.get_or_create(
            membership=of,
            role=role,
            defaults={"cooperative_id": of.cooperative_id, "granted_on": timezone.localdate()},
        )
        if is_new:
            record(member=member, verb="grant_role", about=of, role=role.value)
    return grant


def revoke_role(*, member: Membership, of: Membership, role: Role) -> None:
    """Take a role away; who has it not stays so. Raises NotAllowed, LastAdministrator."""
    require_manager(member, of)
    if role not in grantable_by(member.roles):
        raise NotAllowed
    with transaction.atomic():
        lock_people(of.cooperative_id)
        grant = of.role_grants.filter(role=role).first()
        if grant is None:
            return
        if role == Role.ADMINISTRATOR:
            keep_an_administrator(of)
        grant.delete()
        record(member=member, verb="revoke_role", about=of, role=role.value)


def edit_membership(
    *, member: Membership, of: Membership, number: int | None, branch: Branch | None, trade: str
) -> Membership:
    """Change a member's number, branch and trade. Raises NotAllowed, NumberTaken."""
    require_manager(member, of)
    if branch is not None and branch.cooperative_id != of.cooperative_id:
        raise NotAllowed
    with transaction.atomic():
        lock_people(of.cooperative_id)
        others = Membership.objects.filter(cooperative=of.cooperative_id).exclude(pk=of.pk)
        if number is not None and others.filter(number=number).exists():
            raise NumberTaken
        changed = [
            name
            for name, value in (("number", number), ("branch", branch), ("trade", trade))
            if getattr(of, name) != value
        ]
        of.number, of.branch, of.trade = number, branch, trade
        of.save(update_fields=["number", "branch", "trade"])
        record(member=member, verb="edit_membership", about=of, changed=changed)
    return of
