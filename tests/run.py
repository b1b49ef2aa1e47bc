"""Every test: on SQLite, on PostgreSQL when its programs are here, and in a real browser when Chromium is.

`./surelle test [--half sqlite|postgresql|browser]… [pytest arguments]`. REQUIRE_ALL_HALVES=yes makes a half that
could not run a failure, as CI wants it.
"""

import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from .cluster import ClusterFailed, private_cluster, server_programs
from .programs import find_chromium

ROOT = Path(__file__).resolve().parents[1]
HALVES = ("sqlite", "postgresql", "browser")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "browser": "Navigateur"}
NO_TESTS = 5
FRENCH = not os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("en")


@dataclass
class Outcome:
    """How a half ended: `code` is pytest's, or None if it could not run."""

    half: str
    code: int | None
    words: str


def said(french: str, english: str) -> str:
    return french if FRENCH else english


def missing(half: str) -> str:
    """Return why this half cannot run here, or an empty string."""
    if half == "postgresql" and server_programs() is None:
        return said("PostgreSQL (serveur) n'est pas sur cette machine", "PostgreSQL's server is not on this machine")
    if half == "browser" and find_chromium() is None:
        return said("Chromium n'est pas sur cette machine", "Chromium is not on this machine")
    return ""


def pytest(half: str, arguments: list[str]) -> Outcome:
    """Run one half; its closing line becomes the outcome's words."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("TEST_DATABASE_URL", None)
    if half == "browser":
        environment["TEST_ON_DISK"] = "yes"
    began = time.monotonic()
    with ExitStack() as stack:
        if half == "postgresql":
            try:
                environment["TEST_DATABASE_URL"] = stack.enter_context(private_cluster())
            except ClusterFailed as error:
                return Outcome(half, 1, f"PostgreSQL : {error}")
        # A browser wants the machine for itself; the others share two cores.
        choice = ["-m", "browser"] if half == "browser" else ["-m", "not browser", "-n", "2"]
        run = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--rootdir", ROOT, *choice, *arguments],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip
        closing = ""
        assert run.stdout is not None
        for line in run.stdout:
            print(line, end="", flush=True)
            if re.search(r"\b(passed|failed|errors?|no tests ran)\b.* in \d", line):
                closing = re.sub(r"\x1b\[[0-9;]*m", "", line).strip(" =\n")
        code = run.wait()
    return Outcome(half, code, closing or f"{time.monotonic() - began:.0f} s, code {code}")


def main(arguments: list[str]) -> int:
    halves: list[str] = []
    while arguments[:1] == ["--half"]:
        if len(arguments) < 2 or arguments[1] not in HALVES:
            print(f"--half {'|'.join(HALVES)}", file=sys.stderr)
            return 2
        halves.append(arguments[1])
        arguments = arguments[2:]
    outcomes = []
    for half in halves or HALVES:
        if reason := missing(half):
            outcomes.append(Outcome(half, None, reason))
            continue
        print(f"\n── {NAMES[half]} " + "─" * 60, flush=True)
        outcomes.append(pytest(half, arguments))
    print()
    strict = os.environ.get("REQUIRE_ALL_HALVES") == "yes"
    for outcome in outcomes:
        if outcome.code is None:
            state = said("laissé de côté", "left out") + (" ✗" if strict else "")
        else:
            state = "✓" if outcome.code in (0, NO_TESTS) else "✗"
        print(f"{NAMES[outcome.half]:<11} {state}  {outcome.words}")
    codes = [outcome.code for outcome in outcomes]
    if all(code in (None, NO_TESTS) for code in codes):
        return NO_TESTS
    if strict and None in codes:
        return 1
    # With arguments a half may hold none of the chosen tests; without, an empty half is a mistake.
    fine = {None, 0, NO_TESTS} if arguments else {None, 0}
    return 0 if set(codes) <= fine else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
