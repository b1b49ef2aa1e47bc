"""Killed half-way, a restore leaves the old house or the new one, never a mixture; and a house can move.

Processes work on a file of their own, so that they can be killed.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cluster import private_cluster, server_programs

ROOT = Path(__file__).resolve().parents[5]
MODULE = "surelle.commons.files.tests.a_house_of_its_own"
pytestmark = pytest.mark.skipif(bool(os.environ.get("TEST_DATABASE_URL")), reason="works on an SQLite file of its own")


class House:
    """A house in a folder, on which processes work."""

    def __init__(self, folder: Path) -> None:
        self.archive = folder / "house.zip"
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "SURELLE_MODE": "demo",
            "SURELLE_VAR": str(folder / "var"),
        }
        (folder / "var").mkdir()

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        line = [sys.executable, "-m", MODULE, *arguments]
        return subprocess.Popen(line, env=self.environment, stdout=subprocess.PIPE, text=True)

    def run(self, *arguments: str) -> tuple[int, str]:
        process = self.start(*arguments)
        printed, _ = process.communicate(timeout=120)
        return process.returncode, printed.strip()


def test_a_killed_restore_leaves_the_old_house_or_the_new(tmp_path: Path) -> None:
    house = House(tmp_path)
    code, before = house.run("prepare", str(house.archive))
    assert code == 0

    first, middle, last = "account.emailaddress", "cooperatives.branch", "testimonies.theme"
    for table in (first, middle, last):
        code, _ = house.run("restore", str(house.archive), table)
        assert code == -signal.SIGKILL, table
        assert house.run("state") == (0, before), f"killed after {table}"

    code, after = house.run("restore", str(house.archive), "no table")
    assert code == 0
    assert after != before
    assert house.run("state") == (0, after)


def test_killed_at_any_time_it_is_the_old_house_or_the_new(tmp_path: Path) -> None:
    """Kill by the clock, not by a place in the code."""
    house = House(tmp_path)
    _, before = house.run("prepare", str(house.archive))
    seen = set()
    for delay in (0.9, 1.2, 1.5):
        process = house.start("restore", str(house.archive), "no table")
        time.sleep(delay)
        process.kill()
        process.communicate()
        seen.add(house.run("state")[1])
    _, after = house.run("restore", str(house.archive), "no table")
    assert seen <= {before, after}


@pytest.mark.skipif(server_programs() is None, reason="PostgreSQL's server is not on this machine")
def test_a_house_moves_from_sqlite_to_postgresql(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run("prepare", str(house.archive))
    _, here = house.run("restore", str(house.archive), "no table")
    with private_cluster() as url:
        house.environment |= {"DATABASE_URL": url}
        assert house.run("empty")[0] == 0
        assert house.run("restore", str(house.archive), "cooperatives.branch")[0] == -signal.SIGKILL
        code, there = house.run("restore", str(house.archive), "no table")
    assert code == 0
    assert there == here
