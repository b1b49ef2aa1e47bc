"""The doors to groups."""

from django.db.models import QuerySet
from django.http import Http404

from surelle.commons.members.models import Membership
from surelle.commons.members.rules import Capability

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


def can_coordinate(member: Membership, group: Group) -> bool:
    """Say whether the member coordinates this group, or all groups of the cooperative."""
    if member.cooperative_id != group.cooperative_id or member.left_on:
        return False
    return (
        member.may(Capability.MANAGE_GROUPS) or present_groups(member).filter(group=group, is_coordinator=True).exists()
    )


def searchable_groups(member: Membership) -> QuerySet[Group]:
    """Return the groups that a search may find."""
    return visible_groups(member).filter(closed_on=None)
