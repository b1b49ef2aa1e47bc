"""The command reads without a database, says what it reads, and stores for review."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from surelle.collective.testimonies.models import Source, Testimony
from tests.world import World

from .voices_page import PAGE

ROOT = Path(settings.ROOT)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "paroles.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(*line: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, where no test database stands ready."""
    known = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "surelle.config.settings",
        "SURELLE_MODE": "demo",
        "SECRET_KEY": "only-for-tests",
        "SURELLE_VAR": str(var),
        **environment,
    }
    return subprocess.run(
        [sys.executable, "-m", "django", "import_testimonies", *line],
        env=known,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_dry_run_needs_no_database_and_leaves_no_trace(page: Path, tmp_path: Path) -> None:
    done = run(str(page), "--dry-run", "--json", var=tmp_path / "var", DATABASE_URL="postgres://no:one@127.0.0.1:1/no")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["source"]["lines"] == len(PAGE.splitlines())
    assert [entry["author"] for entry in said["entries"]][1] == "Agathe Lormeau"
    assert said["unread_lines"] == []
    assert not (tmp_path / "var" / "demo.sqlite3").exists()


@pytest.mark.parametrize(
    ("language", "word", "environment"),
    [("", "entretien", {"LANG": "fr_FR.UTF-8"}), ("", "interview", {"LANG": "en_GB.UTF-8"}), ("en", "interview", {})],
)
def test_without_json_a_table_for_people(
    page: Path, tmp_path: Path, language: str, word: str, environment: dict[str, str]
) -> None:
    line = [str(page), "--dry-run", *(["--language", language] if language else [])]
    done = run(*line, var=tmp_path, **environment)
    assert done.returncode == 0
    assert word in done.stdout
    assert "Agathe Lormeau" in done.stdout


def test_what_cannot_be_read_is_said_on_stderr_with_code_1(tmp_path: Path) -> None:
    picture = tmp_path / "image.docx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    french = run(str(picture), "--dry-run", "--json", var=tmp_path)
    assert french.returncode == 1
    assert french.stdout == ""
    assert "image.docx" in french.stderr
    assert "Traceback" not in french.stderr
    english = run(str(tmp_path / "absent.txt"), "--dry-run", "--language", "en", var=tmp_path)
    assert english.returncode == 1
    assert "does not exist" in english.stderr


def command(*line: str, capsys: Any) -> tuple[int, str, str]:
    try:
        call_command("import_testimonies", *line)
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def test_a_page_is_stored_for_review_and_the_same_again_changes_nothing(world: World, page: Path, capsys: Any) -> None:
    line = (str(page), "--cooperative", "trois-feuilles", "--collection", "nos-voix", "--language", "fr")
    code, out, _err = command(*line, capsys=capsys)
    source = Source.objects.get()
    assert code == 0
    assert f"/trois-feuilles/temoignages/pages/{source.pk}/" in out
    assert source.state == "in_review"
    code, out, _err = command(*line, capsys=capsys)
    assert code == 0
    assert "rien n'a changé" in out
    assert Source.objects.count() == 1
    code, out, _err = command(*line, "--confirm", capsys=capsys)
    assert "5 voix ajoutées" in out
    assert Testimony.objects.filter(source=source).count() == 5


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ([], "--dry-run"),
        (["--cooperative", "nulle-part", "--collection", "nos-voix"], "nulle-part"),
        (["--cooperative", "trois-feuilles", "--collection", "rien"], "rien"),
    ],
)
def test_a_place_that_is_not_there_is_named(world: World, page: Path, capsys: Any, line: list[str], said: str) -> None:
    code, _out, err = command(str(page), "--language", "fr", *line, capsys=capsys)
    assert code == 1
    assert said in err
    assert not Source.objects.exists()
