"""What the page of notifications shows."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q

from surelle.commons.members.models import Membership

from .access import own_notifications
from .models import DigestChoice, Notification, Rhythm

A_PAGE = 25
FILTERS = ("all", "new", "waiting")


@dataclass
class NotificationsPage:
    """One page of what a member was told; `counts` by filter."""

    page: "Page[Notification]"
    shown: str
    counts: dict[str, int]
    rhythm: str

    @property
    def is_all(self) -> bool:
        return self.shown == "all"

    @property
    def is_new(self) -> bool:
        return self.shown == "new"

    @property
    def is_waiting(self) -> bool:
        return self.shown == "waiting"


def notifications_page(member: Membership, shown: str, number: str | int) -> NotificationsPage:
    """Return what the member was told, new things first; `shown` is one of FILTERS."""
    shown = shown if shown in FILTERS else "all"
    rows = own_notifications(member)
    counts = rows.aggregate(
        all=Count("pk"),
        new=Count("pk", filter=Q(read_at=None)),
        waiting=Count("pk", filter=Q(read_at=None, asks_for_act=True)),
    )
    if shown != "all":
        rows = rows.filter(read_at=None)
    if shown == "waiting":
        rows = rows.filter(asks_for_act=True)
    rows = rows.order_by(F("read_at").asc(nulls_first=True), "-told_at", "-pk") if shown == "all" else rows
    rhythm = DigestChoice.objects.filter(member=member).values_list("rhythm", flat=True).first()
    return NotificationsPage(
        page=Paginator(rows, A_PAGE).get_page(number), shown=shown, counts=counts, rhythm=rhythm or Rhythm.DAILY.value
    )


def waiting_for(member: Membership, many: int = 6) -> list[Notification]:
    """Return the newest things that ask the member for an act."""
    return list(own_notifications(member).filter(read_at=None, asks_for_act=True)[:many])
