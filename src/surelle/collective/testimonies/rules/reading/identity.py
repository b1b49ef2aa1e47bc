"""Identifiers of entries that outlive changes elsewhere in the page: made of who speaks and where, not of lines."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from surelle.collective.testimonies.rules.reading.folding import key
from surelle.collective.testimonies.rules.reading.source import Entry, EntryKind


def with_identifiers(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with 12 hexadecimal digits each, all different.

    A named voice keeps its identifier when its words are corrected; a nameless one is known by its first words or its
    link. A second entry of the same voice in the same group is told apart by its first words, then by its rank.
    """
    taken: set[str] = set()
    ranks: Counter[tuple[str, ...]] = Counter()
    named = []
    for entry in entries:
        is_feedback = entry.kind is EntryKind.FEEDBACK
        who = key(entry.author) or (entry.links[0].url if entry.links else _first_words(entry))
        place = (who, key(entry.group), "feedback" if is_feedback else "voice", "" if entry.author else "nameless")
        identifier = _digest(*place)
        if identifier in taken:
            identifier = _digest(*place, _first_words(entry))
        if identifier in taken:
            alike = (*place, _first_words(entry))
            ranks[alike] += 1
            identifier = _digest(*alike, str(ranks[alike] + 1))
        taken.add(identifier)
        named.append(replace(entry, id=identifier))
    return named


def _first_words(entry: Entry) -> str:
    said = (
        entry.text or " ".join(answer.text[:80] or answer.question for answer in entry.answers[:1]) or entry.signed_as
    )
    return " ".join(key(said[:200]).split()[:8])


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:12]
