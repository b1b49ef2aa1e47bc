"""The test bench of Surelle: strict on silent mistakes (tests/strict.py), with a world to act in (tests/world.py)."""

pytest_plugins = ["tests.strict", "tests.fixtures", "tests.browser"]
