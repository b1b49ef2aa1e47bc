"""What part each line plays: title, section, name, question, words. Cues add up; no single one decides.

Every decision looks only at the line, at its neighbours and at counts over the whole page, so that reading stays linear
in the length of the source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.candidates import (
    Candidate,
    candidate_at,
    common_words,
    is_lasting,
    is_set_apart,
    named_ranks,
    runs_of,
)
from surelle.collective.testimonies.rules.reading.folding import fold, key, stem_key
from surelle.collective.testimonies.rules.reading.headings import Heading, read_heading
from surelle.collective.testimonies.rules.reading.links import without_addresses
from surelle.collective.testimonies.rules.reading.names import NameShape, name_shape, somebody
from surelle.collective.testimonies.rules.reading.pieces import STRONG_RANK, Piece
from surelle.collective.testimonies.rules.reading.questions import (
    LIKELY,
    PLAIN,
    question_and_answer,
    question_key,
    question_weight,
)
from surelle.collective.testimonies.rules.reading.source import LineKind

_AUTHOR_ALONE: Final = 4.5
_AUTHOR_INLINE: Final = 4.0
_SECTION: Final = 4.0


class Role(StrEnum):
    BODY = "body"
    TITLE = "title"
    SECTION = "section"
    AUTHOR = "author"
    SIGNATURE = "signature"
    QUESTION = "question"
    SUBHEADING = "subheading"
    INTRODUCTION = "introduction"


@dataclass(slots=True)
class Part:
    """A piece with the role it plays; `words` are what is left to say once the name or the label is taken off."""

    piece: Piece
    role: Role = Role.BODY
    words: str = ""
    shape: NameShape | None = None
    form: str = ""  # how the name stands: the code of a reason
    heading: Heading | None = None
    weight: float = 0.0
    starts_section: bool = False
    is_known_elsewhere: bool = False


def parts_of(pieces: Sequence[Piece], guide: Sequence[str] = ()) -> list[Part]:
    """Return the pieces in order, each with its role."""
    return _Roles(pieces, guide).parts()


class _Roles:
    def __init__(self, pieces: Sequence[Piece], guide: Sequence[str]) -> None:
        self.pieces = pieces
        self.common = common_words(pieces)
        self.asked = Counter(question_key(question) for question in guide)
        self.candidates = [candidate_at(piece, self.common) for piece in pieces]
        self.runs = runs_of(pieces, self.candidates)
        self.numbers = {found.number for found in self.candidates if found and found.number}
        self.named_ranks = named_ranks(pieces, self.candidates)
        self.known = Counter(key(found.shape.author) for found in self.candidates if found and is_lasting(found))
        self.asks = [question_weight(piece) for piece in pieces]
        for piece, weight in zip(pieces, self.asks, strict=True):
            if weight >= LIKELY:
                self.asked[question_key(piece.text)] += 1
        self.beside = [question_and_answer(piece.text) if "?" in piece.text else None for piece in pieces]
        self.stems_asked = Counter(
            stem_key(both[0] if both else piece.text)
            for piece, both, weight in zip(pieces, self.beside, self.asks, strict=True)
            if weight >= LIKELY - 1
        )

    def parts(self) -> list[Part]:
        parts: list[Part] = []
        at_start = True  # nothing was said yet in this section
        names_like_this = 0
        self.names_first = False  # in this section the name stands above the quotation, not under it
        title = self._title()
        for place, piece in enumerate(self.pieces):
            part = self._part(place, at_start, names_like_this, title == place)
            parts.append(part)
            if part.role is Role.SECTION:
                at_start, names_like_this, self.names_first = True, 0, False
            elif part.role is Role.AUTHOR:
                self.names_first = self.names_first or at_start
                at_start, names_like_this = False, names_like_this + 1
            elif part.role is Role.BODY and not piece.is_heading and (piece.words_beside_links or not piece.links):
                at_start = False
        return parts

    # -- title ---------------------------------------------------------------------------------------------------
    def _title(self) -> int | None:
        """Return the place of the page's own title, which announces no section by itself."""
        if not self.pieces:
            return None
        first = self.pieces[0]
        following = self.pieces[1] if len(self.pieces) > 1 else None
        if not first.is_short or first.links or first.span >= 0 or following is None:
            return None
        if first.line.kind in (LineKind.AUTHOR, LineKind.QUESTION, LineKind.SPEAKER, LineKind.ITEM):
            return None
        heading = read_heading(first.text, self.common)
        if heading.voice is not None and self._is_one_of_many(first):
            return None
        if first.is_heading:
            alone = all(piece.rank > first.rank for piece in self.pieces[1:400] if piece.is_heading)
            if self._name_at(0) and not alone:
                return None
            deeper = any(piece.is_heading for piece in self.pieces[1:400])
            if alone and (deeper or not heading.kind):
                return 0
            return 0 if following.is_heading else None
        if not first.after or first.text.endswith((".", ",", ";")) or first.text[:1].islower():
            return None
        if self.asks[0] >= PLAIN or (self.candidates[0] and not heading.weight):
            return None
        next_heading = following.is_heading or read_heading(following.text, self.common).weight >= 3.0
        if next_heading or heading.weight >= 3.0:
            return 0
        return 0 if len(first.text.split()) <= 14 and not cues.SINGULAR_FIRST_PERSON.search(first.folded) else None

    def _is_one_of_many(self, first: Piece) -> bool:
        """Whether other lines head other people's words as this one does: « Interview de X », « Interview de Y »."""
        start = first.folded.split()[0]
        return any(
            piece.folded.startswith(start)
            and piece.is_short
            and read_heading(piece.text, self.common).voice is not None
            for piece in self.pieces[1:2_000]
            if piece.rank <= first.rank
        )

    # -- one line ------------------------------------------------------------------------------------------------
    def _part(self, place: int, at_start: bool, names_like_this: int, is_title: bool) -> Part:
        piece = self.pieces[place]
        kind = piece.line.kind
        if kind is LineKind.AUTHOR:
            shape = name_shape(piece.text) or NameShape(piece.text, 6.0)
            return Part(piece, Role.AUTHOR, "", shape, "name_given", weight=9.0, starts_section=at_start)
        if kind is LineKind.QUESTION:
            return Part(piece, Role.QUESTION, piece.text, weight=10.0)
        if kind is LineKind.SPEAKER:
            return Part(piece, Role.BODY, piece.text)
        heading = (
            read_heading(piece.text, self.common) if piece.is_short and piece.span < 0 and not piece.links else None
        )
        if is_title:
            return Part(piece, Role.TITLE, heading=heading)
        section = self._section_weight(place, heading)
        name = self._name_at(place)
        if heading and section >= _SECTION and not self._is_name_first(name, heading):
            if heading.voice is not None:
                form = "anonymous" if heading.voice.is_anonymous else "name_in_heading"
                return Part(piece, Role.AUTHOR, "", heading.voice, form, heading, section, at_start)
            return Part(piece, Role.SECTION, heading=heading, weight=section)
        asks = self._question_weight(place)
        if asks >= PLAIN and not (name and (name.form == "name_inline" or not piece.is_question_shaped)):
            return Part(piece, Role.QUESTION, piece.text, weight=asks)
        if signature := self._signature(place):
            return Part(piece, Role.SIGNATURE, "", signature, "name_signature")
        if name:
            weight = self._author_weight(place, name, at_start, names_like_this)
            if weight >= (_AUTHOR_INLINE if name.words else _AUTHOR_ALONE):
                known = self.known[key(name.shape.author)] > 1
                part = Part(piece, Role.AUTHOR, name.words, name.shape, name.form, None, weight, at_start, known)
                return part if not self._is_group_above_names(place) else Part(piece, Role.SECTION, heading=heading)
        if piece.is_heading:
            return Part(piece, Role.SUBHEADING, piece.text, heading=heading)
        return Part(piece, Role.BODY, piece.text, weight=asks)

    def _is_name_first(self, name: Candidate | None, heading: Heading) -> bool:
        """« Claire (groupe local Ouest) » names a person, then the group."""
        if name is None or heading.kind or name.words:
            return False
        return name.shape.score >= (2.5 if name.shape.group else 4.5)

    def _section_weight(self, place: int, heading: Heading | None) -> float:
        if heading is None or not heading.weight:
            return 0.0
        piece = self.pieces[place]
        if self.asks[place] >= PLAIN and not heading.group and (piece.is_question_shaped or not heading.kind):
            return 0.0
        weight = heading.weight
        if piece.is_heading:
            return weight + 3.0
        words = piece.text.split()
        weight += 1.0 if heading.voice is not None else 0.0
        weight += 1.0 if piece.text[:1].isupper() or not piece.text[:1].isalpha() else -4.0
        weight += 1.0 if piece.rank == STRONG_RANK else 0.0
        weight += 0.5 if piece.before >= 2 else 0.0
        said = piece.folded[: heading.group.start] if heading.group else piece.folded
        weight -= 3.0 if cues.FIRST_PERSON.search(said) else 0.0
        weight -= 2.0 if piece.text.endswith((".", "!", ",", ";")) or piece.is_question_shaped else 0.0
        weight -= 2.0 if not piece.before and place and not self.pieces[place - 1].is_heading else 0.0
        weight -= 1.0 if not piece.after and piece.before < 2 else 0.0
        weight -= 2.0 if len(words) > 16 else 0.0
        weight -= 2.0 if piece.is_item else 0.0
        weight -= 1.5 if ", " in piece.text and not heading.kind else 0.0
        # « Collectif : on s'entraide » says something of the collective
        weight -= 2.0 if ": " in piece.text and piece.text.split(": ")[1][:1].islower() else 0.0
        return weight

    def _question_weight(self, place: int) -> float:
        piece, weight = self.pieces[place], self.asks[place]
        text = question_key(piece.text) if piece.is_short else ""
        if piece.is_short and text and self.asked[text] > (1 if weight >= LIKELY else 0) and len(text) > 8:
            weight += 2.5
            if piece.span < 0 and piece.before and not piece.is_item:
                weight += 1.5
        elif (both := self.beside[place]) and weight and weight < PLAIN:
            weight += 2.5 if self.stems_asked[stem_key(both[0])] > 1 else 0.0
            near = [at for at in (place - 1, place + 1) if 0 <= at < len(self.pieces)]
            weight += 1.5 if any(self.beside[at] and self.asks[at] for at in near) else 0.0
        elif LIKELY - 1 <= weight < PLAIN and piece.is_question_shaped and piece.span < 0:
            weight += 2.0 if self.stems_asked[stem_key(piece.text)] > 1 and " " in piece.text else 0.0
        return weight

    # -- names ---------------------------------------------------------------------------------------------------
    def _name_at(self, place: int) -> Candidate | None:
        return self.candidates[place] if 0 <= place < len(self.candidates) else None

    def _author_weight(self, place: int, name: Candidate, at_start: bool, names_like_this: int) -> float:
        piece, score = self.pieces[place], name.shape.score
        following = self.pieces[place + 1] if place + 1 < len(self.pieces) else None
        previous = self.pieces[place - 1] if place else None
        elsewhere = self.known[key(name.shape.author)] > 1 and bool(name.shape.author)
        if name.form in ("name_header", "name_given"):
            return score + 3.0
        weight = score + (2.0 if at_start else 0.0) + (2.0 if elsewhere else 0.0)
        if name.number and not self.numbers.isdisjoint((name.number - 1, name.number + 1)):
            weight += 1.5  # people are counted: « 1. Ana », « 2. Noé »
        if name.words:
            run = self.runs[place]
            weight += 1.5 if run > 2 else 1.0 if run > 1 else 0.0
            weight += 0.5 if piece.before else 0.0
            weight += 0.5 if piece.is_item else 0.0
            weight += 1.0 if names_like_this else 0.0
            weight += 1.5 if name.shape.date or name.shape.addressee else 0.0  # « 3 mars 2024, Ana à Noé : oui »
            weight += 2.0 if is_set_apart(piece, name) else 0.0
            weight += 1.0 if piece.links and not without_addresses(name.words) else 0.0  # « Léa : » and her film
            weight += 1.5 if cues.TO_COME.match(fold(name.words[:80])) else 0.0
            return weight
        set_apart = piece.line.is_italic or is_set_apart(piece, name)
        weight += 1.5 if set_apart else 0.0
        if not piece.before and place and self.asks[place - 1] >= LIKELY and not piece.is_heading:
            weight -= 3.0  # a word under a question answers it
        weight += {"name_heading": 2.5, "name_strong": 2.0, "name_colon": 1.0}.get(name.form, 0.0)
        if piece.is_heading or piece.rank == STRONG_RANK:
            weight += 0.5 if names_like_this else 0.0
            weight += 1.0 if piece.rank in self.named_ranks else 0.0
            return weight + self._what_follows(following)
        if name.shape.is_group:  # « Le conseil » alone may also be an answer: who speaks says « nous »
            speaks = following is not None and cues.FIRST_PLURAL.match(following.folded.lstrip('"« '))
            weight += 1.5 if speaks else -4.0
        run = self.runs[place]
        weight += 0.0 if run < 2 else 1.5 if at_start else 1.0
        weight += 1.0 if piece.before >= 2 else 0.0
        weight += 1.5 if piece.after >= 2 else 0.0
        weight += 0.5 if names_like_this else 0.0
        weight += self._what_follows(following)
        if (
            following is None
            or (heading_at := read_heading(following.text)).weight >= 3.0
            or (heading_at.weight and following.is_heading)
        ):
            weight += 0.5
        nested = piece.is_item and following is not None and following.is_item
        if nested and following is not None and following.line.level > piece.line.level:
            weight += 2.5  # an item that holds others heads them
        elif names_like_this and piece.is_item and previous is not None and previous.line.level > piece.line.level:
            weight += 2.0  # back to the level of the names
        elif run > 2 and (piece.is_item or name.shape.score >= 2.0):
            weight += 0.5  # a list of names
        elif piece.is_item and previous is not None and (beside := self._name_at(place - 1)) and beside.words:
            weight += 0.5  # « - Léa : oui », « - Noé : »
        elif piece.is_item and names_like_this and set_apart:
            weight += 0.5
        elif not piece.before and previous is not None and not previous.is_heading:
            weight -= 1.0 if previous.links and not previous.words_beside_links else 3.0
            if previous.text.endswith(",") or cues.FAREWELL.match(previous.folded):
                weight -= 4.0
        elif previous is not None and cues.FAREWELL.match(previous.folded):
            weight -= 4.0
        if piece.is_item:
            weight -= 1.0
        return weight

    def _what_follows(self, following: Piece | None) -> float:
        if following is None:
            return 0.0
        if following.opens or cues.GREETING.match(following.folded):
            return 2.0
        if self.asks and question_weight(following) >= PLAIN:
            return 1.5
        if following.is_short and following.text.endswith(":"):
            return 1.0
        return 0.5 if len(following.text) > 30 and following.text.endswith((".", "!", "…")) else 0.0

    def _is_group_above_names(self, place: int) -> bool:
        """Whether a heading shaped as a name only covers other names: « Drôme Ardèche », then the people of there."""
        piece = self.pieces[place]
        if not piece.is_heading or place + 1 >= len(self.pieces):
            return False
        following = self._name_at(place + 1)
        return bool(
            following
            and not following.words
            and self.pieces[place + 1].rank > piece.rank
            and following.shape.score >= 2.0
            and self._author_weight(place + 1, following, True, 0) >= _AUTHOR_ALONE
        )

    def _signature(self, place: int) -> NameShape | None:
        """Return the name that signs the words above, « — Prénom » or a name close under a quotation."""
        if not place:
            return None
        piece, previous = self.pieces[place], self.pieces[place - 1]
        if not piece.is_short or piece.links or len(piece.text) > 100:
            return None
        raw = piece.line.raw.strip().lstrip(">*_/ ")
        dashed = raw[:1] in "—–~" or raw.startswith("--")
        after_quote = previous.closes
        if not ((dashed and piece.before <= 1) or (after_quote and piece.before <= 1)):
            return None
        text = piece.text.lstrip("—–-~ ")
        shape = name_shape(text, self.common) or (somebody(text) if after_quote else None)
        if shape is None:
            return None
        if dashed:
            return shape if shape.score >= (1.0 if after_quote else 2.5) else None
        if piece.is_heading or shape.score < 1.0 or (piece.rank == STRONG_RANK and piece.before):
            return None
        following = self.pieces[place + 1] if place + 1 < len(self.pieces) else None
        opens_next = following is not None and following.opens
        if piece.before == 0:
            apart = piece.after or following is None or following.is_heading
            return shape if apart or (opens_next and not self.names_first) else None
        if (following is None or following.is_heading) and not self.names_first:
            return shape
        closer = piece.before < piece.after
        return shape if opens_next and (closer or not self.names_first) else None
