"""What changed between a page and the voices that were read in its former version."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from .review import EntryJson

LIKENESS: Final = 0.55
"""Least share of common words for two texts to be the same voice, corrected; below it, one went and one came."""

WORDS_COMPARED: Final = 3000

_SPACED: Final = re.compile(r"\S+|\s+")


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"
    WITHDRAWN = "withdrawn"  # a voice that was withdrawn since: its words must not come back by a new version


@dataclass(frozen=True)
class Known:
    """A testimony read in the former version: `entry` is the id it had there.

    Of a withdrawn one nothing is known but `prints`: the fingerprints of its words and of its author's name.
    """

    pk: int
    entry: str
    author: str
    kind: str
    text: str
    prints: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Change:
    """What became of one voice: the entry of the new reading, the testimony of the old one, or both."""

    kind: ChangeKind
    entry: str = ""
    testimony: int | None = None
    old_text: str = ""
    new_text: str = ""


def compare(
    entries: Sequence[tuple[EntryJson, str]],
    known: Sequence[Known],
    fingerprints: Callable[[str, str], frozenset[str]],
) -> list[Change]:
    """Return what changed, new entries in their order, then what is gone.

    `entries` are the entries of the new reading with their composed text. They are matched by id, then by author and
    kind with similar text, then by text alone; what remains and bears a fingerprint of a withdrawn voice is withdrawn.
    """
    withdrawn = {print_: one for one in known for print_ in one.prints}
    left = {one.pk: one for one in known if not one.prints}
    found: dict[str, Known] = {}

    def take(fits: Callable[[EntryJson, str, Known], bool]) -> None:
        for entry, text in entries:
            if entry["id"] in found:
                continue
            match = next((one for one in left.values() if fits(entry, text, one)), None)
            if match:
                found[entry["id"]] = left.pop(match.pk)

    take(lambda entry, text, one: entry["id"] == one.entry and (text == one.text or not one.text or not text))
    take(lambda entry, text, one: bool(text) and text == one.text)
    take(lambda entry, text, one: entry["id"] == one.entry and alike(text, one.text))
    take(lambda entry, text, one: _same_author(entry, one) and entry["kind"] == one.kind and alike(text, one.text))
    take(lambda entry, text, one: _same_author(entry, one) and not one.text)
    changes = []
    for entry, text in entries:
        if entry["id"] not in found:
            prints = fingerprints(entry["author"], text) & withdrawn.keys()
            if prints:
                changes.append(Change(ChangeKind.WITHDRAWN, entry["id"], withdrawn[min(prints)].pk))
                continue
            changes.append(Change(ChangeKind.ADDED, entry["id"], None, "", text))
        else:
            one = found[entry["id"]]
            kind = ChangeKind.SAME if text == one.text else ChangeKind.CHANGED
            changes.append(Change(kind, entry["id"], one.pk, one.text, text))
    changes += [Change(ChangeKind.GONE, "", one.pk, one.text, "") for one in left.values()]
    return changes


def _same_author(entry: EntryJson, known: Known) -> bool:
    return bool(entry["author"]) and entry["author"].casefold() == known.author.casefold()


def alike(one: str, other: str) -> bool:
    """Say whether two texts share enough words to be one voice, corrected."""
    first, second = one.casefold().split()[:WORDS_COMPARED], other.casefold().split()[:WORDS_COMPARED]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= LIKENESS and matcher.quick_ratio() >= LIKENESS and matcher.ratio() >= LIKENESS


@dataclass(frozen=True)
class Piece:
    """A stretch of words in a corrected text: same, added or gone."""

    text: str
    kind: str


def pieces_of(old: str, new: str) -> list[Piece]:
    """Return the words of both versions in reading order, told apart: what stayed, what went, what came."""
    before, after = _SPACED.findall(old), _SPACED.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > WORDS_COMPARED)
    pieces = []
    for verb, i1, i2, j1, j2 in matcher.get_opcodes():
        if verb == "equal":
            pieces.append(Piece("".join(after[j1:j2]), "same"))
            continue
        if i2 > i1:
            pieces.append(Piece("".join(before[i1:i2]), "gone"))
        if j2 > j1:
            pieces.append(Piece("".join(after[j1:j2]), "added"))
    return pieces
