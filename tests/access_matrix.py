"""Addresses that no app owns: see tests/access.py."""

from .access import Door

MATRIX: dict[str, Door | list[Door]] = {}
