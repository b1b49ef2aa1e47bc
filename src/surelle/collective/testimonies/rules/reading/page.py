"""The whole page: from the lines of a source to its reading, every line accounted for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from surelle.collective.testimonies.rules.reading.dates import date_in
from surelle.collective.testimonies.rules.reading.drafts import layout_of
from surelle.collective.testimonies.rules.reading.identity import with_identifiers
from surelle.collective.testimonies.rules.reading.interviews import Guide, blocks_of, is_labelled, proposed_answers
from surelle.collective.testimonies.rules.reading.pieces import pieces_of
from surelle.collective.testimonies.rules.reading.reasons import reason
from surelle.collective.testimonies.rules.reading.roles import parts_of
from surelle.collective.testimonies.rules.reading.sections import Draft
from surelle.collective.testimonies.rules.reading.source import Answer, Entry, EntryKind, QuestionState, Reading, Source
from surelle.collective.testimonies.rules.reading.unheard import empty_groups
from surelle.collective.testimonies.rules.reading.voices import entry_of


def read(source: Source, guide: Sequence[str] = ()) -> Reading:
    """Return what a careful person would see in a source; the same source and guide always give the same reading.

    `guide` are the questions already known in the collection, in order: besides those that other interviews of the page
    state, they are proposed to answers whose questions are missing. The time is linear in the length of the source.
    """
    pieces, chrome, titles = pieces_of(source)
    parts = parts_of(pieces, guide)
    layout = layout_of(parts, source.title)
    voiced = [(draft, entry_of(draft)) for draft in layout.drafts]
    stated = Guide(layout.guide)
    for _, entry in voiced:
        stated.learn(entry.answers)
    entries = _with_given_dates(_with_missing_questions(voiced, stated, guide), source)
    entries += empty_groups(layout, entries)
    entries.sort(key=lambda entry: entry.lines)
    return _accounted(
        source, layout.title, with_identifiers(entries), [*titles, *layout.heading_lines], chrome, stated.questions
    )


# -- interviews whose questions are missing ----------------------------------------------------------------------------
def _with_missing_questions(voiced: Sequence[tuple[Draft, Entry]], stated: Guide, known: Sequence[str]) -> list[Entry]:
    by_section: dict[int, Guide] = {}
    for draft, entry in voiced:
        if entry.answers:
            by_section.setdefault(draft.section.number, Guide()).learn(entry.answers)
    heard = [entry for _, entry in voiced if not entry.is_empty]
    if heard and all(entry.answers for entry in heard):  # nothing but interviews: who is silent was to be interviewed
        by_section = {draft.section.number: by_section.get(draft.section.number, stated) for draft, _ in voiced}
    whole = _merged(stated, known)
    entries = []
    for draft, entry in voiced:
        peers = by_section.get(draft.section.number)
        entries.append(_completed(draft, entry, peers, whole))
    return entries


def _with_given_dates(entries: Sequence[Entry], source: Source) -> list[Entry]:
    """Return the entries with the dates that the format itself gives to them, as the rows of a survey do."""
    dates = [
        (line.number, date_in(line.text)) for line in source.lines if line.speaker == "date" and date_in(line.text)
    ]
    starts = [entry.lines[0] for entry in entries]
    dated = list(entries)
    for number, date in dates:
        place = bisect_right(starts, number) - 1
        if place >= 0 and not dated[place].date and number <= dated[place].lines[1] + 1:
            why = (*dated[place].reasons, reason("date_given"))
            dated[place] = replace(dated[place], date=date, reasons=why)
    return dated


def _completed(draft: Draft, entry: Entry, peers: Guide | None, whole: Guide) -> Entry:
    interviewed = peers is not None or draft.section.kind == "interview"
    if entry.is_empty:
        if interviewed and entry.kind is EntryKind.QUOTE:
            why = "peers_interviewed" if peers else "interview_section"
            return replace(entry, kind=EntryKind.INTERVIEW, reasons=(*entry.reasons, reason(why)))
        return entry
    if entry.answers or entry.kind is not EntryKind.QUOTE:
        return entry
    body = [part for part in draft.body if part.words and part is not draft.author]
    if draft.author is not None and draft.author.words:
        body.insert(0, draft.author)
    if any(part.piece.span >= 0 for part in body):
        return entry
    blocks = blocks_of(body)
    labelled = bool(blocks and whole.questions) and all(is_labelled(block[0]) for block in blocks)
    guide = peers if peers is not None and len(peers.questions) >= 2 else whole
    if len(blocks) < 2 and not (blocks and (labelled or draft.section.kind == "interview")):
        return entry
    answers = proposed_answers(blocks, guide)
    if not interviewed and not labelled and not _is_plainly_interview(answers):
        return entry
    why = "peers_interviewed" if peers else "interview_section" if interviewed else "order"
    return replace(
        entry,
        kind=EntryKind.INTERVIEW,
        answers=tuple(answers),
        confidence=round(max(0.3, entry.confidence - 0.15), 2),
        reasons=(
            *(code for code in entry.reasons if code not in ("prose", "first_person", "kind_unsure")),
            reason("blocks", len(blocks)),
            reason(why),
        ),
    )


def _is_plainly_interview(answers: Sequence[Answer]) -> bool:
    """Whether blocks in a section of mere testimonies fit a known guide so well that they must be answers to it."""
    proposed = [answer for answer in answers if answer.question_state is QuestionState.PROPOSED]
    if len(answers) < 3 or len(proposed) < 3 or len(proposed) * 4 < len(answers) * 3:
        return False
    return sum(answer.confidence for answer in proposed) / len(proposed) >= 0.6


def _merged(stated: Guide, known: Sequence[str]) -> Guide:
    """Return the known guide, with what the page answers to it; what only the page asks comes after."""
    if not known:
        return stated
    guide = Guide(known)
    for question, answers in zip(stated.questions, stated.answers, strict=True):
        place = guide.add(question)
        if place >= 0:
            guide.answers[place].extend(answers)
    return guide


# -- every line in one place -------------------------------------------------------------------------------------------
def _accounted(
    source: Source,
    title: str,
    entries: Sequence[Entry],
    headings: Sequence[int],
    chrome: Sequence[int],
    guide: Sequence[str],
) -> Reading:
    """Return the reading, each non-blank line in exactly one of entries, headings, chrome and unread."""
    inside: set[int] = set()
    for entry in entries:
        inside.update(range(entry.lines[0], entry.lines[1] + 1))
    heading_lines = sorted(set(headings) - inside)
    chrome_lines = sorted(set(chrome) - inside - set(heading_lines))
    placed = inside | set(heading_lines) | set(chrome_lines)
    unread = [line.number for line in source.lines if line.raw.strip() and line.number not in placed]
    return Reading(
        source=source,
        title=title,
        entries=tuple(entries),
        heading_lines=tuple(heading_lines),
        chrome_lines=tuple(chrome_lines),
        unread_lines=tuple(unread),
        guide=tuple(guide),
    )
