"""Interviews: answers under their questions, and blocks of answers whose questions are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.alignment import (
    MAX_QUESTIONS,
    Pairing,
    align,
    is_non_answer,
    is_same_as_before,
)
from surelle.collective.testimonies.rules.reading.folding import fold, stems
from surelle.collective.testimonies.rules.reading.pieces import STRONG_RANK, Piece
from surelle.collective.testimonies.rules.reading.questions import (
    LIKELY,
    PLAIN,
    question_key,
    question_number,
    split_question,
)
from surelle.collective.testimonies.rules.reading.reasons import reason
from surelle.collective.testimonies.rules.reading.roles import Part, Role
from surelle.collective.testimonies.rules.reading.sections import Draft
from surelle.collective.testimonies.rules.reading.source import Answer, LineKind, QuestionState
from surelle.collective.testimonies.rules.reading.wording import wording_of

_SAME_QUESTION: Final = 0.75  # share of stems in common from which two wordings are one question


@dataclass(slots=True)
class _Asked:
    question: str
    line: int
    parts: list[Part]
    reasons: list[str]
    confidence: float


def stated_answers(draft: Draft, body: Sequence[Part]) -> list[Answer]:
    """Return the answers of a draft whose questions stand in the source, empty when it states none."""
    if draft.asked is not None:
        question = split_question(draft.asked.piece)[0]
        why = [reason("under_question", draft.asked.piece.number)]
        return [_answer(_Asked(question, draft.asked.piece.number, list(body), why, 0.9))]
    asks = _which_ask(draft, body)
    if not asks:
        return []
    found: list[_Asked] = []
    before: list[Part] = []
    place = 0
    while place < len(body):
        part = body[place]
        if place not in asks:
            (found[-1].parts if found else before).append(part)
            place += 1
            continue
        last = place
        while last + 1 < len(body) and last + 1 in asks and _is_one_question(body[last], body[last + 1]):
            last += 1
        found.append(_asked(body[place : last + 1]))
        place = last + 1
    answers = [_answer(asked) for asked in found]
    before = [part for part in before if not part.piece.links or part.piece.words_beside_links]
    if before and wording_of(before).text:
        answers.insert(0, _unasked(before, (reason("before_questions"),)))
    return answers


def _which_ask(draft: Draft, body: Sequence[Part]) -> frozenset[int]:
    """Return the places of the questions in a body: those that ask by themselves, and their like."""
    sure = [place for place, part in enumerate(body) if part.role is Role.QUESTION]
    if not sure:
        prompts = [place for place, part in enumerate(body) if part.role is Role.SUBHEADING]
        top = min((body[place].piece.rank for place in prompts), default=0)
        prompts = [place for place in prompts if body[place].piece.rank == top]
        wanted = len(prompts) >= 2 or (bool(prompts) and draft.section.kind == "interview")
        return frozenset(prompts) if wanted else frozenset()
    if len(sure) == 1 and sure[0] > 0 and not draft.is_transcript:
        only = body[sure[0]]
        plain = only.piece.rank > STRONG_RANK and not only.piece.is_capitals and only.weight < PLAIN + 2.5
        if plain and draft.section.kind != "interview" and not cues.QUESTION_LABEL.match(only.piece.folded):
            return frozenset()  # a question that one asks oneself
    like = set(sure)
    strongest = min(body[place].piece.rank for place in sure)
    in_bold = any(body[place].piece.rank == STRONG_RANK for place in sure)
    for place, part in enumerate(body):
        piece = part.piece
        if part.role is Role.SUBHEADING and piece.rank < strongest:
            like.add(place)  # a heading above the questions in rank asks as they do
        if place in like or part.role not in (Role.BODY, Role.SUBHEADING) or not piece.is_short or piece.span >= 0:
            continue
        likely = part.weight >= LIKELY and piece.before and not piece.is_item and len(sure) > 1
        bold = in_bold and piece.rank == STRONG_RANK and piece.before and piece.is_question_shaped
        if likely or bold or (place + 1 in like and _looks_cut(piece, body[place + 1].piece)):
            like.add(place)
    return frozenset(like)


def _looks_cut(above: Piece, below: Piece) -> bool:
    """Whether a line in capitals, in bold or in a heading goes on in the next: a question over two lines."""
    same = above.rank == below.rank <= STRONG_RANK or (above.is_capitals and below.is_capitals)
    return same and not above.after and not above.is_question_shaped


def _is_one_question(above: Part, below: Part) -> bool:
    """Whether a question was cut over two lines."""
    if below.piece.before or above.piece.is_question_shaped or split_question(above.piece, beside=True)[1]:
        return False
    return above.piece.line.kind is not LineKind.QUESTION


def _asked(parts: Sequence[Part]) -> _Asked:
    last = parts[-1]
    line = last.piece.number
    question, answered = split_question(parts[0].piece, beside=True) if len(parts) == 1 else ("", "")
    if len(parts) > 1:
        question = split_question(parts[0].piece)[0] + " " + " ".join(part.piece.text for part in parts[1:])
    code, confidence = "asked", 0.85
    piece = last.piece
    if piece.line.kind is LineKind.QUESTION:
        code, confidence = "given_question", 0.98
    elif last.role is Role.SUBHEADING:
        code, confidence = "prompt_heading", 0.7
    elif cues.QUESTION_LABEL.match(parts[0].piece.folded):
        code, confidence = "asked_label", 0.95
    elif piece.is_heading:
        code, confidence = "asked_heading", 0.95
    elif piece.is_capitals:
        code, confidence = "asked_capitals", 0.95
    elif piece.rank == STRONG_RANK:
        code, confidence = "asked_strong", 0.95
    why = [reason(code, "" if code == "given_question" else line)]
    rest = []
    if answered:
        rest.append(replace_words(last, answered))
    return _Asked(question, line, rest, why, confidence)


def replace_words(part: Part, words: str) -> Part:
    """Return the part with other words to say, in the same place."""
    return Part(part.piece, Role.BODY, words)


def _answer(asked: _Asked) -> Answer:
    parts = [_without_label(part) for part in asked.parts]
    text = wording_of(parts).text
    why = list(asked.reasons)
    if parts:  # perhaps a link and no word
        lines = (parts[0].piece.number, parts[-1].piece.number)
        why.extend(_why_blank(text))
    else:
        why.append(reason("no_answer"))
        lines = (asked.line, asked.line)
    return Answer(asked.question, QuestionState.STATED, lines, text, asked.confidence, tuple(why), asked.line)


def _without_label(part: Part, numbered: bool = False) -> Part:
    folded = fold(part.words[:40])
    label = cues.ANSWER_LABEL.match(folded) or (cues.NUMBERED.match(folded) if numbered else None)
    return replace_words(part, part.words[label.end() :]) if label and label.end() < len(part.words) else part


def _why_blank(text: str) -> list[str]:
    if is_same_as_before(text):
        return [reason("same_as_before")]
    return [reason("non_answer")] if is_non_answer(text) else []


def _unasked(parts: Sequence[Part], why: tuple[str, ...]) -> Answer:
    lines = (parts[0].piece.number, parts[-1].piece.number)
    return Answer("", QuestionState.UNKNOWN, lines, wording_of(parts).text, 0.4, why)


# -- the guide -------------------------------------------------------------------------------------------------------
def questions_of(answers: Sequence[Answer]) -> list[str]:
    """Return the questions stated by one interview, in order."""
    return [answer.question for answer in answers if answer.question and answer.question_state is QuestionState.STATED]


def same_question(one: str, other: str) -> bool:
    """Whether two wordings ask the same: equal words, or three quarters of their stems."""
    return question_key(one) == question_key(other) or _alike(frozenset(stems(one)), frozenset(stems(other)))


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first and second) and len(first & second) / len(first | second) >= _SAME_QUESTION


class Guide:
    """The questions known for some voices, in order, with what was answered to each."""

    def __init__(self, questions: Sequence[str] = ()) -> None:
        self.questions: list[str] = []
        self.answers: list[list[str]] = []
        self._stems: list[frozenset[str]] = []
        self._places: dict[str, int] = {}
        for question in questions:
            self.add(question)

    def add(self, question: str, answer: str = "", after: int = -1) -> int:
        """Add a question, after the place `after` when it is new; return its place."""
        place = self.place(question)
        if place < 0:
            if len(self.questions) >= 500:
                return -1
            place = after + 1 if 0 <= after < len(self.questions) else len(self.questions)
            self.questions.insert(place, question)
            self.answers.insert(place, [])
            self._stems.insert(place, frozenset(stems(question)))
            self._places = {question_key(known): at for at, known in enumerate(self.questions)}
        if answer:
            self.answers[place].append(answer)
        return place

    def place(self, question: str) -> int:
        """Return where a question stands in the guide, -1 when it does not."""
        known = self._places.get(question_key(question))
        if known is not None:
            return known
        if len(self.questions) > MAX_QUESTIONS:  # no guide: equal words only
            return -1
        mine = frozenset(stems(question))
        return next((place for place, other in enumerate(self._stems) if _alike(mine, other)), -1)

    def learn(self, answers: Sequence[Answer]) -> None:
        """Take in the questions stated by one interview, and its answers."""
        stated = [answer for answer in answers if answer.question and answer.question_state is QuestionState.STATED]
        places = [self.place(answer.question) for answer in stated]
        after = -1
        for rank, answer in enumerate(stated):
            place = places[rank]
            if place < 0 and len(stated) <= MAX_QUESTIONS:
                place = self._reworded(answer.question, after, places[rank + 1 :])
            if place >= 0:
                self.answers[place].append(answer.text)
            else:
                size = len(self.questions)
                place = self.add(answer.question, answer.text, after)
                if len(self.questions) > size:  # those after it moved on
                    places = [known + 1 if known >= place else known for known in places]
            after = max(after, place)

    def _reworded(self, question: str, after: int, following: Sequence[int]) -> int:
        """Return the one question that stands between the same neighbours and shares a word, -1 when there is none."""
        ahead = next((place for place in following if place >= 0), len(self.questions))
        if ahead - after != 2 or (following and following[0] < 0) or not self.questions:
            return -1
        mine, theirs = frozenset(stems(question)), self._stems[after + 1]
        shared = len(mine & theirs)
        return after + 1 if shared and shared * 4 >= len(mine | theirs) else -1


# -- blocks without questions ----------------------------------------------------------------------------------------
def blocks_of(body: Sequence[Part]) -> list[list[Part]]:
    """Return the answers of a body that states no question: blocks between the widest blank lines it uses.

    Numbers at the start of paragraphs cut too: « 1) … 2) … ».
    """
    parts = [part for part in body if part.words]
    if not parts:
        return []
    gaps = [part.piece.before for part in parts[1:]]
    numbered = [_number_of(part) > 0 for part in parts]
    by_number = sum(numbered) >= 2 and numbered[0]
    wide = 2 if any(gap >= 2 for gap in gaps) else 1
    blocks = [[parts[0]]]
    for gap, part, has_number in zip(gaps, parts[1:], numbered[1:], strict=True):
        starts = has_number if by_number else gap >= wide
        if starts:
            blocks.append([part])
        else:
            blocks[-1].append(part)
    return blocks


def is_labelled(part: Part) -> bool:
    """Whether a line says that it answers, and which question: « R2 : … »."""
    label = cues.ANSWER_LABEL.match(part.piece.folded)
    return label is not None and bool(label["number"])


def _number_of(part: Part) -> int:
    """Return the number that an answer bears, in its words or as an item of a numbered list, 0 for none."""
    number = question_number(part.piece.folded)
    if not number and part.piece.is_item:
        number = question_number(fold(part.piece.line.raw[:20]).strip())
    return number


def proposed_answers(blocks: Sequence[Sequence[Part]], guide: Guide) -> list[Answer]:
    """Return one answer a block, with the question that the guide proposes for it."""
    texts = [wording_of([_without_label(block[0], numbered=True), *block[1:]]).text for block in blocks]
    numbers = [_number_of(block[0]) for block in blocks]
    pairings = _by_number(numbers, guide) or align(texts, guide.questions, guide.answers)
    answers = []
    for block, text, pairing, number in zip(blocks, texts, pairings, numbers, strict=True):
        why: list[str] = []
        if pairing.question >= 0:
            if pairing.shared:
                why.append(reason("shared_words", ", ".join(pairing.shared)))
            why.append(reason("numbered_answer", number) if pairing.confidence >= 0.9 else reason("order"))
            why.extend(_why_blank(text))
            why.append(reason("proposed"))
        else:
            why.append(reason("no_question" if guide.questions else "no_guide"))
            why.extend(_why_blank(text))
        answers.append(
            Answer(
                question=guide.questions[pairing.question] if pairing.question >= 0 else "",
                question_state=QuestionState.PROPOSED if pairing.question >= 0 else QuestionState.UNKNOWN,
                lines=(block[0].piece.number, block[-1].piece.number),
                text=text,
                confidence=pairing.confidence if pairing.question >= 0 else 0.3,
                reasons=tuple(why),
            )
        )
    return answers


def _by_number(numbers: Sequence[int], guide: Guide) -> list[Pairing]:
    """Return the pairing that the numbers of the answers give, empty when they give none."""
    rising = all(low < high for low, high in pairwise(numbers))
    if not rising or not numbers[0] or numbers[-1] > len(guide.questions):
        return []
    return [Pairing(number - 1, 0.9) for number in numbers]
