"""Third persons named in the words of a voice: their consent may matter too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.first_names import FIRST_NAMES
from surelle.collective.testimonies.rules.reading.folding import fold
from surelle.collective.testimonies.rules.reading.names import same_person

_NAME: Final = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?:[ \u00a0](?:(?:de|du|le|la|d')[ \u00a0])?[A-ZÀ-ÖØ-Þ][\w’'-]+){0,2}")
_READ: Final = 200_000  # characters looked at: mentions are a courtesy, not a promise


def mentions_in(text: str, not_these: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the third persons that `text` names, in order, without those of `not_these`."""
    text = text[:_READ]
    folded = fold(text)
    found: list[str] = []
    for cue in cues.MENTION_BEFORE.finditer(folded):
        name = _NAME.match(text, cue.end())
        if name is None:
            continue
        first = fold(name.group().split()[0]).split("'")[-1]
        strong = bool(cues.MENTION_STRONG.match(cue.group()))
        if first in FIRST_NAMES or (
            strong and first not in cues.NOT_NAMES and not name.group().isupper() and "comme" in cue.group()
        ):
            found.append(name.group())
    for cue in cues.MENTION_AFTER.finditer(folded):
        names = list(_NAME.finditer(text[max(0, cue.start() - 60) : cue.start()]))
        if not names or names[-1].end() != min(60, cue.start()):
            continue
        tokens = names[-1].group().split()  # « As Tom said »: the name starts at its first name
        start = next((place for place, token in enumerate(tokens) if fold(token) in FIRST_NAMES), -1)
        if start >= 0:
            found.append(" ".join(tokens[start:]))
    kept: list[str] = []
    for person in found:
        if not any(same_person(person, other) for other in (*kept, *filter(None, not_these))):
            kept.append(person)
    return tuple(kept)
