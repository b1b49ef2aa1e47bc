"""Dates as people write them, kept with the precision they were given with: 2021, 2021-09 or 2021-09-14."""

from __future__ import annotations

import calendar
import re
from typing import Final

from surelle.collective.testimonies.rules.reading.folding import fold

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "fevrier february fevr fev feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (
        r"(?<!\d)" + _YEAR + r"[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)?\d\d)(?![\d/-])",
        r"(?<!\d)(?P<day>\d{1,2})(?:er|st|nd|rd|th)? " + _MONTH + r",? " + _YEAR,
        r"\b" + _MONTH + r" (?P<day>\d{1,2})(?:st|nd|rd|th)?,? " + _YEAR,
        r"\b" + _MONTH + r",? " + _YEAR,
        r"(?<!\d)" + _YEAR + r"-(?P<month>\d{2})(?![\d-])",
        r"(?<![\d/])(?P<month>0[1-9]|1[0-2])/" + _YEAR,
    )
)
_DIGIT: Final = re.compile("[0-9]")
_BARE_YEAR: Final = re.compile(
    r"(?:^|\(|\b(?:en|in|annee|debut|fin|ete|automne|hiver|printemps|spring|summer|winter) )" + _YEAR
)


def date_in(text: str, bare_year: bool = False) -> str:
    """Return the first date written in `text` as ISO with the precision known, or "".

    With `bare_year`, a year alone counts where it is plainly a date (« (2021) », « en 2021 »).
    """
    found = _first(text, bare_year)
    return found[0] if found else ""


def without_date(text: str, bare_year: bool = False) -> str:
    """Return `text` without its first date and what introduced it."""
    found = _first(text, bare_year)
    if not found:
        return text
    _, start, end = found
    before = re.sub(r"(?:[,;(\[–—-]|\ble\b|\bdu\b|\ben\b|\bon\b|\s)+$", "", text[:start], flags=re.I)
    after = re.sub(r"^[\s)\],;:–—-]+", " ", text[end:])
    return (before + after).strip()


def _first(text: str, bare_year: bool) -> tuple[str, int, int] | None:
    text = text[:400]
    if not _DIGIT.search(text):
        return None
    folded = fold(text)
    for shape in _SHAPES:
        for match in shape.finditer(folded):
            iso = _iso(match.groupdict())
            if iso:
                return iso, match.start(), match.end()
    if bare_year and (year := _BARE_YEAR.search(folded)):
        return year["year"], year.start("year"), year.end("year")
    return None


def _iso(parts: dict[str, str]) -> str:
    year = int(parts["year"])
    if year < 100:
        year += 2000
    month = _MONTHS.get(parts["month"]) or (int(parts["month"]) if parts["month"].isdigit() else 0)
    if not 1 <= month <= 12:
        return ""
    if "day" not in parts:
        return f"{year:04}-{month:02}"
    day = int(parts["day"])
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return ""
    return f"{year:04}-{month:02}-{day:02}"
