"""Headings of sections: what kind of voices they announce, of which group, when, and sometimes whose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.dates import date_in
from surelle.collective.testimonies.rules.reading.folding import fold
from surelle.collective.testimonies.rules.reading.groups import Group, group_in, segments
from surelle.collective.testimonies.rules.reading.names import NameShape, name_shape

MAX_LENGTH: Final = 200


@dataclass(frozen=True)
class Heading:
    """What a heading announces; `weight` says how much it sounds like the heading of a section (0 to about 5)."""

    text: str
    kind: str = ""  # testimony, interview, feedback, verbatim, media or ""
    group: Group | None = None
    date: str = ""
    is_newcomer: bool = False
    voice: NameShape | None = None  # « Interview de Prénom NOM », « Témoignage d'une nouvelle coopératrice »
    weight: float = 0.0


def read_heading(text: str, common_words: Collection[str] = ()) -> Heading:
    """Return what `text` would announce if it were a heading."""
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        return Heading(text)
    folded = fold(text)
    prefix = cues.HEADING_PREFIX.match(folded)
    start = prefix.end() if prefix else 0
    kind, weight = "", 0.0
    for name, pattern in cues.SECTION_KINDS:
        if pattern.match(folded, start) or pattern.match(folded):
            kind, weight = name, 3.0
            break
    group = group_in(text)
    if group is not None and len(group.name) <= 90:
        weight += 3.0 if group.start <= start + 4 and group.kind else 1.5
    else:
        group = None
    if kind == "testimony" and cues.MEDIA_WORDS.search(folded):
        kind = "media"
    if not kind and group is not None and (inside := cues.KIND_WORDS.search(folded)):
        kind = next((name for name, pattern in cues.SECTION_KINDS if pattern.match(inside.group())), "")
    if weight and len(segments(text)) > 1:
        weight += 0.5
    date = date_in(text, bare_year=True)
    if date and weight:
        weight += 0.5
    voice = _voice(text, folded, common_words)
    if voice is not None and not weight:
        weight = 2.0  # « La parole à Prénom »
    return Heading(text, kind, group, date, bool(cues.NEWCOMER.search(folded)), voice, weight)


def _voice(text: str, folded: str, common_words: Collection[str]) -> NameShape | None:
    """Return the one person a heading is about, None when it is about several or about nobody."""
    one = cues.ONE_VOICE.search(folded)
    if one:
        rest = text[one.end() :].strip()
        return NameShape("", 4.0, rest, is_anonymous=True, is_newcomer=bool(cues.NEWCOMER.search(folded)))
    match = cues.HEADING_VOICE.search(folded[:80])
    if match is None:
        return None
    group = group_in(text)
    rest = text[match.end() :]
    if group is not None and group.start >= match.end() and group.name:
        before = text[match.end() : group.start].strip(" ,;:/|-–—(")
        shape = name_shape(before, common_words) if before else None
        if shape is not None and shape.score >= 2.5:
            return NameShape(shape.author, shape.score, shape.detail, group.name, group.kind, date_in(text))
        return None
    shape = name_shape(rest.strip(" :/|-–—("), common_words)
    if shape is None or shape.is_anonymous:
        return None
    # one testimony is of one person: there, a single word with a capital is a name, too
    singular = not (match["what"] or "").split(" ")[0].endswith("s") and match.group().rstrip()[-1] not in ":-/"
    return shape if shape.score >= (1.0 if singular and match.start() == 0 else 2.5) else None
