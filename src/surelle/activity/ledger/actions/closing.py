"""To open a fiscal year, and to close its periods."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from surelle.commons.audit.actions import record
from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.members.models import Membership

from ..models import FiscalYear
from ..rules import RefusedEntry
from .posting import lock_chain


class PeriodsOutOfOrder(RefusedEntry):
    """A year that overlaps another, or a closing that goes backwards or beyond its year."""


@transaction.atomic
def open_fiscal_year(
    *, cooperative: Cooperative, member: Membership | None, starts_on: date, ends_on: date
) -> FiscalYear:
    """Open a year for posting; raise PeriodsOutOfOrder when it overlaps another, or ends before it starts."""
    lock_chain(cooperative)
    overlapping = FiscalYear.objects.filter(cooperative=cooperative, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if ends_on <= starts_on or overlapping.exists():
        raise PeriodsOutOfOrder("years_overlap", starts_on=starts_on, ends_on=ends_on)
    year = FiscalYear.objects.create(cooperative=cooperative, starts_on=starts_on, ends_on=ends_on)
    record(member=member, verb="open_fiscal_year", about=year, label=str(year))
    return year


@transaction.atomic
def close_period(*, member: Membership | None, year: FiscalYear, through: date) -> FiscalYear:
    """Close everything up to `through`: nothing more is posted on or before that day. There is no way back.

    The chain is locked first, so that no entry slips in meanwhile. Raise PeriodsOutOfOrder when `through` lies outside
    the year or before what is closed already.
    """
    lock_chain(year.cooperative)
    year = FiscalYear.objects.select_for_update().get(pk=year.pk)
    if not year.starts_on <= through <= year.ends_on or (year.closed_through and through < year.closed_through):
        raise PeriodsOutOfOrder("closing_out_of_order", through=through, closed_through=year.closed_through)
    year.closed_through = through
    if through == year.ends_on:
        year.closed_at = timezone.now()
    year.save(update_fields=["closed_through", "closed_at"])
    record(member=member, verb="close_period", about=year, label=str(through))
    return year
