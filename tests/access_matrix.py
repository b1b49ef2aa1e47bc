"""Addresses that no app owns: see tests/access.py."""

from .access import Door

MATRIX: dict[str, Door | list[Door]] = {
    "health": Door(own=200, member=200, foreign=200, anonymous=200),
}
