"""Money: integer cents, exact rates, and the one way of rounding that screen, PDF, XML and books share.

No float ever enters: a float given here is a mistake of the caller, and is refused.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NewType

Cents = NewType("Cents", int)

LARGEST = Cents(10**15)
"""Ten thousand billion euros: beyond it, somebody mistyped. It fits any 64-bit column with room for sums."""


class AmountTooLarge(ValueError):
    """An amount beyond `LARGEST`."""


def exact(number: Decimal | int | str) -> Decimal:
    """Return `number` as an exact decimal; raise TypeError for a float, whose cents are already lost."""
    if isinstance(number, float):
        raise TypeError("money and rates are never floats")
    return Decimal(number)


def to_cents(euros: Decimal | int | str) -> Cents:
    """Return an amount in euros as cents, rounded half-up away from zero (EN 16931 rounds so); raise AmountTooLarge."""
    return round_cents(exact(euros) * 100)


def round_cents(cents: Decimal | int) -> Cents:
    """Return a fraction of cents as whole cents, half-up away from zero; raise AmountTooLarge."""
    whole = int(exact(cents).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if abs(whole) > LARGEST:
        raise AmountTooLarge(whole)
    return Cents(whole)


def percentage_of(cents: int, percent: Decimal | int | str) -> Cents:
    """Return `percent` per cent of an amount of cents, rounded once."""
    return round_cents(exact(cents) * exact(percent) / 100)


def split(cents: int, weights: Sequence[Decimal | int]) -> list[Cents]:
    """Share an amount by weights, to the cent: the parts always add up to it.

    Each part gets its exact share rounded towards zero; the cents left over go one each to the largest remainders,
    the first ones first. Raise ValueError when the weights are negative or add up to nothing.
    """
    exact_weights = [Fraction(exact(weight)) for weight in weights]
    total = sum(exact_weights)
    if total <= 0 or min(exact_weights) < 0:
        raise ValueError("weights must be positive")
    sign, amount = (-1 if cents < 0 else 1), abs(cents)
    shares = [amount * weight / total for weight in exact_weights]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return [Cents(sign * part) for part in parts]


def in_euros(cents: int) -> Decimal:
    """Return cents as exact euros with two decimals, for files that other programs read."""
    return Decimal(cents).scaleb(-2)
