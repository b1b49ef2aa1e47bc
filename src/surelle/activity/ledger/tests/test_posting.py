"""Posting: what comes into the books is whole, numbered, sealed, and refused when it must be."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from surelle.activity.ledger.actions import (
    NewEntry,
    PeriodClosed,
    UnknownAccount,
    UnknownJournal,
    close_period,
    post_entries,
    post_entry,
    reverse_entry,
)
from surelle.activity.ledger.models import Balance, Entry, Line
from surelle.activity.ledger.queries import prove, trial_balance
from surelle.activity.ledger.rules import MalformedLine, NewLine, RefusedEntry, UnbalancedEntry
from surelle.commons.cooperatives.models import Cooperative

from .factories import Books, open_books_of, sale

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)


@pytest.fixture
def books() -> Books:
    return open_books_of(Cooperative.objects.create(name="Trois Feuilles", slug="trois-feuilles"))


def test_entries_are_numbered_from_one_and_balances_follow(books: Books) -> None:
    books.sale(cents=100_00)
    books.sale(cents=50_00, code="ACT2")
    assert list(Entry.objects.values_list("number", "sequence")) == [(1, 1), (2, 2)]
    together = {b.number: b.balance for b in trial_balance(books.cooperative, DAY, DAY)}
    assert together == {"411000": 150_00, "706000": -150_00}
    alone = {b.number: b.balance for b in trial_balance(books.cooperative, DAY, DAY, "ACT2")}
    assert alone == {"411000": 50_00, "706000": -50_00}
    assert prove(books.cooperative).holds


def lines(**change: object) -> list[NewLine]:
    first = {"account": "411000", "auxiliary": "C1", "debit": 100} | change
    return [NewLine(**first), NewLine(account="706000", credit=100)]  # type: ignore[arg-type]


def new(lines: list[NewLine], *, journal: str = "VE", on: date = DAY) -> NewEntry:
    return NewEntry(journal=journal, dated_on=on, piece="F-1", label="Facture", lines=lines)


@pytest.mark.parametrize(
    ("entry", "error", "code"),
    [
        (new(lines(debit=99)), UnbalancedEntry, "unbalanced"),
        (new([]), UnbalancedEntry, "unbalanced"),
        (new(lines(credit=100)), MalformedLine, "one_amount"),
        (new(lines(debit=-100)), MalformedLine, "one_amount"),
        (new(lines(debit=10**16)), MalformedLine, "too_large"),
        (new(lines(account="9")), UnknownAccount, "unknown_account"),
        (new(lines(auxiliary="")), UnknownAccount, "auxiliary_wanted"),
        (new(lines(account="512000")), UnknownAccount, "no_auxiliary"),
        (new(lines(), journal="ZZ"), UnknownJournal, "unknown_journal"),
        (new(lines(), on=date(2025, 12, 31)), PeriodClosed, "no_fiscal_year"),
    ],
)
def test_what_the_books_refuse(books: Books, entry: NewEntry, error: type[RefusedEntry], code: str) -> None:
    with pytest.raises(error) as refusal:
        post_entry(cooperative=books.cooperative, member=None, entry=entry)
    assert refusal.value.code == code
    assert not Entry.objects.exists()
    assert not Balance.objects.exists()


def test_a_batch_is_all_or_nothing(books: Books) -> None:
    with pytest.raises(UnbalancedEntry):
        post_entries(
            cooperative=books.cooperative,
            member=None,
            entries=[sale(DAY, 100), new(lines(debit=1))],
        )
    assert not Line.objects.exists()
    assert books.sale().number == 1


def test_nothing_comes_into_a_closed_period(books: Books) -> None:
    close_period(member=None, year=books.year, through=date(2026, 3, 31))
    with pytest.raises(PeriodClosed):
        books.sale(on=date(2026, 3, 31))
    assert books.sale(on=date(2026, 4, 1)).number == 1


def test_a_reversal_mirrors_and_happens_once(books: Books) -> None:
    entry = books.sale()
    reversal = reverse_entry(member=None, entry=entry, dated_on=date(2026, 4, 2), label="Annulation")
    assert reversal.reverses == entry
    assert all(b.balance == 0 for b in trial_balance(books.cooperative, DAY, date(2026, 4, 30)))
    with pytest.raises(RefusedEntry, match="already_reversed"):
        reverse_entry(member=None, entry=entry, dated_on=date(2026, 4, 2), label="Annulation")
    assert prove(books.cooperative).holds


@pytest.mark.parametrize("act", ["update", "delete", "update_line", "delete_line"])
def test_the_database_itself_refuses_to_change_what_is_posted(books: Books, act: str) -> None:
    entry = books.sale()
    acts = {
        "update": lambda: Entry.objects.filter(pk=entry.pk).update(label="Autre"),
        "delete": lambda: Entry.objects.filter(pk=entry.pk)._raw_delete("default"),
        "update_line": lambda: Line.objects.filter(entry=entry).update(debit_cents=1),
        "delete_line": lambda: Line.objects.filter(entry=entry)._raw_delete("default"),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        acts[act]()
    assert prove(books.cooperative).holds


def test_the_number_of_queries_does_not_grow_with_the_entries(books: Books) -> None:
    counts = []
    for many in (2, 20):
        with CaptureQueriesContext(connection) as captured:
            post_entries(cooperative=books.cooperative, member=None, entries=[sale(DAY, 100)] * many)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12
