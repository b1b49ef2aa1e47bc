"""Books to test with: open, with two years and two customers."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from surelle.activity.ledger.actions import NewEntry, match_lines, open_books, open_fiscal_year, post_entry
from surelle.activity.ledger.models import Account, AuxiliaryAccount, Entry, FiscalYear
from surelle.activity.ledger.rules import NewLine, mirrored
from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.members.models import Membership


@dataclass
class Books:
    """The open books of a cooperative."""

    cooperative: Cooperative
    member: Membership | None
    year: FiscalYear

    def sale(
        self, *, on: date = date(2026, 3, 12), cents: int = 100_00, code: str = "ACT1", customer: str = "C1"
    ) -> Entry:
        """Post a sale of `cents` without VAT."""
        return post_entry(cooperative=self.cooperative, member=self.member, entry=sale(on, cents, code, customer))

    def refund(self) -> Entry:
        """Post what takes a sale of the default amount back."""
        one = sale(date(2026, 3, 12), 100_00)
        return post_entry(
            cooperative=self.cooperative, member=self.member, entry=replace(one, lines=mirrored(one.lines))
        )


def sale(on: date, cents: int, code: str = "ACT1", customer: str = "C1") -> NewEntry:
    return NewEntry(
        journal="VE",
        dated_on=on,
        piece="F-1",
        label="Facture",
        lines=[
            NewLine(account="411000", auxiliary=customer, debit=cents, analytic_code=code),
            NewLine(account="706000", credit=cents, analytic_code=code),
        ],
    )


def furnish(world: Any) -> None:
    """Give both cooperatives of the world books with a matched sale, so that walls have something to hide."""
    for cooperative, member in ((world.cooperative, world.dora), (world.other_cooperative, world.charlie)):
        books = open_books_of(cooperative, member)
        lines = [books.sale().lines.get(position=1), books.refund().lines.get(position=1)]
        match_lines(member=member, lines=lines, matched_on=date(2026, 3, 12))


def open_books_of(cooperative: Cooperative, member: Membership | None = None) -> Books:
    open_books(cooperative=cooperative, member=member)
    year = open_fiscal_year(
        cooperative=cooperative, member=member, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    customers = Account.objects.get(cooperative=cooperative, number="411000")
    for code in ("C1", "C2"):
        AuxiliaryAccount.objects.create(cooperative=cooperative, code=code, name=f"Cliente {code}", account=customers)
    return Books(cooperative, member, year)
