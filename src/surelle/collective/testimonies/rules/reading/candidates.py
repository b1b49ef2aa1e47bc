"""Lines that may name someone, by their shape alone; what part they play is weighed by their neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.dates import date_in, without_date
from surelle.collective.testimonies.rules.reading.folding import fold, key
from surelle.collective.testimonies.rules.reading.links import addresses_in
from surelle.collective.testimonies.rules.reading.names import NameShape, group_shape, name_shape, somebody
from surelle.collective.testimonies.rules.reading.pieces import STRONG_RANK, Piece
from surelle.collective.testimonies.rules.reading.source import LineKind

_INLINE: Final = re.compile(r"(.{2,90}?)[ \u00a0\u202f]*:[ \u00a0\u202f]+(?=\S)")
_DASHED: Final = re.compile(r"(.{2,60}?)[ \u00a0\u202f]+(?:[-–—]|→|⇒|=>|->|>)[ \u00a0\u202f]+(?=\S)")
_LOWER_WORD: Final = re.compile(r"(?<![\w'’.@/-])[^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]+\b(?!\.\w)")
_APART: Final = re.compile(r"\*\*|__|//|[*_](?=\S|\Z)|>\Z|</")
_AT_TIME: Final = re.compile(r"(?:le |on )?(?:a |at |[,0-9: -]|\d+h)*")


@dataclass(slots=True)
class Candidate:
    """A name at the start of a line, and the words that follow it there."""

    shape: NameShape
    form: str
    words: str = ""
    number: int = 0  # « 2. Prénom NOM »


def candidate_at(piece: Piece, common: Collection[str]) -> Candidate | None:
    """Return the name that a line may be, or begin with; `common` as in `name_shape`."""
    if piece.span >= 0 or piece.line.kind in (LineKind.QUOTE, LineKind.SPEAKER, LineKind.QUESTION):
        return None
    text = piece.text[:160]
    numbered = cues.NUMBERED.match(piece.folded[:12])
    if numbered and (found := _candidate_of(piece, common, text[numbered.end() :], numbered.end())):
        found.number = int(numbered["number"])
        return found if found.shape.score >= 2.0 else None
    if (header := cues.MAIL_HEADERS[0][1].match(piece.folded[:160])) and len(piece.text) <= 120:
        shape = name_shape(re.sub(r"<[^>]*>|\S+@\S+", "", piece.text[header.end() :]), common)
        shape = shape or group_shape(piece.text[header.end() :])
        if shape and shape.score >= 1:
            return Candidate(shape, "name_header")
    wrote = cues.WROTE.search(piece.folded[:160]) if len(piece.text) <= 160 else None
    if wrote and piece.text[wrote.start() :].lstrip()[:1].islower():  # « a écrit », not « Saïd »
        before = re.sub(r"<[^>]*>", "", text[: wrote.start()])
        date = date_in(before)
        bare = without_date(before) if date else before
        at_time = _AT_TIME.match(fold(bare))
        bare = bare[at_time.end() :].strip(" ,") if at_time else bare
        shape = name_shape(bare, common)
        if shape and shape.score >= 1:
            return Candidate(NameShape(shape.author, shape.score + 1.5, date=date or shape.date), "name_colon")
    return _candidate_of(piece, common, text, 0)


def _candidate_of(piece: Piece, common: Collection[str], text: str, start: int) -> Candidate | None:
    """Return the name that the line from `start` on is, or begins with."""
    whole = piece.text[start:]
    # « Léa : » before a video
    is_led = not piece.links or (piece.text.endswith(":") and not addresses_in(piece.text))
    if len(whole) <= 120 and is_led:
        shape = name_shape(whole, common)
        if shape is not None:
            form = "name_colon" if whole.rstrip().endswith(":") else "name_alone"
            form = "name_heading" if piece.is_heading else "name_strong" if piece.rank == STRONG_RANK else form
            return Candidate(shape, form)
    if piece.is_heading:
        return None
    inline = _INLINE.match(text)
    if inline and not inline[1].startswith(("http", "www")):
        shape = name_shape(inline[1], common)
        if shape is None and " " in text[inline.end() :].strip():
            shape = group_shape(inline[1])
        if shape is not None and not (shape.is_anonymous and len(inline[1]) > 60):
            return Candidate(shape, "name_inline", whole[inline.end() :])
        told = Candidate(somebody(inline[1]) or NameShape("", 0.0), "name_inline", whole[inline.end() :])
        if told.shape.is_anonymous and (told.words[:1] in '"«“' or is_set_apart(piece, told)):
            return told
    dashed = _DASHED.match(text)
    if dashed and (shape := name_shape(dashed[1], common)):
        words = whole[dashed.end() :]
        folded = fold(words[:80])
        arrow = whole[len(dashed[1]) : dashed.end()].strip() not in "-–—"
        speaks = arrow or words[0] in '"«“' or cues.GREETING.match(folded) or cues.FIRST_PERSON.search(folded)
        if speaks or (shape.score >= 2.5 and len(words.split()) > 5 and words.rstrip()[-1] in ".!?…"):
            return Candidate(shape, "name_inline", words)
    return None


def runs_of(pieces: Sequence[Piece], candidates: Sequence[Candidate | None]) -> list[int]:
    """Return, for each piece, how many lines in a row are names and nothing else, or names and their words."""
    kinds = [0 if found is None or found.form == "name_header" else 2 if found.words else 1 for found in candidates]
    runs = [0] * len(kinds)
    start = 0
    for place in range(1, len(kinds) + 1):
        if place < len(kinds) and kinds[place] == kinds[start] and pieces[place].rank == pieces[start].rank:
            continue
        if kinds[start]:
            runs[start:place] = [place - start] * (place - start)
        start = place
    return runs


def named_ranks(pieces: Sequence[Piece], candidates: Sequence[Candidate | None]) -> frozenset[int]:
    """Return the levels of headings that mostly name people: there, a word with a capital is a name, too."""
    total: Counter[int] = Counter()
    named: Counter[int] = Counter()
    sure: Counter[int] = Counter()
    for piece, found in zip(pieces, candidates, strict=True):
        if piece.rank <= STRONG_RANK:
            total[piece.rank] += 1
            named[piece.rank] += found is not None
            sure[piece.rank] += found is not None and found.shape.score >= 2.5
    return frozenset(rank for rank in total if sure[rank] >= 1 and named[rank] >= 2 and named[rank] * 2 >= total[rank])


def is_set_apart(piece: Piece, name: Candidate) -> bool:
    """Whether the name in front of the words is in bold or in italics: « **Léa** : oui »."""
    who = (name.shape.author or name.shape.detail)[:40]
    place = piece.line.raw.find(who) if who else -1
    if not 0 < place < 40:
        return False
    return bool(_APART.search(piece.line.raw[:place][-3:])) and bool(
        _APART.match(piece.line.raw[place + len(who) :].lstrip(" :\u00a0"))
    )


def is_lasting(found: Candidate) -> bool:
    """Whether a name is plain enough to be known again elsewhere in the page."""
    return bool(found.shape.author) and found.shape.score >= 2.0 and found.form != "name_inline"


def common_words(pieces: Sequence[Piece]) -> frozenset[str]:
    """Return the folded words met in lower case somewhere in the page, where a name would bear a capital."""
    found: set[str] = set()
    for piece in pieces:
        found.update(_LOWER_WORD.findall(piece.text))
    return frozenset(key(word) for word in found)
