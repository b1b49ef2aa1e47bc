"""Money: to the cent, whatever one does with it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surelle.kernel.money import LARGEST, AmountTooLarge, in_euros, percentage_of, round_cents, split, to_cents

amounts = st.integers(-(10**13), 10**13)


@pytest.mark.parametrize(
    ("euros", "cents"),
    [("0.005", 1), ("-0.005", -1), ("0.0049", 0), ("19.99", 1999), ("1234.565", 123457), (3, 300), ("-0.015", -2)],
)
def test_half_a_cent_goes_away_from_zero(euros: str, cents: int) -> None:
    assert to_cents(euros) == cents


def test_a_float_is_refused_since_its_cents_are_lost() -> None:
    with pytest.raises(TypeError):
        to_cents(0.1)  # type: ignore[arg-type]


def test_an_amount_that_somebody_mistyped_is_refused() -> None:
    assert round_cents(Decimal(LARGEST)) == LARGEST
    with pytest.raises(AmountTooLarge):
        round_cents(Decimal(LARGEST) + 1)


@pytest.mark.parametrize(
    ("cents", "percent", "part"), [(1999, "20", 400), (1001, "5.5", 55), (9000000, "10", 900000), (-250, "20", -50)]
)
def test_a_percentage_is_rounded_once(cents: int, percent: str, part: int) -> None:
    assert percentage_of(cents, percent) == part


@given(amounts, st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_the_parts_of_a_split_add_up_and_are_fair(cents: int, weights: list[int]) -> None:
    parts = split(cents, weights)
    assert sum(parts) == cents
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Decimal(cents) * weight / sum(weights)) < 1


@given(amounts)
def test_euros_and_back(cents: int) -> None:
    assert to_cents(in_euros(cents)) == cents
