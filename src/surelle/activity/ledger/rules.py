"""What an entry must be, and the hash that chains it to the one before. No Django.

The whole ledger in ten lines: an entry belongs to a journal and a fiscal year, has a day, a piece and at least two
lines. A line puts a positive amount of cents on the debit or on the credit of one account, for one analytic code ("" is
the cooperative itself). The debits of an entry equal its credits. Entries of a cooperative form one chain: each holds
the hash of the one before, so that none can change, vanish or slip in unseen. Within a fiscal year they are numbered
from 1 without a hole. The balance of an account is what its lines add up to, and nothing else.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from surelle.kernel.money import LARGEST

GENESIS = "0" * 64
"""What the first entry of a cooperative is chained to."""


class RefusedEntry(Exception):
    """An entry that the books cannot take; `code` names the reason, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code, self.facts = code, facts


class UnbalancedEntry(RefusedEntry):
    """Debits and credits differ, or there are none."""


class MalformedLine(RefusedEntry):
    """A line without an amount, with two, with a negative one, or with one that somebody mistyped."""


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """A line to post. `debit` and `credit` are cents; exactly one is above zero."""

    account: str
    debit: int = 0
    credit: int = 0
    analytic_code: str = ""
    auxiliary: str = ""
    label: str = ""


def check_lines(lines: Sequence[NewLine]) -> None:
    """Raise MalformedLine or UnbalancedEntry unless these lines make an entry."""
    for position, line in enumerate(lines, start=1):
        if min(line.debit, line.credit) != 0 or max(line.debit, line.credit) <= 0:
            raise MalformedLine("one_amount", position=position, debit=line.debit, credit=line.credit)
        if max(line.debit, line.credit) > LARGEST:
            raise MalformedLine("too_large", position=position)
    debit, credit = sum(line.debit for line in lines), sum(line.credit for line in lines)
    if len(lines) < 2 or debit != credit:
        raise UnbalancedEntry("unbalanced", lines=len(lines), debit=debit, credit=credit)


def mirrored(lines: Sequence[NewLine]) -> list[NewLine]:
    """Return the lines that undo these: debits become credits."""
    return [
        NewLine(
            account=line.account,
            debit=line.credit,
            credit=line.debit,
            analytic_code=line.analytic_code,
            auxiliary=line.auxiliary,
            label=line.label,
        )
        for line in lines
    ]


@dataclass(frozen=True, kw_only=True)
class SealedEntry:
    """All that the hash of an entry covers."""

    sequence: int
    year_starts_on: date
    number: int
    journal: str
    dated_on: date
    piece: str
    piece_on: date
    label: str
    lines: tuple[NewLine, ...]

    def hash_after(self, previous: str) -> str:
        """Return the SHA-256, in hexadecimal, of this entry chained to the hash `previous`.

        The form is canonical: a JSON array of strings and integers without spaces, in UTF-8, in the order below.
        """
        content = [
            previous,
            self.sequence,
            self.year_starts_on.isoformat(),
            self.number,
            self.journal,
            self.dated_on.isoformat(),
            self.piece,
            self.piece_on.isoformat(),
            self.label,
            [[x.account, x.auxiliary, x.analytic_code, x.debit, x.credit, x.label] for x in self.lines],
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def letters_after(code: str) -> str:
    """Return the letters that follow `code`: "" → AAA, AAZ → ABA, ZZZ → AAAA."""
    if not code:
        return "AAA"
    digits = [ord(letter) - ord("A") for letter in code]
    for place in reversed(range(len(digits))):
        if digits[place] < 25:
            digits[place] += 1
            return "".join(chr(ord("A") + digit) for digit in digits)
        digits[place] = 0
    return "A" * (len(digits) + 1)
