"""What the pages of groups show."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surelle.commons.members.models import Membership, Person
from surelle.commons.members.rules import Panel, PersonalData
from surelle.commons.search.queries import Face, matching_ids

from .access import can_coordinate, present_groups, visible_groups
from .models import Group, GroupKind, GroupMembership

A_PAGE = 48
MEMBERS_A_PAGE = 50

KINDS_IN_PLURAL = {
    GroupKind.WORKING_GROUP: gettext_lazy("Groupes de travail"),
    GroupKind.LOCAL_GROUP: gettext_lazy("Groupes locaux"),
    GroupKind.TRADE_GROUP: gettext_lazy("Groupes métiers"),
    GroupKind.COLLECTIVE: gettext_lazy("Collectifs"),
    GroupKind.EXTERNAL_NETWORK: gettext_lazy("Réseaux extérieurs"),
}
KIND_PLACES = {kind.value: number for number, kind in enumerate(GroupKind)}


@dataclass(frozen=True)
class GroupFilters:
    """What the list of groups is asked for."""

    words: str = ""
    kind: str = ""
    is_mine: bool = False
    is_closed: bool = False

    @property
    def is_active(self) -> bool:
        return bool(self.words or self.kind or self.is_mine or self.is_closed)


@dataclass
class Shelf:
    """The groups of one kind on a page."""

    kind: str
    title: str
    groups: list[Group] = field(default_factory=list)


@dataclass
class GroupsPage:
    """The list of groups: `shelves` are the page's groups by kind, each with `count`, `is_mine` and `coordinators`."""

    page: "Page[Group]"
    shelves: list[Shelf]
    count: int


def with_people(groups: QuerySet[Group], member: Membership) -> QuerySet[Any]:
    """Return the groups, each with how many are in it, whether `member` is, and who coordinates."""
    present = GroupMembership.objects.filter(group=OuterRef("pk"), left_on=None)
    return groups.annotate(
        members_count=Count("memberships", filter=Q(memberships__left_on=None)),
        is_mine=Exists(present.filter(member=member)),
        is_mine_to_run=Exists(present.filter(member=member, is_coordinator=True)),
    ).prefetch_related(
        Prefetch(
            "memberships",
            GroupMembership.objects.filter(left_on=None, is_coordinator=True)
            .select_related("member__person")
            .order_by("member__person__last_name", "pk"),
            to_attr="coordinators",
        )
    )


def groups_page(member: Membership, filters: GroupFilters, number: str | int) -> GroupsPage:
    """Return the groups of the cooperative, by kind."""
    groups = with_people(visible_groups(member), member)
    groups = groups.filter(closed_on=None) if not filters.is_closed else groups.exclude(closed_on=None)
    if filters.kind in GroupKind.values:
        groups = groups.filter(kind=filters.kind)
    if filters.is_mine:
        groups = groups.filter(is_mine=True)
    if filters.words:
        found = matching_ids(member, "group", filters.words)
        groups = groups.filter(Q(pk__in=found) | Q(name__icontains=filters.words))
    groups = groups.order_by(kind_order(), "name", "pk")
    page = Paginator(groups, A_PAGE).get_page(number)
    shelves: dict[str, Shelf] = {}
    for group in page:
        shelf = shelves.setdefault(group.kind, Shelf(group.kind, str(KINDS_IN_PLURAL[GroupKind(group.kind)])))
        shelf.groups.append(group)
    return GroupsPage(page=page, shelves=list(shelves.values()), count=page.paginator.count)


def kind_order() -> Case:
    """Return the order in which kinds are shown: that of GroupKind."""
    return Case(*[When(kind=kind, then=place) for kind, place in KIND_PLACES.items()], output_field=IntegerField())


@dataclass
class GroupPage:
    """A group: its coordinators, a page of its other members, and what the reader may do here."""

    coordinators: list[GroupMembership]
    page: "Page[GroupMembership]"
    members_count: int
    own: GroupMembership | None
    may_run: bool
    may_join: bool

    @property
    def is_last_coordinator(self) -> bool:
        """Say whether the group would have no coordinator if the reader left."""
        return bool(self.own and self.own.is_coordinator and len(self.coordinators) == 1)


def group_page(member: Membership, group: Group, number: str | int) -> GroupPage:
    """Return what the page of a group shows."""
    present = (
        GroupMembership.objects.filter(group=group, left_on=None)
        .select_related("member__person", "member__branch")
        .order_by("member__person__last_name", "member__person__first_name", "pk")
    )
    coordinators = list(present.filter(is_coordinator=True))
    page = Paginator(present.filter(is_coordinator=False), MEMBERS_A_PAGE).get_page(number)
    own = present_groups(member).filter(group=group).first()
    may_run = can_coordinate(member, group)
    return GroupPage(
        coordinators=coordinators,
        page=page,
        members_count=len(coordinators) + page.paginator.count,
        own=own,
        may_run=may_run,
        may_join=own is None and group.closed_on is None and (group.is_open or may_run),
    )


def members_outside(member: Membership, group: Group) -> QuerySet[Membership]:
    """Return the members of the cooperative who are not in the group, by name."""
    inside = GroupMembership.objects.filter(group=group, left_on=None).values("member")
    return (
        Membership.objects.filter(cooperative=member.cooperative_id, left_on=None)
        .exclude(pk__in=inside)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )


def present_members(member: Membership) -> QuerySet[Membership]:
    """Return the members of the cooperative, by name: who may be asked to coordinate a new group."""
    return (
        Membership.objects.filter(cooperative=member.cooperative_id, left_on=None)
        .select_related("person")
        .order_by("person__last_name", "person__first_name", "pk")
    )


def own_groups(member: Membership) -> list[Group]:
    """Return the open groups the member is in, those they coordinate first."""
    groups = with_people(visible_groups(member).filter(closed_on=None), member).filter(is_mine=True)
    return list(groups.order_by("-is_mine_to_run", "name", "pk"))


def group_faces(allowed: QuerySet[Group]) -> dict[int, Face]:
    """Return how groups show themselves among what a search found."""
    return {
        group.pk: Face(
            title=group.name,
            path=reverse("groups:group", args=[group.cooperative.slug, group.slug]),
            text=group.purpose,
            detail=str(group.get_kind_display()),
        )
        for group in allowed.select_related("cooperative")
    }


def member_panel(*, reader: Membership, of: Membership) -> Panel:
    """Return the open groups of a member, as their page shows them."""
    rows = present_groups(of).filter(group__closed_on=None, cooperative=reader.cooperative_id)
    return Panel(
        title=str(_("Groupes")),
        rows=[
            (
                row.group.name,
                reverse("groups:group", args=[row.cooperative.slug, row.group.slug]),
                str(_("anime le groupe")) if row.is_coordinator else str(row.group.get_kind_display()),
            )
            for row in rows.select_related("group", "cooperative").order_by("group__name", "pk")
        ],
        empty=str(_("Dans aucun groupe pour l’instant.")),
    )


def personal_data(*, person: Person) -> list[PersonalData]:
    """Return in which groups a person is and was."""
    rows = (
        GroupMembership.objects.filter(member__person=person)
        .select_related("group", "cooperative")
        .order_by(F("left_on").desc(nulls_first=True), "-joined_on", "pk")
    )
    records: list[dict[str, Any]] = [
        {
            "coopérative": row.cooperative.name,
            "groupe": row.group.name,
            "sorte": str(row.group.get_kind_display()),
            "anime le groupe": row.is_coordinator,
            "depuis": row.joined_on.isoformat(),
            "jusqu’au": row.left_on.isoformat() if row.left_on else None,
        }
        for row in rows
    ]
    return [PersonalData(title="Groupes", records=records)] if records else []
