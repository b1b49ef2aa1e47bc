"""Months and the years that companies keep their books by."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year; `Month(2026, 11)`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def months_between(first: date, last: date) -> Iterator[Month]:
    """Yield every month that has a day from `first` to `last`, in order."""
    month, end = Month.of(first), Month.of(last)
    while month <= end:
        yield month
        month = month.next


def months_after(day: date, count: int) -> date:
    """Return the same day `count` months later, or that month's last day if it is shorter."""
    whole = day.year * 12 + day.month - 1 + count
    month = Month(whole // 12, whole % 12 + 1)
    return min(month.last_day, month.first_day.replace(day=min(day.day, month.last_day.day)))
