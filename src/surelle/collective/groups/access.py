"""The doors to groups."""

from django.db.models import QuerySet
from django.http import Http404

from surelle.commons.members.models import Membership
from surelle.commons.members.rules import CAPABILITIES, Capability

from .models import Group, GroupMembership


def visible_groups(member: Membership) -> QuerySet[Group]:
    """Return the groups of the member's cooperative: all may know which groups there are."""
    return Group.objects.filter(cooperative=member.cooperative_id)


def visible_group(member: Membership, slug: str) -> Group:
    """Return one group of the member's cooperative, or raise Http404."""
    try:
        return visible_groups(member).select_related("cooperative").get(slug=slug)
    except Group.DoesNotExist:
        raise Http404 from None


def present_groups(member: Membership) -> QuerySet[GroupMembership]:
    """Return the groups in which the member is today."""
    return GroupMembership.objects.filter(member=member, left_on=None)


def can_create_groups(member: Membership) -> bool:
    """Say whether the member may create groups, and close and reopen any."""
    return member.may(Capability.MANAGE_GROUPS)


def can_coordinate(member: Membership, group: Group) -> bool:
    """Say whether the member coordinates this group, or all groups of the cooperative."""
    if member.cooperative_id != group.cooperative_id or member.left_on:
        return False
    return (
        member.may(Capability.MANAGE_GROUPS) or present_groups(member).filter(group=group, is_coordinator=True).exists()
    )


def coordinated_group(member: Membership, slug: str) -> Group:
    """Return a group that the member coordinates, or raise Http404."""
    group = visible_group(member, slug)
    if not can_coordinate(member, group):
        raise Http404
    return group


def present_member_of(group: Group, pk: int) -> GroupMembership:
    """Return who is in the group today, by the id of the member, or raise Http404."""
    try:
        return group.memberships.select_related("member__person").get(member=pk, left_on=None)
    except GroupMembership.DoesNotExist:
        raise Http404 from None


def members_of(group: Group, *, only_coordinators: bool = False) -> QuerySet[Membership]:
    """Return who is in the group today."""
    present = GroupMembership.objects.filter(group=group, left_on=None)
    if only_coordinators:
        present = present.filter(is_coordinator=True)
    return Membership.objects.filter(pk__in=present.values("member"), left_on=None)


def managers_of_groups(cooperative_id: int) -> QuerySet[Membership]:
    """Return the members who look after all groups of a cooperative."""
    roles = [role.value for role, capabilities in CAPABILITIES.items() if Capability.MANAGE_GROUPS in capabilities]
    return Membership.objects.filter(cooperative=cooperative_id, left_on=None, role_grants__role__in=roles).distinct()


def searchable_groups(member: Membership) -> QuerySet[Group]:
    """Return the groups that a search may find."""
    return visible_groups(member).filter(closed_on=None)
