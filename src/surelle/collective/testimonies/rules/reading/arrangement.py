"""How a whole page is arranged: by person or by question, around an interviewer, or about one person alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from surelle.collective.testimonies.rules.reading import cues
from surelle.collective.testimonies.rules.reading.folding import fold
from surelle.collective.testimonies.rules.reading.names import NameShape, name_shape
from surelle.collective.testimonies.rules.reading.questions import split_question
from surelle.collective.testimonies.rules.reading.roles import Part, Role
from surelle.collective.testimonies.rules.reading.source import LineKind


def host_of(parts: Sequence[Part]) -> NameShape | None:
    """Return the person that the title names, « Interview de Prénom Nom », when no line names anybody else."""
    title = next((part.heading for part in parts[:1] if part.role is Role.TITLE), None)
    named = any(part.role in (Role.AUTHOR, Role.SIGNATURE) or part.piece.line.speaker for part in parts)
    return title.voice if title is not None and title.voice is not None and title.voice.author and not named else None


def interviewers_of(parts: Sequence[Part]) -> frozenset[str]:
    """Return the speakers of a transcript who mostly ask, where others mostly do not."""
    turns: Counter[str] = Counter()
    asks: Counter[str] = Counter()
    for part in parts:
        if part.piece.line.kind is LineKind.SPEAKER and (speaker := part.piece.line.speaker):
            turns[speaker] += 1
            asks[speaker] += "?" in part.piece.text[-300:]
    asking = frozenset(speaker for speaker in turns if asks[speaker] * 2 >= turns[speaker])
    if len(asking) == len(turns):  # « Et vous ? » at the end of an answer: who asks most is the interviewer
        most = max((asks[speaker] / turns[speaker] for speaker in turns), default=0.0)
        asking = frozenset(speaker for speaker in turns if asks[speaker] / turns[speaker] == most)
    return asking if len(asking) < len(turns) else frozenset()


def as_dialogues(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with the turns of a written dialogue, « Hugo : … », « Marthe : … », made turns of speakers.

    A dialogue has one who mostly asks, again and again, and others who answer; in a section of comments, people speak
    each for themselves.
    """
    found = list(parts)
    start = 0
    for end in range(len(found) + 1):
        if end < len(found) and found[end].role is not Role.SECTION and not _heads_a_voice(found[end]):
            continue
        above = found[start - 1].heading if start else None
        is_comments = above is not None and above.kind == "feedback"
        if not is_comments and _is_dialogue(found[start:end]):
            found[start:end] = [_turn(part) for part in found[start:end]]
        start = end + 1
    return found


def _heads_a_voice(part: Part) -> bool:
    return part.role is Role.AUTHOR and not part.words and part.piece.is_heading


def _is_dialogue(parts: Sequence[Part]) -> bool:
    turns: Counter[str] = Counter()
    asks: Counter[str] = Counter()
    for part in parts:
        if part.role is Role.AUTHOR and part.words and part.form == "name_inline" and part.shape and part.shape.author:
            turns[part.shape.author] += 1
            asks[part.shape.author] += "?" in part.words[-300:]
    asking = [name for name in turns if asks[name] >= 2 and asks[name] * 2 >= turns[name]]
    return len(asking) == 1 and len(turns) > 1 and sum(turns.values()) > len(turns) + 1


def _turn(part: Part) -> Part:
    if part.role is not Role.AUTHOR or not part.words or part.shape is None or not part.shape.author:
        return part
    line = replace(part.piece.line, kind=LineKind.SPEAKER, speaker=part.shape.author, text=part.words)
    piece = replace(part.piece, line=line, text=part.words, folded=fold(part.words))
    return Part(piece, Role.BODY, part.words)


def with_signatures(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with names that stand under their words, all over a section, made signatures.

    So it is when the section starts with words that say « je » and ends with a name under which nothing is said.
    """
    found = list(parts)
    start = 0
    for end in range(len(found) + 1):
        if end < len(found) and found[end].role not in (Role.SECTION, Role.TITLE):
            continue
        said = found[start:end]
        while said and said[-1].piece.links and said[-1].role is Role.BODY:
            said = said[:-1]
        if len(said) > 1 and _is_signed_below(said):
            for part in said:
                if shape := _may_sign(part):
                    part.role, part.form, part.shape, part.words = Role.SIGNATURE, "name_signature", shape, ""
        start = end + 1
    return found


def _may_sign(part: Part) -> NameShape | None:
    """Return the name that a line is and nothing else, None when it is more."""
    if part.role is Role.AUTHOR:
        alone = not part.words and not part.piece.is_heading and part.form != "name_given"
        return part.shape if alone and part.heading is None else None
    if part.role is not Role.BODY or part.piece.line.kind is not LineKind.TEXT or len(part.words) > 60:
        return None
    shape = name_shape(part.words)
    return shape if shape is not None and shape.author and shape.score >= 2.5 else None


def _is_signed_below(said: Sequence[Part]) -> bool:
    signs = [_may_sign(part) is not None for part in said]
    if said[0].role is not Role.BODY or signs[0] or not signs[-1]:
        return False
    if any(part.role not in (Role.BODY, Role.SIGNATURE) and not sign for part, sign in zip(said, signs, strict=True)):
        return False
    if any(above and below for above, below in pairwise(signs)):
        return False
    first = " ".join(part.piece.folded[:400] for part in said[:3])
    return bool(cues.SINGULAR_FIRST_PERSON.search(first)) and not cues.INTRODUCTION.search(first)


def places_of_shared_questions(parts: Sequence[Part]) -> frozenset[int]:
    """Return the places of questions that gather the answers of several people, each under their name.

    That is so when the names come after the questions, again and again, and a question never follows inside a voice
    that was opened above it in a lesser style.
    """
    shared: set[int] = set()
    start = 0
    for end in range(len(parts) + 1):
        if end < len(parts) and parts[end].role is not Role.SECTION:
            continue
        shared |= _shared_in(parts, start, end)
        start = end + 1
    return frozenset(shared)


def _shared_in(parts: Sequence[Part], start: int, end: int) -> set[int]:
    questions = [
        i
        for i in range(start, end)
        if parts[i].role is Role.QUESTION and not split_question(parts[i].piece, beside=True)[1]
    ]
    authors = [i for i in range(start, end) if parts[i].role is Role.AUTHOR]
    if not questions or not authors or authors[0] < questions[0]:
        return set()
    if any(parts[i].piece.line.kind is LineKind.QUESTION for i in questions):
        return set()
    followed = sum(1 for i in questions if i + 1 < end and parts[i + 1].role is Role.AUTHOR)
    return set(questions) if followed * 2 > len(questions) else set()
