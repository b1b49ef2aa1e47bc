"""The proof names what was tampered with, even when the database let it happen."""

from datetime import date

import pytest

from surelle.activity.ledger.models import Balance, ChainHead, Entry, Line
from surelle.activity.ledger.queries import prove
from surelle.commons.cooperatives.access import restoring
from surelle.commons.cooperatives.models import Cooperative

from .factories import Books, open_books_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def books() -> Books:
    books = open_books_of(Cooperative.objects.create(name="Trois Feuilles", slug="trois-feuilles"))
    for day in range(1, 6):
        books.sale(on=date(2026, 3, day), cents=day * 100)
    return books


def test_untouched_books_hold(books: Books) -> None:
    proof = prove(books.cooperative)
    assert (proof.holds, proof.entries, proof.lines) == (True, 5, 10)


def test_a_lost_entry_is_named(books: Books) -> None:
    with restoring():
        lost = Entry.objects.get(sequence=3)
        Line.objects.filter(entry=lost)._raw_delete("default")
        Entry.objects.filter(pk=lost.pk)._raw_delete("default")
    first = prove(books.cooperative).findings[0]
    assert (first.code, first.sequence, first.facts) == ("sequence_has_a_hole", 4, {"expected": 3})


def test_an_end_cut_off_is_named(books: Books) -> None:
    with restoring():
        lost = Entry.objects.get(sequence=5)
        Line.objects.filter(entry=lost)._raw_delete("default")
        Entry.objects.filter(pk=lost.pk)._raw_delete("default")
    assert "chain_cut" in [f.code for f in prove(books.cooperative).findings]


def test_an_entry_put_in_place_of_another_is_named(books: Books) -> None:
    with restoring():
        entry = Entry.objects.get(sequence=2)
        lines = list(Line.objects.filter(entry=entry))
        Line.objects.filter(entry=entry)._raw_delete("default")
        for line in lines:
            line.pk, line.debit_cents, line.credit_cents = None, line.debit_cents and 999, line.credit_cents and 999
        Line.objects.bulk_create(lines)
    found = prove(books.cooperative).findings
    assert (found[0].code, found[0].sequence) == ("broken_link", 2)
    assert "balance_differs" in [f.code for f in found]


def test_a_kept_balance_that_drifts_is_named(books: Books) -> None:
    Balance.objects.filter(debit_cents__gt=0).update(debit_cents=1)
    assert [f.code for f in prove(books.cooperative).findings] == ["balance_differs"]


def test_a_head_that_was_moved_is_named(books: Books) -> None:
    ChainHead.objects.update(sequence=9)
    assert [f.code for f in prove(books.cooperative).findings] == ["chain_cut"]
