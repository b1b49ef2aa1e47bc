"""What is done to the books, one use case a function."""

from .chart import open_books
from .closing import close_period, open_fiscal_year
from .matching import match_lines, unmatch
from .posting import NewEntry, PeriodClosed, UnknownAccount, UnknownJournal, post_entries, post_entry, reverse_entry

__all__ = [
    "NewEntry",
    "PeriodClosed",
    "UnknownAccount",
    "UnknownJournal",
    "close_period",
    "match_lines",
    "open_books",
    "open_fiscal_year",
    "post_entries",
    "post_entry",
    "reverse_entry",
    "unmatch",
]
