"""Take a picture of every page, at 390 and 1440 px, light and dark: `python -m tests.pictures [--only NAME]`.

They land in tests/pictures/, which git ignores. Look at them as a demanding designer would.
"""

import argparse
import os
import sys
from pathlib import Path

import pytest

PLACE = Path(__file__).resolve().parent / "pictures"


def main() -> int:
    """Run the browser test of every page, keeping its pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("--only", default="", metavar="NAME", help="pages whose name holds NAME, such as testimonies-")
    only = parser.parse_args().only
    PLACE.mkdir(exist_ok=True)
    os.environ |= {"SURELLE_PICTURES": str(PLACE), "SURELLE_PICTURES_ONLY": only}
    apps = ["-k", only.partition("-")[0]] if "-" in only else []
    found = pytest.main([str(PLACE.parent / "test_every_page.py"), "-m", "browser", *apps])
    sys.stdout.write(f"{len(list(PLACE.glob('*.png')))} pictures in {PLACE}\n")
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
