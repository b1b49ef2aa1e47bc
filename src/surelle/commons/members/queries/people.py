"""The page of one member, their roles, and the invitations."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.module_loading import import_string

from surelle.commons.audit.access import may_read
from surelle.commons.audit.queries import Act, story_of

from ..access import visible_invitations
from ..models import CAPABILITY_NAMES, ROLE_NAMES, Invitation, Membership, StatusPeriod
from ..rules import CAPABILITIES, Capability, Panel, Role, Status, days_between, grantable_by, may_follow

PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One stretch of the timeline."""

    pk: int
    status: Status
    name: str
    starts_on: date
    ends_on: date | None
    days: int


@dataclass(frozen=True, kw_only=True)
class MemberPage:
    """A member as the reader may see them; the story is empty for who may not read the trail."""

    of: Membership
    timeline: list[Stretch]
    roles: list[str]
    panels: list[Panel]
    story: list[Act]
    reads_story: bool
    may_manage: bool
    is_self: bool
    can_undo_status: bool

    @property
    def present(self) -> Stretch | None:
        return next((stretch for stretch in self.timeline if stretch.ends_on is None), None)


def timeline_of(of: Membership) -> list[Stretch]:
    """Return the stretches of a member's timeline, the latest first."""
    today = timezone.localdate()

    def stretch(period: StatusPeriod) -> Stretch:
        return Stretch(
            pk=period.pk,
            status=Status(period.status),
            name=str(period.get_status_display()),
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            days=days_between(period.starts_on, period.ends_on or today),
        )

    return [stretch(period) for period in of.statuses.order_by("-starts_on", "-pk")]


def member_page(*, reader: Membership, of: Membership) -> MemberPage:
    """Return what the page of a member shows to `reader`."""
    panels = (import_string(path)(reader=reader, of=of) for path in settings.MEMBER_PANELS)
    timeline = timeline_of(of)
    may_manage = reader.may(Capability.MANAGE_MEMBERS)
    return MemberPage(
        of=of,
        timeline=timeline,
        roles=[str(ROLE_NAMES[role]) for role in Role if role in of.roles and not of.left_on],
        panels=[panel for panel in panels if panel is not None],
        story=story_of(reader, "membership", of.pk) if may_read(reader) else [],
        reads_story=may_read(reader),
        may_manage=may_manage,
        is_self=reader.pk == of.pk,
        can_undo_status=may_manage and len(timeline) > 1,
    )


def next_statuses(of: Membership) -> list[Status]:
    """Return the statuses that may follow the member's present one, in their usual order."""
    present = of.statuses.filter(ends_on=None).first()
    return [status for status in Status if may_follow(Status(present.status) if present else None, status)]


@dataclass(frozen=True, kw_only=True)
class RoleRow:
    """One role: what it allows in plain words, whether the member has it, since when, and who may change that."""

    role: Role
    name: str
    allows: list[str]
    since: date | None
    may_change: bool


def roles_page(*, reader: Membership, of: Membership) -> list[RoleRow]:
    """Return every role, with what the member has of them and what `reader` may give and take."""
    since = dict(of.role_grants.values_list("role", "granted_on"))
    grantable = grantable_by(reader.roles) if reader.may(Capability.MANAGE_MEMBERS) else frozenset()
    return [
        RoleRow(
            role=role,
            name=str(ROLE_NAMES[role]),
            allows=[str(CAPABILITY_NAMES[capability]) for capability in Capability if capability in CAPABILITIES[role]],
            since=since.get(role),
            may_change=role in grantable and of.left_on is None,
        )
        for role in Role
    ]


def invitations_page(*, reader: Membership, only: str = "", page: str | int = 1) -> Page[Invitation]:
    """Return the invitations of the cooperative, the latest first; `only` is an InvitationState."""
    now = timezone.now()
    wanted: dict[str, dict[str, Any]] = {
        "waiting": {"accepted_at": None, "revoked_at": None, "expires_at__gt": now},
        "expired": {"accepted_at": None, "revoked_at": None, "expires_at__lte": now},
        "accepted": {"accepted_at__isnull": False},
        "revoked": {"accepted_at": None, "revoked_at__isnull": False},
    }
    invitations = visible_invitations(reader).select_related("invited_by__person")
    return Paginator(invitations.filter(**wanted.get(only, {})), PAGE_SIZE).get_page(page)
