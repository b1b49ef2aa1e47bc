"""Months: whole, in order, and short ones too."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surelle.kernel.periods import Month, months_after, months_between

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(days, days)
def test_months_between_two_days_follow_each_other(a: date, b: date) -> None:
    first, last = min(a, b), max(a, b)
    months = list(months_between(first, last))
    assert months[0].first_day <= first <= months[0].last_day
    assert months[-1].first_day <= last <= months[-1].last_day
    assert all(one.next == two for one, two in pairwise(months))


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 23), 14, date(2028, 1, 23)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_a_day_some_months_later(day: date, count: int, later: date) -> None:
    assert months_after(day, count) == later


def test_a_month_is_written_as_iso_does() -> None:
    assert str(Month(2026, 3)) == "2026-03"
