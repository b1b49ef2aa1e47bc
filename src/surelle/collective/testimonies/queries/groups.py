"""The groups in which a member may open a collection, and who coordinates them."""

from django.db.models import QuerySet

from surelle.collective.groups.access import present_groups, visible_groups
from surelle.collective.groups.models import Group, GroupMembership
from surelle.commons.members.models import Membership
from surelle.commons.members.rules import Capability

from ..models import Collection


def run_groups(member: Membership) -> QuerySet[Group]:
    """Return the open groups that the member coordinates; all of them for who may manage groups."""
    groups = visible_groups(member).filter(closed_on=None)
    if member.may(Capability.MANAGE_GROUPS):
        return groups.order_by("kind", "name")
    own = present_groups(member).filter(is_coordinator=True).values("group")
    return groups.filter(pk__in=own).order_by("kind", "name")


def coordinators_of(collection: Collection) -> list[Membership]:
    """Return the members who coordinate the collection's group today."""
    rows = GroupMembership.objects.filter(
        group=collection.group_id, is_coordinator=True, left_on=None, member__left_on=None
    )
    return [row.member for row in rows.select_related("member__person")]
