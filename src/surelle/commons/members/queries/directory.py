"""The directory: everybody in the cooperative, found without accents, sorted as people sort names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from surelle.commons.cooperatives.models import Branch

from ..access import visible_members
from ..models import ROLE_NAMES, STATUS_NAMES, Membership, RoleGrant, StatusPeriod
from ..rules import Capability, Role, Status, fold

PAGE_SIZE = 50
SORTS = ("name", "number", "branch", "status", "joined")


@dataclass(frozen=True, kw_only=True)
class DirectoryFilters:
    """What to show: an empty value does not filter. `sort` is one of SORTS, with a minus sign in front: downwards."""

    words: str = ""
    branch: int | None = None
    status: str = ""
    role: str = ""
    sort: str = "name"

    @property
    def is_active(self) -> bool:
        return bool(self.words or self.branch or self.status or self.role)


@dataclass(frozen=True, kw_only=True)
class DirectoryRow:
    """One member, as the directory and its exports show them."""

    pk: int
    first_name: str
    last_name: str
    email: str
    number: int | None
    trade: str
    branch: str
    status: str
    status_since: date | None
    joined_on: date
    left_on: date | None
    roles: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def status_name(self) -> str:
        return str(STATUS_NAMES[Status(self.status)]) if self.status else ""

    @property
    def role_names(self) -> list[str]:
        return [str(ROLE_NAMES[Role(role)]) for role in self.roles]

    def matches(self, words: Iterable[str]) -> bool:
        """Say whether each of these folded words begins or stands in something of this member."""
        text = fold(" ".join((self.name, self.email, self.trade, self.branch, str(self.number or ""))))
        return all(word in text for word in words)


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The page of the directory: everybody found, the `page` of them to show, and how many there are in all."""

    rows: list[DirectoryRow]
    page: Page[DirectoryRow]
    members_count: int


def branches_of(member: Membership) -> list[Branch]:
    """Return the branches of the member's cooperative."""
    return list(Branch.objects.filter(cooperative=member.cooperative_id))


def sort_key(row: DirectoryRow, by: str) -> tuple[object, ...]:
    name = (fold(row.last_name or row.first_name), fold(row.first_name), row.pk)
    order = list(Status)
    return {
        "name": name,
        "number": (row.number is None, row.number or 0, *name),
        "branch": (not row.branch, fold(row.branch), *name),
        "status": (order.index(Status(row.status)) if row.status else len(order), *name),
        "joined": (row.joined_on, *name),
    }[by]


def directory(*, member: Membership, filters: DirectoryFilters, page: str | int = 1) -> Directory:
    """Return the members that `member` may see, filtered, sorted and cut into pages; three queries for any number.

    Those who left are shown only to who manages members, and only by the filter on the status "left". A cooperative
    counts hundreds of members, so words are matched and names sorted here: no database folds accents as French wants.
    """
    with_left = filters.status == Status.LEFT and member.may(Capability.MANAGE_MEMBERS)
    members = visible_members(member).filter(person__closed_at=None, left_on__isnull=not with_left)
    if filters.branch:
        members = members.filter(branch=filters.branch)
    statuses = {
        period["membership"]: period
        for period in StatusPeriod.objects.filter(cooperative=member.cooperative_id, ends_on=None).values(
            "membership", "status", "starts_on"
        )
    }
    roles: dict[int, list[str]] = defaultdict(list)
    for membership, role in RoleGrant.objects.filter(cooperative=member.cooperative_id).values_list(
        "membership", "role"
    ):
        roles[membership].append(role)
    order = [role.value for role in Role]
    everybody = [
        DirectoryRow(
            pk=row["pk"],
            first_name=row["person__first_name"],
            last_name=row["person__last_name"],
            email=row["person__email"],
            number=row["number"],
            trade=row["trade"],
            branch=row["branch__name"] or "",
            status=statuses[row["pk"]]["status"] if row["pk"] in statuses else "",
            status_since=statuses[row["pk"]]["starts_on"] if row["pk"] in statuses else None,
            joined_on=row["joined_on"],
            left_on=row["left_on"],
            roles=() if row["left_on"] else tuple(sorted(roles[row["pk"]], key=order.index)),
        )
        for row in members.values(
            "pk",
            "person__first_name",
            "person__last_name",
            "person__email",
            "number",
            "trade",
            "branch__name",
            "joined_on",
            "left_on",
        )
    ]
    words = fold(filters.words).split()
    rows = [
        row
        for row in everybody
        if row.matches(words)
        and (not filters.status or row.status == filters.status or with_left)
        and (not filters.role or filters.role in row.roles)
    ]
    by = filters.sort.removeprefix("-")
    rows.sort(key=lambda row: sort_key(row, by if by in SORTS else "name"), reverse=filters.sort.startswith("-"))
    return Directory(
        rows=rows,
        page=Paginator(rows, PAGE_SIZE).get_page(page),
        members_count=len(everybody),
    )
