"""What leaves the books: the FEC (LPF article A47 A-1), and beside it the analytic export that it has no column for."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from surelle.commons.cooperatives.models import Cooperative

from .models import FiscalYear, Line, MatchedLine
from .rules import RefusedEntry

FEC_COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise",
)  # fmt: skip
ANALYTIC_COLUMNS = ("EcritureNum", "Ligne", "CompteNum", "CodeAnalytique", "Debit", "Credit")
ENCODING = "iso8859-15"  # one of the three that article A47 A-1, XII names
# What typesetting adds and ISO 8859-15 lacks; a straight quote would be taken for that of a CSV file.
TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", '"': "'", "“": "«", "”": "»", "–": "-", "—": "-", "…": "...", "\u202f": " "}
    | dict.fromkeys(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160)]), " ")
)
LINES_AT_ONCE = 5000


class NoSiren(RefusedEntry):
    """The cooperative has no SIREN of nine digits, which names the file."""


def fec_name(year: FiscalYear) -> str:
    """Return the file's name, SIREN + FEC + last day of the year; raise NoSiren."""
    siren = year.cooperative.siren
    if len(siren) != 9 or not siren.isdigit():
        raise NoSiren("no_siren", cooperative=year.cooperative.name)
    return f"{siren}FEC{year.ends_on:%Y%m%d}.txt"


def write_fec(year: FiscalYear, file: BinaryIO) -> int:
    """Write the FEC of a year to a binary file and return its number of lines; memory does not grow with them."""
    return write_lines(file, FEC_COLUMNS, fec_rows(year))


def write_analytic_export(year: FiscalYear, file: BinaryIO) -> int:
    """Write the analytic code of every line, by the same numbers as the FEC; return the number of lines."""
    rows = (
        (str(number), str(position), account, code, euros(debit), euros(credit))
        for number, position, account, code, debit, credit in Line.objects.filter(entry__fiscal_year=year)
        .order_by("entry__number", "position")
        .values_list("entry__number", "position", "account__number", "analytic_code", "debit_cents", "credit_cents")
        .iterator(chunk_size=LINES_AT_ONCE)
    )
    return write_lines(file, ANALYTIC_COLUMNS, rows)


def export_year(cooperative: Cooperative, year: FiscalYear, folder: Path) -> tuple[Path, int]:
    """Write the FEC and the analytic export of a year into a folder; return the FEC's path and number of lines.

    Each file takes its name only once it is whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = fec_name(year)
    count = 0
    for final, write in ((folder / f"{name[:-4]}-analytique.txt", write_analytic_export), (folder / name, write_fec)):
        part = final.with_suffix(".part")
        with part.open("wb") as file:
            count = write(year, file)
        part.replace(final)
    return folder / name, count


def write_lines(file: BinaryIO, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> int:
    count = 0
    file.write(("\t".join(columns) + "\r\n").encode(ENCODING))
    buffer: list[str] = []
    for row in rows:
        buffer.append("\t".join(row))
        count += 1
        if len(buffer) == LINES_AT_ONCE:
            file.write(("\r\n".join(buffer) + "\r\n").encode(ENCODING))
            buffer.clear()
    if buffer:
        file.write(("\r\n".join(buffer) + "\r\n").encode(ENCODING))
    return count


def fec_rows(year: FiscalYear) -> Iterator[tuple[str, ...]]:
    """Yield the 18 fields of each line, in the order of the numbers, which is that of validation."""
    present = MatchedLine.objects.filter(line=OuterRef("pk"), is_present=True)
    lines = (
        Line.objects.filter(entry__fiscal_year=year)
        .annotate(
            letters=Subquery(present.values("matching__code")[:1]),
            matched_on=Subquery(present.values("matching__matched_on")[:1]),
        )
        .order_by("entry__number", "position")
        .values_list(
            "entry__journal__code", "entry__journal__name", "entry__number", "entry__dated_on", "account__number",
            "account__name", "auxiliary__code", "auxiliary__name", "entry__piece", "entry__piece_on", "label",
            "entry__label", "debit_cents", "credit_cents", "letters", "matched_on", "entry__posted_at",
        )
    )  # fmt: skip
    for (
        journal, journal_name, number, dated_on, account, account_name, auxiliary, auxiliary_name, piece, piece_on,
        label, entry_label, debit, credit, letters, matched_on, posted_at,
    ) in lines.iterator(chunk_size=LINES_AT_ONCE):  # fmt: skip
        yield (
            plain(journal), plain(journal_name), str(number), day(dated_on), account, plain(account_name),
            plain(auxiliary or ""), plain(auxiliary_name or ""), plain(piece), day(piece_on),
            plain(label or entry_label), euros(debit), euros(credit), letters or "", day(matched_on),
            day(timezone.localdate(posted_at)), "", "",
        )  # fmt: skip


def euros(cents: int) -> str:
    """Return cents as the FEC writes amounts: a decimal comma, two decimals, no thousands separator."""
    return f"{cents // 100},{cents % 100:02}"


@lru_cache(maxsize=2_000)
def day(when: date | None) -> str:
    return f"{when:%Y%m%d}" if when else ""


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return text as the FEC can hold it: one line, no separator, only characters of ISO 8859-15."""
    one_line = " ".join(text.translate(TYPOGRAPHY).split())
    try:
        one_line.encode(ENCODING)
    except UnicodeEncodeError:
        return " ".join("".join(nearest(character) for character in one_line).split())
    return one_line


def nearest(character: str) -> str:
    """Return the character, or its letter without accents, or a question mark."""
    bare = unicodedata.normalize("NFKD", character)[:1]
    for candidate in (character, bare):
        try:
            candidate.encode(ENCODING)
        except UnicodeEncodeError:
            continue
        return candidate
    return "?"


def years_of(cooperative: Cooperative) -> dict[int, FiscalYear]:
    """Return the fiscal years of a cooperative by the year in which they end."""
    years = FiscalYear.objects.filter(cooperative=cooperative).select_related("cooperative")
    return {year.ends_on.year: year for year in years}
