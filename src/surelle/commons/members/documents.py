"""What leaves the house about people: the directory as a sheet, and a person's own archive."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import xlsxwriter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .queries import DirectoryRow
from .rules import PersonalData

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
PIECE = 64 * 1024
Cell = str | int | None


def directory_cells(rows: Sequence[DirectoryRow]) -> tuple[list[str], list[list[Cell]]]:
    """Return the headings and the cells of the directory; dates as ISO text."""
    headings = [
        _("Numéro"), _("Prénom"), pgettext("de famille", "Nom"), _("Courriel"), _("Activité"), _("Établissement"),
        _("Statut"),
        _("Depuis le"), _("Rôles"), _("Arrivée"), _("Départ"),
    ]  # fmt: skip
    cells: list[list[Cell]] = [
        [
            row.number,
            row.first_name,
            row.last_name,
            row.email,
            row.trade,
            row.branch,
            row.status_name,
            row.status_since.isoformat() if row.status_since else "",
            ", ".join(row.role_names),
            row.joined_on.isoformat(),
            row.left_on.isoformat() if row.left_on else "",
        ]
        for row in rows
    ]
    return headings, cells


def directory_as_csv(rows: Sequence[DirectoryRow]) -> bytes:
    """Return the directory as CSV in UTF-8 with a byte-order mark, so that spreadsheets read accents right."""
    headings, cells = directory_cells(rows)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in line] for line in cells)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def directory_as_xlsx(rows: Sequence[DirectoryRow]) -> bytes:
    """Return the directory as a workbook; text stays text, whatever it begins with."""
    headings, cells = directory_cells(rows)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Membres")[:31])
        sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
        for number, line in enumerate(cells, start=1):
            sheet.write_row(number, 0, line)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(cells)), len(headings) - 1)
        sheet.autofit()
    return file.getvalue()


class Pipe(io.RawIOBase):
    """A file that only grows: what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def free_name(wanted: str, taken: set[str]) -> str:
    """Return a name inside the archive that is not taken yet and leads nowhere else, and take it."""
    parts = [part for part in PurePosixPath(wanted.replace("\\", "/")).parts if part not in {"/", "..", "."}]
    path = PurePosixPath(*parts or ["sans-nom"])
    name, number = str(path), 1
    while name in taken:
        number += 1
        name = str(path.with_name(f"{path.stem}-{number}{path.suffix}"))
    taken.add(name)
    return name


def personal_archive(subjects: Sequence[PersonalData], *, name: str) -> Iterator[bytes]:
    """Return the pieces of a zip: LISEZMOI.txt, one JSON for each subject, and the files in a folder of its name.

    Everything but the bytes of the files is ready when this returns, so that the pieces ask nothing of the database. At
    most 64 KiB of a file are held at a time.
    """
    taken: set[str] = {_("LISEZMOI.txt")}
    texts: list[tuple[str, bytes]] = []
    files: list[tuple[str, Path]] = []
    missing: list[str] = []
    for subject in subjects:
        folder = slugify(subject.title) or "donnees"
        body = {"titre": subject.title, "fiches": subject.records}
        texts.append(
            (free_name(f"{folder}.json", taken), json.dumps(body, ensure_ascii=False, indent=2).encode("utf-8"))
        )
        for file_name, path in subject.files:
            inside = free_name(f"{folder}/{file_name}", taken)
            if path.is_file():
                files.append((inside, path))
            else:
                missing.append(inside)
    texts.insert(0, (_("LISEZMOI.txt"), read_me(name, texts, files, missing).encode("utf-8")))
    return pieces_of(texts, files)


def read_me(name: str, texts: list[tuple[str, bytes]], files: list[tuple[str, Path]], missing: list[str]) -> str:
    """Return the first page of the archive, for a person and not for a machine."""
    today = date_format(timezone.localdate(), "j F Y")
    lines = [
        _("Ce que Surelle sait de %(name)s, le %(date)s") % {"name": name, "date": today},
        "",
        _("Chaque fichier .json s’ouvre avec un éditeur de texte ; un autre logiciel peut aussi le lire."),
        "",
        *(inside for inside, _body in texts),
        *(inside for inside, _path in files),
    ]
    if missing:
        lines += ["", _("Fichiers que Surelle n’a plus retrouvés :"), *missing]
    return "\n".join(lines) + "\n"


def pieces_of(texts: list[tuple[str, bytes]], files: list[tuple[str, Path]]) -> Iterator[bytes]:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in texts:
            archive.writestr(name, body)
            yield pipe.take()
        for name, path in files:
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
                while piece := source.read(PIECE):
                    target.write(piece)
                    yield pipe.take()
    yield pipe.take()
