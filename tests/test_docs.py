"""Docs cannot rot: what they name exists, and what exists is named."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "src" / "surelle" / "config"
OPERATING = ROOT / "docs" / "guides" / "operating.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("requirements/*.md")])


def settings_in_code() -> set[str]:
    code = "".join(
        (CONFIG / name).read_text(encoding="utf-8") for name in ("settings.py", "safety.py", "production.py")
    )
    return set(re.findall(r'(?:from_environment|os\.environ\.get)\(\s*"([A-Z_]+)"', code))


def settings_in_guide() -> set[str]:
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", OPERATING.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def test_every_setting_is_in_the_guide_and_none_is_stale() -> None:
    assert settings_in_code() == settings_in_guide()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_and_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:\./surelle|app/surelle|surelle-)\s?manage ([a-z_]+)", text))
    assert commands <= {*get_commands(), "messages", "help", "version"}
    links = [link for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in link]
    assert not [link for link in links if not (page.parent / link).exists()]


def test_our_commands_are_in_a_guide() -> None:
    guides = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    ours = {name for name, app in get_commands().items() if str(app).startswith("surelle.")}
    # `flush` is Django's, made able to empty append-only tables; `load_demo` is `./surelle demo`.
    assert not {name for name in ours - {"flush", "load_demo"} if name not in guides}


def test_decisions_are_numbered_without_holes() -> None:
    numbers = sorted(int(page.name[:4]) for page in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
