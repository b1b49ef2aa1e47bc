"""How a whole page is arranged: by person or by question, around an interviewer, or about one person alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from surelle.collective.testimonies.rules.reading.names import NameShape
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
    return asking if len(asking) < len(turns) else frozenset()


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
