"""Questions: does this line ask, and how plainly?"""

from __future__ import annotations

import re
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.folding import fold, key
from surelle.collective.testimonies.rules.reading.pieces import STRONG_RANK, Piece
from surelle.collective.testimonies.rules.reading.source import LineKind

PLAIN: Final = 4.0  # from here on a line asks by itself
LIKELY: Final = 3.0  # from here on it asks if its neighbours do
_INLINE: Final = 2.5  # a question and its answer on one line: only beside others like it
_SENTENCES: Final = re.compile(r"[.!…]\s+\S")
_ASKED_BY: Final = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'.-]*){0,2} ?[:—–-] (?=\S)")
_EDGES: Final = " \t\u00a0\u202f*_"


def question_weight(piece: Piece) -> float:
    """Return how much a line looks like a question asked of someone, from 0 to about 10."""
    if piece.line.kind is LineKind.QUESTION:
        return 10.0
    if not piece.is_short or piece.links or piece.line.kind in (LineKind.AUTHOR, LineKind.QUOTE):
        return 0.0
    folded = piece.folded
    if piece.span >= 0 and not (piece.opens and piece.closes and piece.is_question_shaped):
        return 0.0
    asks = piece.is_question_shaped
    label = cues.QUESTION_LABEL.match(folded)
    labelled = bool(label and (label["number"] or folded.startswith("question") or asks) and label.end() < len(folded))
    if not asks and not labelled and "?" in piece.text and (parts := split_question(piece)) and parts[1]:
        return PLAIN
    if not asks and not labelled and (inline := question_and_answer(piece.text)):
        return _INLINE + (1.0 if cues.SECOND_PERSON.search(fold(inline[0])) else 0.0)
    if not asks and not piece.is_capitals and not labelled:
        return 0.0
    weight = 2.0 if asks else 0.0
    weight += 4.0 if labelled else 0.0
    weight += 3.0 if piece.is_capitals and asks else 1.5 if piece.is_capitals else 0.0
    weight += 2.0 if piece.rank <= STRONG_RANK else 0.0
    opening = cues.NUMBERED.match(folded)
    weight += 2.0 if opening and asks else 0.0
    weight += 1.5 if piece.line.is_italic and asks else 0.0
    start = opening.end() if opening else 0
    word = cues.QUESTION_WORD.match(folded, start)
    weight += 1.5 if word else 1.0 if asks and cues.ASKS_INSIDE.search(folded) else 0.0
    weight += 1.0 if cues.SECOND_PERSON.search(folded) else 0.0
    weight += 0.5 if piece.before else 0.0
    weight -= 1.5 if _SENTENCES.search(piece.text[start:]) else 0.0
    weight -= 1.5 if piece.text[start : start + 1].islower() else 0.0
    weight -= 1.0 if cues.SINGULAR_FIRST_PERSON.search(folded) and piece.rank > STRONG_RANK else 0.0
    weight -= 1.0 if piece.before == 0 and piece.rank > STRONG_RANK and not labelled else 0.0
    weight -= 0.5 if piece.is_item and not opening else 0.0
    return weight


def question_and_answer(text: str) -> tuple[str, str] | None:
    """Return a question and the answer that follows it on its line, None where a line does not plainly do both."""
    end = text.find("?", 0, 200)
    if end < 8 or not (answer := text[end + 1 :].strip(_EDGES + ' :-–—»”"!?.')):
        return None
    asked = text[: end + 1].strip(_EDGES)
    folded = fold(asked)
    numbered = cues.NUMBERED.match(folded)
    start = numbered.end() if numbered else 0
    if _SENTENCES.search(asked[start:]) or asked[start : start + 1].islower():
        return None
    if not cues.QUESTION_WORD.match(folded, start) and not cues.SECOND_PERSON.search(folded):
        return None
    return asked, text[end + 1 :].strip(_EDGES + ":-–—") or answer


def split_question(piece: Piece, beside: bool = False) -> tuple[str, str]:
    """Return a question without its label, and the answer that stands on the same line, if any.

    `beside` is whether the line was taken for a question and its answer though it bears no label.
    """
    if beside and (both := question_and_answer(piece.text)):
        return both
    text, folded = piece.text, piece.folded
    label = cues.QUESTION_LABEL.match(folded)
    numbered = cues.NUMBERED.match(folded)
    start = 0
    if label and (label["number"] or folded.startswith("question") or "?" in text):
        start = label.end()
    elif numbered and "?" in text:
        start = numbered.end()
    end = text.find("?", start)
    if start and end >= 0 and text[end + 1 :].strip(' ?*_»”"!.'):
        return text[start : end + 1].strip(_EDGES), text[end + 1 :].strip(_EDGES + ":-–—")
    if named := _ASKED_BY.match(text, start):  # « Hugo — Comment… ? »
        start = named.end() if cues.QUESTION_WORD.match(fold(text[named.end() : named.end() + 40])) else start
    asked = text[start:].strip(_EDGES)
    if len(asked) > 2 and asked[0] in '«“"' and asked[-1] in '»”"':
        asked = asked[1:-1].strip(_EDGES)
    return asked or text, ""


def question_number(text: str) -> int:
    """Return the number that a question or an answer bears, 0 for none."""
    from_label = cues.QUESTION_LABEL.match(text) or cues.ANSWER_LABEL.match(text) or cues.NUMBERED.match(text)
    return int(from_label["number"] or 0) if from_label else 0


def question_key(text: str) -> str:
    """Return what makes two wordings of a question the same: its words, without number or case."""
    return key(text).lstrip("0123456789 ")
