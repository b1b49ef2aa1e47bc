"""Matching: lines that settle each other, and nothing else."""

from datetime import date

import pytest

from surelle.activity.ledger.actions import NewEntry, match_lines, post_entry, unmatch
from surelle.activity.ledger.actions.matching import UnmatchableLines
from surelle.activity.ledger.models import Line
from surelle.activity.ledger.rules import NewLine
from surelle.commons.cooperatives.models import Cooperative

from .factories import Books, open_books_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 2)


@pytest.fixture
def books() -> Books:
    return open_books_of(Cooperative.objects.create(name="Trois Feuilles", slug="trois-feuilles"))


def paid(books: Books, cents: int, customer: str = "C1") -> Line:
    entry = post_entry(
        cooperative=books.cooperative,
        member=None,
        entry=NewEntry(
            journal="BQ",
            dated_on=DAY,
            piece="R-1",
            label="Règlement",
            lines=[
                NewLine(account="512000", debit=cents),
                NewLine(account="411000", auxiliary=customer, credit=cents),
            ],
        ),
    )
    return entry.lines.get(position=2)


def test_an_invoice_and_its_payments_match_and_can_be_unmatched(books: Books) -> None:
    due = books.sale(cents=300).lines.get(position=1)
    lines = [due, paid(books, 100), paid(books, 200)]
    matching = match_lines(member=None, lines=lines, matched_on=DAY)
    assert matching.code == "AAA"
    with pytest.raises(UnmatchableLines, match="already_matched"):
        match_lines(member=None, lines=lines, matched_on=DAY)
    unmatch(member=None, matching=matching)
    assert match_lines(member=None, lines=lines, matched_on=DAY).code == "AAB"


def test_lines_that_do_not_settle_each_other_are_refused(books: Books) -> None:
    due = books.sale(cents=300).lines.get(position=1)
    with pytest.raises(UnmatchableLines, match="unsettled"):
        match_lines(member=None, lines=[due, paid(books, 100)], matched_on=DAY)
    with pytest.raises(UnmatchableLines, match="one_account"):
        match_lines(member=None, lines=[due, paid(books, 300, "C2")], matched_on=DAY)
    with pytest.raises(UnmatchableLines, match="one_account"):
        match_lines(member=None, lines=[due, due], matched_on=DAY)
