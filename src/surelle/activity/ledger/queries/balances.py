"""Balances, read from what is kept up to date with each posting: never from the lines."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from surelle.commons.cooperatives.models import Cooperative

from ..models import Balance


@dataclass(frozen=True)
class AccountBalance:
    """What an account adds up to, in cents; `balance` is debit less credit."""

    number: str
    name: str
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        return self.debit - self.credit


def trial_balance(
    cooperative: Cooperative, first: date, last: date, analytic_code: str | None = None
) -> list[AccountBalance]:
    """Return the balance of every account that moved in the months from `first` to `last`, by number.

    `analytic_code` narrows it to an activity ("" is the cooperative itself); None is all together.
    """
    rows = Balance.objects.filter(cooperative=cooperative, month_on__gte=first.replace(day=1), month_on__lte=last)
    if analytic_code is not None:
        rows = rows.filter(analytic_code=analytic_code)
    sums = (
        rows.values(number=F("account__number"), name=F("account__name"))
        .annotate(debit=Sum("debit_cents"), credit=Sum("credit_cents"))
        .order_by("number")
    )
    return [AccountBalance(**row) for row in sums]
