"""Marks as a table: CSV for a French spreadsheet, streamed; XLSX, written row by row. Memory stays flat."""

import csv
import io
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surelle.commons.cooperatives.access import scope

from ..models import Answer, Collection, Consent, ExcerptTheme, Testimony
from ..models.testimonies import STATE_NAMES
from ..queries.excerpts import Asked, asked_excerpts
from ..queries.marks import theme_choices
from ..rules.states import Channel

VOICES_AT_A_TIME = 200
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell may not begin with: a spreadsheet would run it as a formula."""


def heads() -> list[str]:
    """Return the titles of the columns."""
    return [
        pgettext("une seule", "Voix"), _("Groupe"), _("Ancienneté"), _("Date"), _("Sorte"), _("État"),
        _("Impression accordée"),
        _("Question"), _("Extrait"), _("Thèmes"), _("Ton"), _("Mémo"), _("Marqué par"), _("Marqué le"),
        _("Début"), _("Fin"),
    ]  # fmt: skip


def mark_rows(collection: Collection, asked: Asked) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of each mark, voice by voice.

    A streamed answer is read after the request's scope is left: each batch enters the collection's own.
    """
    # Said once: to translate thirty thousand cells one by one would take as long as to read them.
    kinds = {key: str(word) for key, word in Testimony.Kind.choices}
    states = {state.value: str(word) for state, word in STATE_NAMES.items()}
    tenures = {key: str(word) if key else "" for key, word in Testimony.Tenure.choices}
    yes, no, here = _("oui"), _("non"), timezone.get_current_timezone()
    with scope([collection.cooperative_id]):
        names = {theme.pk: theme.path for theme in theme_choices(collection)}
        order = list(names)
        marked = asked_excerpts(collection, asked).order_by().values("testimony")
        spoken = Testimony.objects.filter(collection=collection, pk__in=marked).order_by("position", "pk")
        voices = list(spoken.values_list("pk", flat=True))
    rank = {theme: place for place, theme in enumerate(order)}
    for first in range(0, len(voices), VOICES_AT_A_TIME):
        with scope([collection.cooperative_id]):
            batch = _batch(collection, asked, voices[first : first + VOICES_AT_A_TIME])
        for row, themes, question, may_print in batch:
            yield (
                row["testimony__author_name"],
                row["testimony__group__name"] or row["testimony__group_name"],
                tenures.get(row["testimony__tenure"], ""),
                row["testimony__said_on"].isoformat() if row["testimony__said_on"] else "",
                kinds.get(row["testimony__kind"], ""),
                states.get(row["testimony__state"], ""),
                yes if may_print else no,
                question,
                row["quote"],
                " | ".join(names[t] for t in sorted(themes & rank.keys(), key=rank.__getitem__)),
                row["tone"],
                row["memo"],
                f"{row['marked_by__person__first_name'] or ''} {row['marked_by__person__last_name'] or ''}".strip(),
                row["marked_at"].astimezone(here).isoformat(" ", "minutes")[:16],
                row["start"],
                row["end"],
            )


def _batch(collection: Collection, asked: Asked, voices: list[int]) -> list[tuple[Any, set[int], str, bool]]:
    """Return the marks of some voices, with their themes, question, and whether they may be printed."""
    rows = list(
        asked_excerpts(collection, asked)
        .filter(testimony__in=voices)
        .values(
            "pk", "testimony", "quote", "tone", "memo", "marked_at", "start", "end",
            "testimony__author_name", "testimony__group__name", "testimony__group_name", "testimony__tenure",
            "testimony__said_on", "testimony__kind", "testimony__state",
            "marked_by__person__first_name", "marked_by__person__last_name",
        )
    )  # fmt: skip
    themes: dict[int, set[int]] = defaultdict(set)
    # By testimony, not by a list of thousands of marks: SQLite takes no longer list of parameters than that.
    links = ExcerptTheme.objects.filter(excerpt__testimony__in=voices, excerpt__collection=collection)
    for excerpt, theme in links.order_by().values_list("excerpt_id", "theme_id"):
        themes[excerpt].add(theme)
    asked_at: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    answers = Answer.objects.filter(testimony__in=voices).order_by("testimony", "start")
    for testimony, start, end, question in answers.values_list("testimony_id", "start", "end", "question"):
        asked_at[testimony].append((start, end, question))
    today = timezone.localdate()
    consents = Consent.objects.filter(testimony__in=voices, channel=Channel.PRINT.value, ended_at=None)
    printable = set(consents.exclude(expires_on__lt=today).order_by().values_list("testimony_id", flat=True))
    return [
        (row, themes[row["pk"]], _question(asked_at[row["testimony"]], row["start"]), row["testimony"] in printable)
        for row in rows
    ]


def _question(answers: list[tuple[int, int, str]], place: int) -> str:
    index = bisect_right(answers, place, key=lambda answer: answer[0]) - 1
    return answers[index][2] if index >= 0 and place < answers[index][1] else ""


def harmless(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: words that begin like one get an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def marks_csv(collection: Collection, asked: Asked) -> Iterator[bytes]:
    """Yield the marks as CSV with `;`, in UTF-8 with a BOM, as a French spreadsheet opens it by itself."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    drain = _drained(buffer)
    writer.writerow(heads())
    yield b"\xef\xbb\xbf" + drain()
    for n, cells in enumerate(mark_rows(collection, asked), start=1):
        writer.writerow([harmless(cell) for cell in cells])
        if n % 100 == 0:
            yield drain()
    yield drain()


def _drained(buffer: io.StringIO) -> Callable[[], bytes]:
    def drain() -> bytes:
        text = buffer.getvalue().encode("utf-8")
        buffer.seek(0)
        buffer.truncate()
        return text

    return drain


def marks_xlsx(collection: Collection, asked: Asked, file: IO[bytes]) -> None:
    """Write the marks as a workbook, a row at a time; words are written as words, so that no formula is run."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Marques"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 1)
    for column, width in enumerate((22, 22, 18, 12, 14, 16, 12, 30, 70, 40, 6, 40, 20, 17, 8, 8)):
        sheet.set_column(column, column, width, wrapped)
    for column, head in enumerate(heads()):
        sheet.write_string(0, column, head, bold)
    last = 0
    for last, cells in enumerate(mark_rows(collection, asked), start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(last, column, cell)
            elif cell:
                sheet.write_string(last, column, str(cell)[:32_767])
    sheet.autofilter(0, 0, max(last, 1), len(heads()) - 1)
    book.close()
