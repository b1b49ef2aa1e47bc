"""To open the books of a cooperative: its chart of accounts, its journals, the first link of its chain."""

from django.db import transaction

from surelle.commons.audit.actions import record
from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.members.models import Membership
from surelle.kernel.legal import legal_data

from ..models import Account, ChainHead, Journal
from ..rules import GENESIS


@transaction.atomic
def open_books(*, cooperative: Cooperative, member: Membership | None) -> ChainHead:
    """Give a cooperative the accounts and journals of the chart; what it already has stays as it is."""
    data = legal_data("chart_of_accounts")
    Account.objects.bulk_create(
        [
            Account(
                cooperative=cooperative,
                number=str(row["number"]),
                name=row["name"],
                takes_auxiliary=row.get("by") == "third party",
            )
            for row in data["accounts"]
        ],
        ignore_conflicts=True,
    )
    Journal.objects.bulk_create(
        [Journal(cooperative=cooperative, code=code, name=name) for code, name in data["journals"].items()],
        ignore_conflicts=True,
    )
    head, is_new = ChainHead.objects.get_or_create(cooperative=cooperative, defaults={"hash": GENESIS})
    if is_new:
        record(member=member, verb="open_books", about=head)
    return head
