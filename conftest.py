"""The test bench of Surelle: strict on silent mistakes (tests/strict.py), with a world to act in (tests/world.py)."""

import os

# Row-level security is PostgreSQL's: on SQLite there is nothing to ask.
collect_ignore = [] if os.environ.get("TEST_DATABASE_URL") else ["tests/test_walls.py"]
pytest_plugins = ["tests.strict", "tests.fixtures", "tests.browser"]
