"""To correct a text without losing what hangs on it, and to put right what is said of a voice."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import transaction

from surelle.collective.groups.models import Group
from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..models import Answer, Excerpt, Mention, Testimony
from ..rules.anchoring import Anchor, anchor, canonical, reanchor
from ..rules.reading.folding import key
from ..rules.states import State
from .finding import index_testimonies
from .refusals import NameNeeded, WrongState, must_run


@transaction.atomic
def correct_text(
    *,
    member: Membership | None,
    testimony: Testimony,
    text: str,
    answers: Sequence[Answer] | None = None,
    from_page: bool = False,
) -> list[Excerpt]:
    """Change the words of a testimony; its answers keep their places and its marks are found again.

    `answers` are new rows with their spans, unsaved, when the caller knows them (a new version of a page, the form with
    one field per answer); otherwise the present ones are re-anchored. Returns the marks whose words are gone: they keep
    their quote, and wait for a person. Raises NotYours, WrongState.
    """
    must_run(member, testimony.collection)
    row = Testimony.objects.select_for_update().get(pk=testimony.pk)
    # A voice not heard yet may get its first words from a newer version of its page only.
    if row.state == State.WITHDRAWN or (row.state == State.EXPECTED and not from_page):
        raise WrongState
    old, new = row.text, canonical(text).strip()
    if answers is None and old == new:
        return []
    if answers is None:
        _move_answers(row, old, new)
    else:
        _replace_answers(row, answers)
    lost = _move_marks(row, old, new)
    testimony.text = new
    testimony.text_version = row.text_version + (old != new)
    testimony.save(update_fields=["text", "text_version"])
    Mention.objects.filter(pk__in=[m.pk for m in Mention.objects.filter(testimony=row) if m.name not in new]).delete()
    index_testimonies([testimony])
    record(
        member=member,
        verb="correct_text",
        about=testimony,
        label=testimony.collection.title,
        version=testimony.text_version,
        lost_marks=len(lost),
    )
    return lost


def _move_answers(row: Testimony, old: str, new: str) -> None:
    """Let each answer hold the same words in the new text, in order, none over another."""
    answers = list(Answer.objects.filter(testimony=row).order_by("position"))
    if not answers:
        return
    spoken = [answer for answer in answers if answer.end > answer.start]
    found = reanchor(old, new, [anchor(old, answer.start, answer.end) for answer in spoken])
    places = {answer.pk: place for answer, place in zip(spoken, found, strict=True)}
    at = 0
    for answer in answers:
        place = places.get(answer.pk)
        start, end = (place.start, place.end) if place else (at, at)
        answer.start = max(start, at)
        answer.end = max(answer.start, end)
        at = answer.end
    # Words added at the seam of two answers belong to the former one, the last answer takes what was added at the end.
    for answer, following in pairwise([a for a in answers if a.end > a.start]):
        gap = new[answer.end : following.start]
        answer.end += len(gap.rstrip())
    last = next((a for a in reversed(answers) if a.end > a.start), None)
    if last is not None:
        last.end = max(last.end, len(new.rstrip()))
    Answer.objects.bulk_update(answers, ["start", "end"])


def _replace_answers(row: Testimony, answers: Sequence[Answer]) -> None:
    Answer.objects.filter(testimony=row).delete()
    for answer in answers:
        answer.testimony, answer.cooperative_id = row, row.cooperative_id
    Answer.objects.bulk_create(answers)


def _move_marks(row: Testimony, old: str, new: str) -> list[Excerpt]:
    """Find the marks again in the new text; those that are lost keep their quote, and are told."""
    if old == new:
        return []
    marks = list(Excerpt.objects.filter(testimony=row))
    if not marks:
        return []
    if not old:
        return []
    wanted = [Anchor(mark.start, mark.end, mark.quote, mark.before, mark.after) for mark in marks]
    lost = []
    for mark, place in zip(marks, reanchor(old, new, wanted), strict=True):
        if place is None:
            mark.is_lost = True
            lost.append(mark)
        else:
            mark.start, mark.end, mark.quote = place.start, place.end, place.quote
            mark.before, mark.after, mark.is_lost = place.before, place.after, False
    Excerpt.objects.bulk_update(marks, ["start", "end", "quote", "before", "after", "is_lost"], batch_size=200)
    return lost


@transaction.atomic
def correct_answers(*, member: Membership | None, testimony: Testimony, words: Sequence[str]) -> list[Excerpt]:
    """Change an interview answer by answer, in their order; words that stood before the first answer stay.

    Returns the marks whose words are gone. Raises NotYours, WrongState.
    """
    answers = list(Answer.objects.filter(testimony=testimony).order_by("position"))
    if len(words) != len(answers):
        raise WrongState
    text = testimony.text[: min((a.start for a in answers), default=0)].strip()
    for answer, said in zip(answers, words, strict=True):
        spoken = canonical(said).strip()
        text += "\n\n" if spoken and text else ""
        answer.pk, answer.start = None, len(text)
        text += spoken
        answer.end = len(text)
    return correct_text(member=member, testimony=testimony, text=text, answers=answers)


@transaction.atomic
def confirm_question(
    *, member: Membership, testimony: Testimony, answer: Answer, question: str, question_key: Any = None
) -> None:
    """Say which question an answer replies to; raises NotYours."""
    must_run(member, testimony.collection)
    answer.question = canonical(question).strip()
    answer.question_key = question_key
    answer.question_state = Answer.QuestionState.CONFIRMED if answer.question else Answer.QuestionState.UNKNOWN
    answer.save(update_fields=["question", "question_key", "question_state"])
    record(member=member, verb="confirm_question", about=testimony, label=testimony.collection.title)


@transaction.atomic
def edit_testimony(
    *,
    member: Membership,
    testimony: Testimony,
    kind: str,
    author_kind: str,
    author_name: str = "",
    author: Membership | None = None,
    group: Group | None = None,
    group_name: str = "",
    tenure: str = "",
    said_on: date | None = None,
    said_precision: str = "",
    context: str = "",
    addressee: str = "",
    mentions: Sequence[str] = (),
) -> None:
    """Put right who speaks, when, in which context, and who is named; raises NotYours, WrongState, NameNeeded."""
    must_run(member, testimony.collection)
    if testimony.state == State.WITHDRAWN:
        raise WrongState
    name = canonical(author.person.full_name if author and author_kind == "member" else author_name).strip()
    if author_kind == "group":
        name = name or (group.name if group else group_name.strip())
    if author_kind in ("member", "outsider", "group") and not name:
        raise NameNeeded
    testimony.kind, testimony.author_kind = kind, author_kind
    testimony.author = author if author_kind == "member" else None
    testimony.author_name = name[:160]
    testimony.group = group
    testimony.group_name = (group.name if group else canonical(group_name).strip())[:160]
    testimony.group_kind = group.kind if group else testimony.group_kind if group_name.strip() else ""
    testimony.tenure = tenure
    testimony.said_on, testimony.said_precision = said_on, said_precision if said_on else ""
    testimony.context = canonical(context).strip()
    testimony.addressee = canonical(addressee).strip()[:160]
    testimony.save()
    names = {key(name): canonical(name).strip()[:160] for name in mentions if name.strip()}
    Mention.objects.filter(testimony=testimony).exclude(name__in=names.values()).delete()
    Mention.objects.bulk_create(
        [Mention(cooperative_id=testimony.cooperative_id, testimony=testimony, name=name) for name in names.values()],
        ignore_conflicts=True,
    )
    index_testimonies([testimony])
    record(member=member, verb="edit_testimony", about=testimony, label=testimony.collection.title)
