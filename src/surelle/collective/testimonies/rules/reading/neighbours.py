"""Where one voice ends and another begins: a line beside the draft of the voice above it."""

from __future__ import annotations

from collections.abc import Sequence

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.folding import fold, stems
from surelle.collective.testimonies.rules.reading.links import is_media
from surelle.collective.testimonies.rules.reading.names import name_shape, same_person
from surelle.collective.testimonies.rules.reading.pieces import Piece
from surelle.collective.testimonies.rules.reading.questions import split_question
from surelle.collective.testimonies.rules.reading.roles import Part, Role
from surelle.collective.testimonies.rules.reading.sections import Draft
from surelle.collective.testimonies.rules.reading.source import LineKind


def is_signature_block(draft: Draft | None, part: Part) -> bool:
    """Whether a name under the end of a mail is that of its author again, above an address or a telephone."""
    if draft is None or draft.shape is None or part.shape is None or part.words or part.piece.is_heading:
        return False
    if len(draft.parts) < 2 or not same_person(draft.shape.author, part.shape.author):
        return False
    if draft.form == "name_header" and len(part.piece.text.split()) <= 3:
        return True
    above = draft.parts[-1]
    signed = name_shape(above.piece.text) if len(above.piece.text) <= 40 else None
    return bool(
        cues.FAREWELL.match(above.piece.folded)
        or (signed and above is not draft.author and same_person(signed.author, part.shape.author))
    )


def is_past_row(draft: Draft | None, piece: Piece) -> bool:
    """Whether the voice was a row of a table, and the table is over."""
    author = draft.author if draft is not None else None
    return author is not None and bool(author.piece.line.cells) and author.piece.number != piece.number


def is_medium_beside(draft: Draft | None, part: Part) -> bool:
    """Whether a link with a label stands beside a comment rather than in it: « La vidéo de la réunion : … »."""
    piece = part.piece
    if draft is None or draft.shape is None or draft.section.kind != "feedback" or not piece.links:
        return False
    label = piece.words_beside_links
    if not draft.body or draft.is_transcript or len(label.split()) < 2 or len(label) > 100:
        return False
    folded = fold(label)
    if cues.FIRST_PERSON.search(folded) or cues.SECOND_PERSON.search(folded) or cues.REFERS.match(folded):
        return False
    if not (cues.MEDIA_WORDS.search(folded) or is_media(piece.links[0])):
        return False
    return not set(stems(label)) & set(stems(" ".join(other.words for other in draft.body)))


def is_another_voice(draft: Draft | None, parts: Sequence[Part], place: int) -> bool:
    """Whether a line starts a voice of its own beside a voice without a name."""
    part, piece = parts[place], parts[place].piece
    if draft is None or draft.shape is not None or part.role is Role.QUESTION:
        return False
    if draft.has_question:
        return False
    last = draft.parts[-1].piece
    if piece.opens:
        introduced = last.text.endswith(":") and len(draft.parts) == 1
        return not introduced and draft.has_quotation
    if last.closes and piece.before and piece.line.kind is not LineKind.QUOTE:
        return True
    if piece.links and last.links:
        return True
    if piece.links and is_media(piece.links[0]) and piece.before >= 2:
        return True
    if last.links and piece.before and not piece.links:
        return True
    if last.links and not piece.links and _labels_a_link(parts, place):
        return True
    if draft.section.kind == "verbatim" and piece.span < 0:
        return piece.is_item or piece.before > 0
    return piece.before >= 4 and draft.section.kind != "interview"


def _labels_a_link(parts: Sequence[Part], place: int) -> bool:
    """Whether a short line only says what the link on the next one is."""
    part, following = parts[place], parts[place + 1] if place + 1 < len(parts) else None
    if following is None or not following.piece.links or following.piece.words_beside_links or following.piece.before:
        return False
    return part.piece.span < 0 and len(part.piece.text) <= 160 and not part.piece.text.endswith(".")


def guide_of(draft: Draft) -> list[str]:
    """Return the questions of words that do nothing but ask: the guide of the interviews that follow."""
    if draft.section.voices or draft.asked or draft.is_transcript:
        return []
    places = [place for place, part in enumerate(draft.parts) if part.role is Role.QUESTION]
    if len(places) < 2 or places[-1] != len(draft.parts) - 1 or len(places) < places[-1] - places[0] + 1:
        return []
    if places[0] > 2 or any(part.piece.span >= 0 or part.piece.links for part in draft.parts):
        return []
    split = [split_question(draft.parts[place].piece, beside=True) for place in places]
    return [] if any(answer for _, answer in split) else [question for question, _ in split]
