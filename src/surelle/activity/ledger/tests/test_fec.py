"""The FEC: what the tax office wants, to the byte; and the analytic export that goes with it."""

import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from surelle.activity.ledger.actions import NewEntry, match_lines, post_entry
from surelle.activity.ledger.documents import euros, plain
from surelle.activity.ledger.rules import NewLine
from surelle.commons.cooperatives.models import Cooperative

from .factories import Books, open_books_of

CHECK = Path(__file__).resolve().parents[6] / "shared" / "conformity" / "fec_check.py"


@pytest.fixture
def books(db: None) -> Books:
    books = open_books_of(Cooperative.objects.create(name="Trois Feuilles", slug="trois-feuilles", siren="732829320"))
    due = books.sale(cents=1_234_05).lines.get(position=1)
    entry = post_entry(
        cooperative=books.cooperative,
        member=None,
        entry=NewEntry(
            journal="BQ",
            dated_on=date(2026, 4, 2),
            piece="R\t1",
            label="Règlement “Cœur d’artichaut”\nŁódź 100 €",
            lines=[
                NewLine(account="512000", debit=1_234_05),
                NewLine(account="411000", auxiliary="C1", credit=1_234_05),
            ],
        ),
    )
    match_lines(member=None, lines=[due, entry.lines.get(position=2)], matched_on=date(2026, 4, 3))
    return books


def exported(folder: Path) -> tuple[Path, list[list[str]]]:
    call_command("export_fec", cooperative="trois-feuilles", year=2026, out=folder)
    path = folder / "732829320FEC20261231.txt"
    return path, [line.split("\t") for line in path.read_bytes().decode("iso8859-15").split("\r\n")[:-1]]


def test_each_line_says_what_the_law_asks(books: Books, tmp_path: Path) -> None:
    _, (head, *rows) = exported(tmp_path)
    assert len(head) == 18
    settled = dict(zip(head, rows[3], strict=True))
    posted_on = settled.pop("ValidDate")
    assert settled == {
        "JournalCode": "BQ", "JournalLib": "Banque", "EcritureNum": "2", "EcritureDate": "20260402",
        "CompteNum": "411000", "CompteLib": "Clients", "CompAuxNum": "C1", "CompAuxLib": "Cliente C1",
        "PieceRef": "R 1", "PieceDate": "20260402", "EcritureLib": "Règlement «Cœur d'artichaut» ?ódz 100 €",
        "Debit": "0,00", "Credit": "1234,05", "EcritureLet": "AAA", "DateLet": "20260403", "Montantdevise": "",
        "Idevise": "",
    }  # fmt: skip
    assert len(posted_on) == 8


def test_the_independent_checker_accepts_it(books: Books, tmp_path: Path) -> None:
    if not CHECK.exists():
        pytest.skip("the conformity checkers are not beside this checkout")
    path, _ = exported(tmp_path)
    verdict = subprocess.run(["python3", CHECK, "--strict", path], capture_output=True, text=True)
    assert verdict.returncode == 0, verdict.stdout


def test_the_analytic_export_follows_the_same_numbers(books: Books, tmp_path: Path) -> None:
    exported(tmp_path)
    lines = (tmp_path / "732829320FEC20261231-analytique.txt").read_bytes().decode("iso8859-15").splitlines()
    assert lines[:3] == [
        "EcritureNum\tLigne\tCompteNum\tCodeAnalytique\tDebit\tCredit",
        "1\t1\t411000\tACT1\t1234,05\t0,00",
        "1\t2\t706000\tACT1\t0,00\t1234,05",
    ]


def test_a_cooperative_without_siren_or_year_is_told_what_to_do(books: Books, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="2026"):
        call_command("export_fec", cooperative="trois-feuilles", year=2031, out=tmp_path)
    Cooperative.objects.update(siren="")
    with pytest.raises(CommandError, match="SIREN"):
        call_command("export_fec", cooperative="trois-feuilles", year=2026, out=tmp_path)
    assert not list(tmp_path.iterdir())


@given(st.text())
def test_any_text_fits_one_field(text: str) -> None:
    field = plain(text)
    assert field.encode("iso8859-15").decode("iso8859-15") == field
    assert not any(unicodedata.category(character) == "Cc" for character in field)
    assert field == field.strip()


@given(st.integers(0, 10**15))
def test_amounts_are_written_with_a_comma(cents: int) -> None:
    whole, decimals = euros(cents).split(",")
    assert int(whole) * 100 + int(decimals) == cents
    assert len(decimals) == 2
