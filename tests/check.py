"""`./surelle check`: everything that can be said of the code without running it, one line for each question."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "surelle"
# Made up, but of the shape that production wants.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "surelle.config.settings",
    "SURELLE_MODE": "production",
    "SECRET_KEY": "".join(chr(33 + (i * 37) % 90) for i in range(64)),
    "ALLOWED_HOSTS": "surelle.example.org",
    "PUBLIC_URL": "https://surelle.example.org",
    "MAIL_HOST": "mail.example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "BEHIND_PROXY": "yes",
}


@dataclass(frozen=True)
class Check:
    """A question and what answers it: a command, or a function that returns what is wrong."""

    french: str
    english: str
    command: list[str] | None = None
    ask: Callable[[], str] | None = None
    environment: dict[str, str] | None = None


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "surelle.config.manage", *arguments]


def templates_that_do_not_compile() -> str:
    """Compile every template of ours; return what Django says of those that it refuses."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "surelle.config.testing"
    import django
    from django.template import TemplateSyntaxError, engines

    django.setup()
    wrong = []
    for path in sorted(SOURCE.glob("**/templates/**/*")):
        if path.suffix not in {".html", ".txt"}:
            continue
        parts = path.relative_to(SOURCE).parts
        name = "/".join(parts[parts.index("templates") + 1 :])
        try:
            engines["django"].get_template(name)
        except TemplateSyntaxError as error:
            wrong.append(f"{path.relative_to(ROOT)}: {error}")
    return "\n".join(wrong)


def untranslated_texts() -> str:
    from surelle.config.messages import faults

    return "\n".join(faults())


CHECKS = [
    Check("mise en forme", "format", [tool("ruff"), "format", "--check", "."]),
    Check("règles de code", "lint", [tool("ruff"), "check", "."]),
    Check("types", "types", [tool("mypy"), "src/surelle"]),
    Check("contrats d'import", "import contracts", [tool("lint-imports")]),
    Check("mise en forme des gabarits", "templates' form", [tool("djlint"), "src/surelle", "--lint", "--quiet"]),
    Check("gabarits", "templates", ask=templates_that_do_not_compile),
    Check(
        "migrations",
        "migrations",
        manage("makemigrations", "--check", "--dry-run"),
        environment={"DJANGO_SETTINGS_MODULE": "surelle.config.testing"},
    ),
    Check(
        "réglages de production",
        "production settings",
        manage("check", "--deploy", "--fail-level", "WARNING"),
        environment=PRODUCTION,
    ),
    Check("traductions", "translations", ask=untranslated_texts),
]


def answer(check: Check) -> str:
    """Return what is wrong, or an empty string."""
    if check.ask is not None:
        return check.ask()
    assert check.command is not None
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"} | (check.environment or {})
    run = subprocess.run(check.command, cwd=ROOT, env=environment, capture_output=True, text=True)
    return (run.stdout + run.stderr).strip() or f"code {run.returncode}" if run.returncode else ""


def main() -> int:
    from surelle.kernel.terminal import in_words

    failed = 0
    for check in CHECKS:
        began = time.monotonic()
        try:
            wrong = answer(check)
        except Exception as error:  # one broken question must not hide the others
            wrong = f"{type(error).__name__}: {error}"
        failed += bool(wrong)
        name = in_words(check.french, check.english)
        print(f"{'✗' if wrong else '✓'} {name:<28} {time.monotonic() - began:5.1f} s", flush=True)
        if wrong:
            print("    " + "\n    ".join(wrong.splitlines()[-60:]), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
