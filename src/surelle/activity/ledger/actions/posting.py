"""To post: the one way by which anything comes into the books."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from surelle.commons.audit.actions import record
from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.members.models import Membership
from surelle.kernel.periods import Month

from ..models import Account, AuxiliaryAccount, Balance, ChainHead, Entry, FiscalYear, Journal, Line
from ..rules import NewLine, RefusedEntry, SealedEntry, check_lines, mirrored


class PeriodClosed(RefusedEntry):
    """The day of the entry lies in no fiscal year, or in a period that is closed."""


class UnknownAccount(RefusedEntry):
    """A line names an account, or a third party, that the chart does not hold."""


class UnknownJournal(RefusedEntry):
    """The entry names a journal that the books do not hold."""


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """An entry to post. `piece` is what it rests on: the number of an invoice, a statement, a payslip."""

    journal: str
    dated_on: date
    piece: str
    label: str
    lines: Sequence[NewLine]
    piece_on: date | None = None
    reverses: Entry | None = field(default=None)


def post_entry(*, cooperative: Cooperative, member: Membership | None, entry: NewEntry) -> Entry:
    """Post one entry and return it; see `post_entries`."""
    return post_entries(cooperative=cooperative, member=member, entries=[entry])[0]


@transaction.atomic
def post_entries(*, cooperative: Cooperative, member: Membership | None, entries: Iterable[NewEntry]) -> list[Entry]:
    """Number, seal and write entries in the order given, all or none; balances follow in the same transaction.

    Raise MalformedLine, UnbalancedEntry, PeriodClosed, UnknownAccount or UnknownJournal. The number of queries does not
    grow with the number of entries.
    """
    wanted = list(entries)
    for new in wanted:
        check_lines(new.lines)
    head = lock_chain(cooperative)
    years = list(FiscalYear.objects.filter(cooperative=cooperative))
    journals = {j.code: j for j in Journal.objects.filter(cooperative=cooperative)}
    accounts, auxiliaries = known_accounts(cooperative, wanted)
    posted = []
    for new in wanted:
        year = year_of(years, new.dated_on)
        if new.journal not in journals:
            raise UnknownJournal("unknown_journal", journal=new.journal)
        year.last_number += 1
        head.sequence += 1
        sealed = SealedEntry(
            sequence=head.sequence,
            year_starts_on=year.starts_on,
            number=year.last_number,
            journal=new.journal,
            dated_on=new.dated_on,
            piece=new.piece,
            piece_on=new.piece_on or new.dated_on,
            label=new.label,
            lines=tuple(new.lines),
        )
        head.hash = sealed.hash_after(head.hash)
        posted.append(
            Entry(
                cooperative=cooperative,
                sequence=sealed.sequence,
                fiscal_year=year,
                number=sealed.number,
                journal=journals[new.journal],
                dated_on=sealed.dated_on,
                piece=sealed.piece,
                piece_on=sealed.piece_on,
                label=sealed.label,
                reverses=new.reverses,
                posted_by=member,
                hash=head.hash,
            )
        )
    Entry.objects.bulk_create(posted)
    lines = [
        Line(
            cooperative=cooperative,
            entry=entry,
            position=position,
            account=accounts[line.account],
            auxiliary=auxiliaries[line.auxiliary] if line.auxiliary else None,
            analytic_code=line.analytic_code,
            dated_on=entry.dated_on,
            label=line.label,
            debit_cents=line.debit,
            credit_cents=line.credit,
        )
        for entry, new in zip(posted, wanted, strict=True)
        for position, line in enumerate(new.lines, start=1)
    ]
    Line.objects.bulk_create(lines)
    FiscalYear.objects.bulk_update({entry.fiscal_year for entry in posted}, ["last_number"])
    head.save(update_fields=["sequence", "hash"])
    add_to_balances(cooperative, lines)
    return posted


@transaction.atomic
def reverse_entry(*, member: Membership | None, entry: Entry, dated_on: date, label: str) -> Entry:
    """Undo a posted entry by its mirror, dated in an open period; raise what `post_entries` raises.

    An entry is reversed once: the second time raises RefusedEntry `already_reversed`.
    """
    if Entry.objects.filter(reverses=entry).exists():
        raise RefusedEntry("already_reversed", number=entry.number)
    lines = entry.lines.select_related("account", "auxiliary").order_by("position")
    mirror = mirrored(
        [
            NewLine(
                account=line.account.number,
                auxiliary=line.auxiliary.code if line.auxiliary else "",
                analytic_code=line.analytic_code,
                debit=line.debit_cents,
                credit=line.credit_cents,
                label=line.label,
            )
            for line in lines
        ]
    )
    reversal = post_entry(
        cooperative=entry.cooperative,
        member=member,
        entry=NewEntry(
            journal=entry.journal.code,
            dated_on=dated_on,
            piece=entry.piece,
            piece_on=entry.piece_on,
            label=label,
            lines=mirror,
            reverses=entry,
        ),
    )
    record(member=member, verb="reverse_entry", about=reversal, label=f"{entry.number}")
    return reversal


def lock_chain(cooperative: Cooperative) -> ChainHead:
    """Return the head of the chain, held until the end of the transaction: entries are posted one after the other.

    On SQLite the whole transaction holds the database (`transaction_mode: IMMEDIATE`), and this is a plain read.
    """
    try:
        return ChainHead.objects.select_for_update().get(cooperative=cooperative)
    except ChainHead.DoesNotExist:
        raise UnknownJournal("no_books", cooperative=cooperative.name) from None


def year_of(years: Sequence[FiscalYear], day: date) -> FiscalYear:
    """Return the open year that holds `day`, or raise PeriodClosed."""
    for year in years:
        if year.starts_on <= day <= year.ends_on:
            if year.closed_through and day <= year.closed_through:
                raise PeriodClosed("period_closed", day=day, closed_through=year.closed_through)
            return year
    raise PeriodClosed("no_fiscal_year", day=day)


def known_accounts(
    cooperative: Cooperative, entries: Sequence[NewEntry]
) -> tuple[dict[str, Account], dict[str, AuxiliaryAccount]]:
    """Return the accounts and third parties that these entries name, or raise UnknownAccount for the first missing."""
    numbers = {line.account for new in entries for line in new.lines}
    codes = {line.auxiliary for new in entries for line in new.lines if line.auxiliary}
    accounts = {a.number: a for a in Account.objects.filter(cooperative=cooperative, number__in=numbers)}
    auxiliaries = (
        {a.code: a for a in AuxiliaryAccount.objects.filter(cooperative=cooperative, code__in=codes)} if codes else {}
    )
    for missing in sorted(numbers - accounts.keys()) + sorted(codes - auxiliaries.keys()):
        raise UnknownAccount("unknown_account", account=missing)
    for new in entries:
        for line in new.lines:
            account = accounts[line.account]
            if account.takes_auxiliary != bool(line.auxiliary):
                raise UnknownAccount(
                    "auxiliary_wanted" if account.takes_auxiliary else "no_auxiliary", account=line.account
                )
            if line.auxiliary and auxiliaries[line.auxiliary].account_id != account.pk:
                raise UnknownAccount("auxiliary_elsewhere", account=line.account, auxiliary=line.auxiliary)
    return accounts, auxiliaries


def add_to_balances(cooperative: Cooperative, lines: Sequence[Line]) -> None:
    """Add lines to the balances of their account, activity and month, in one statement."""
    sums: dict[tuple[int, date, int, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        key = (line.entry.fiscal_year_id, Month.of(line.dated_on).first_day, line.account_id, line.analytic_code)
        sums[key][0] += line.debit_cents
        sums[key][1] += line.credit_cents
    table = connection.ops.quote_name(Balance._meta.db_table)
    # Sorted, so that two transactions never wait for each other's rows.
    rows: list[tuple[int | str | date, ...]] = [
        (cooperative.pk, *key, *amounts) for key, amounts in sorted(sums.items())
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (cooperative_id, fiscal_year_id, month_on, account_id, analytic_code, debit_cents,"  # noqa: S608
            " credit_cents) VALUES (%s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (fiscal_year_id, month_on, account_id, analytic_code) DO UPDATE SET"
            f" debit_cents = {table}.debit_cents + excluded.debit_cents,"
            f" credit_cents = {table}.credit_cents + excluded.credit_cents",
            rows,
        )
