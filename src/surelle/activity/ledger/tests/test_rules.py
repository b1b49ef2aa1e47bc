"""Rules of the books, by tables and properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surelle.activity.ledger.rules import (
    GENESIS,
    NewLine,
    RefusedEntry,
    SealedEntry,
    check_lines,
    letters_after,
    mirrored,
)

amounts = st.integers(1, 10**12)


@pytest.mark.parametrize(
    ("code", "following"), [("", "AAA"), ("AAA", "AAB"), ("AAZ", "ABA"), ("ZZZ", "AAAA"), ("AZZZ", "BAAA")]
)
def test_letters_follow_each_other(code: str, following: str) -> None:
    assert letters_after(code) == following


@given(st.lists(amounts, min_size=1, max_size=8), st.integers(-3, 3))
def test_only_what_balances_is_an_entry(debits: list[int], difference: int) -> None:
    credit = sum(debits) + difference
    lines = [NewLine(account="411000", debit=amount) for amount in debits] + [NewLine(account="706000", credit=credit)]
    if difference == 0:
        check_lines(lines)
        check_lines(mirrored(lines))
        assert mirrored(mirrored(lines)) == lines
    else:
        with pytest.raises(RefusedEntry):
            check_lines(lines)


@given(amounts, amounts, st.text(max_size=10), st.text(max_size=10))
def test_another_content_has_another_hash(a: int, b: int, label: str, other: str) -> None:
    def sealed(cents: int, words: str) -> str:
        return SealedEntry(
            sequence=1,
            year_starts_on=date(2026, 1, 1),
            number=1,
            journal="VE",
            dated_on=date(2026, 3, 1),
            piece="F-1",
            piece_on=date(2026, 3, 1),
            label=words,
            lines=(NewLine(account="411000", debit=cents), NewLine(account="706000", credit=cents)),
        ).hash_after(GENESIS)

    assert (sealed(a, label) == sealed(b, other)) == (a == b and label == other)
