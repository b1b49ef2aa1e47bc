"""The proof of the books: that nothing was changed, lost or slipped in since it was posted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from surelle.commons.cooperatives.models import Cooperative
from surelle.kernel.periods import Month

from ..models import Balance, ChainHead, FiscalYear, Line
from ..rules import GENESIS, NewLine, RefusedEntry, SealedEntry, check_lines


@dataclass(frozen=True)
class Finding:
    """Something wrong: `code` names it, `sequence` is the entry where it was met (0: none)."""

    code: str
    sequence: int = 0
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Proof:
    """What was read, and what is wrong with it; the first finding is the first broken link."""

    cooperative: str
    entries: int
    lines: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        return not self.findings


COLUMNS = (
    "entry_id", "entry__sequence", "entry__number", "entry__hash", "entry__journal__code", "entry__dated_on",
    "entry__piece", "entry__piece_on", "entry__label", "entry__fiscal_year_id", "entry__fiscal_year__starts_on",
    "account__number", "account_id", "auxiliary__code", "analytic_code", "debit_cents", "credit_cents", "label",
    "dated_on",
)  # fmt: skip


def prove(cooperative: Cooperative) -> Proof:
    """Read every entry once, in order, in flat memory, and say what does not hold.

    Checked: the chain of hashes, the sequence of the cooperative, the numbers of each year, the balance of each entry,
    the head of the chain, and that the kept balances are what the lines add up to.
    """
    findings: list[Finding] = []
    sums: dict[tuple[int, date, int, str], list[int]] = defaultdict(lambda: [0, 0])
    last_numbers: dict[int, int] = defaultdict(int)
    previous, sequence, line_count = GENESIS, 0, 0
    for first, rows in entries_in_order(cooperative):
        sequence += 1
        line_count += len(rows)
        if first["entry__sequence"] != sequence:
            findings.append(Finding("sequence_has_a_hole", first["entry__sequence"], {"expected": sequence}))
            sequence = first["entry__sequence"]
        year = first["entry__fiscal_year_id"]
        last_numbers[year] += 1
        if first["entry__number"] != last_numbers[year]:
            findings.append(Finding("number_has_a_hole", sequence, {"expected": last_numbers[year]}))
            last_numbers[year] = first["entry__number"]
        sealed = SealedEntry(
            sequence=first["entry__sequence"],
            year_starts_on=first["entry__fiscal_year__starts_on"],
            number=first["entry__number"],
            journal=first["entry__journal__code"],
            dated_on=first["entry__dated_on"],
            piece=first["entry__piece"],
            piece_on=first["entry__piece_on"],
            label=first["entry__label"],
            lines=tuple(as_posted(row) for row in rows),
        )
        try:
            check_lines(sealed.lines)
        except RefusedEntry as error:
            findings.append(Finding(error.code, sequence, error.facts))
        if sealed.hash_after(previous) != first["entry__hash"]:
            findings.append(Finding("broken_link", sequence, {"number": first["entry__number"]}))
        previous = first["entry__hash"]
        for row in rows:
            key = (year, Month.of(row["dated_on"]).first_day, row["account_id"], row["analytic_code"])
            sums[key][0] += row["debit_cents"]
            sums[key][1] += row["credit_cents"]
    findings += ends_that_differ(cooperative, sequence, previous, last_numbers)
    findings += balances_that_differ(cooperative, sums)
    return Proof(cooperative.slug, sequence, line_count, tuple(findings))


def entries_in_order(cooperative: Cooperative) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield each entry as its first row and all its rows, in the order of the chain."""
    rows = Line.objects.filter(cooperative=cooperative).order_by("entry__sequence", "position").values(*COLUMNS)
    for _, group in groupby(rows.iterator(chunk_size=5000), key=lambda row: row["entry_id"]):
        lines = list(group)
        yield lines[0], lines


def as_posted(row: dict[str, Any]) -> NewLine:
    return NewLine(
        account=row["account__number"],
        auxiliary=row["auxiliary__code"] or "",
        analytic_code=row["analytic_code"],
        debit=row["debit_cents"],
        credit=row["credit_cents"],
        label=row["label"],
    )


def ends_that_differ(
    cooperative: Cooperative, sequence: int, last_hash: str, last_numbers: dict[int, int]
) -> Iterator[Finding]:
    """Yield what the counters say otherwise than the entries: the end of the chain cut off, or a number skipped."""
    for head in ChainHead.objects.filter(cooperative=cooperative):
        if (head.sequence, head.hash) != (sequence, last_hash):
            yield Finding("chain_cut", sequence, {"expected": head.sequence})
    for year in FiscalYear.objects.filter(cooperative=cooperative):
        if year.last_number != last_numbers.get(year.pk, 0):
            yield Finding("year_count_differs", facts={"year": str(year), "expected": year.last_number})


def balances_that_differ(
    cooperative: Cooperative, sums: dict[tuple[int, date, int, str], list[int]]
) -> Iterator[Finding]:
    """Yield every kept balance that is not what the lines add up to."""
    kept = {
        (row.fiscal_year_id, row.month_on, row.account_id, row.analytic_code): [row.debit_cents, row.credit_cents]
        for row in Balance.objects.filter(cooperative=cooperative).iterator()
    }
    for key in sorted(kept.keys() | sums.keys()):
        if kept.get(key, [0, 0]) != sums.get(key, [0, 0]):
            yield Finding(
                "balance_differs",
                facts={
                    "month": str(key[1]),
                    "account": key[2],
                    "analytic_code": key[3],
                    "kept": kept.get(key),
                    "lines": sums.get(key),
                },
            )
