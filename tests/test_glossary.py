"""The glossary cannot rot: every identifier it names is a word of the code."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def words_of_the_code() -> set[str]:
    """Return every identifier of the source, and each class name in snake_case."""
    words: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for word in re.findall(r"[A-Za-z_]\w+", path.read_text(encoding="utf-8")):
            words.add(word.lower())
            words.add(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower())
            words.update(word.lower().split("_"))
    return words


def test_every_identifier_of_the_glossary_is_in_the_code() -> None:
    rows = [
        line for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    named = {word for row in rows for word in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert len(named) > 30
    assert named - words_of_the_code() == set()
