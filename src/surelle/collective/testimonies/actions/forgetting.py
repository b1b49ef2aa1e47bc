"""To withdraw a voice: it hides at once, its words are purged everywhere, and only the fact remains."""

from django.db import transaction
from django.utils import timezone

from surelle.commons.audit.actions import record
from surelle.commons.files.actions import purge
from surelle.commons.files.models import StoredFile
from surelle.commons.members.models import Membership, Person
from surelle.commons.search.actions import forget, sweep

from ..models import (
    Answer,
    AnswerInvitation,
    Consent,
    Excerpt,
    MarkingStep,
    MediaLink,
    Mention,
    RoundTestimony,
    Source,
    Testimony,
    Theme,
)
from ..queries.changes import marks_left_by
from ..rules.reading.folding import key
from ..rules.reviewing import blanked_text, swept_review
from ..rules.states import Channel, State, may
from .finding import index_testimonies
from .refusals import WrongState, must_run

RUN = 6  # words


@transaction.atomic
def withdraw_testimony(*, member: Membership | None, testimony: Testimony, by: str = "coordinator") -> None:
    """Purge a voice: words, answers, marks, mentions, files, saved words, index, the lines of its page.

    `by` is who asked: coordinator, author (from their own words, or their account), link (the person's own link), page
    (it left the page it came from). Raises WrongState, and NotYours for a coordinator who does not run the collection.
    """
    if by == "coordinator":
        must_run(member, testimony.collection)
    row = Testimony.objects.select_for_update(of=("self",)).select_related("source", "collection").get(pk=testimony.pk)
    if not may("withdraw_testimony", State(row.state)):
        raise WrongState
    marks = marks_left_by(row.author_name, row.text)
    words = [row.text, row.context, *AnswerInvitation.objects.filter(testimony=row).values_list("saved", flat=True)]
    said = [text for each in words for text in (each.values() if isinstance(each, dict) else [each]) if text]
    _forget_marks(row)
    _forget_files(row)
    _forget_pages(row, said)
    Answer.objects.filter(testimony=row).delete()
    Mention.objects.filter(testimony=row).delete()
    AnswerInvitation.objects.filter(testimony=row).update(email="", saved={})
    now = timezone.now()
    Consent.objects.filter(testimony=row, ended_at=None).update(ended_at=now)
    Consent.objects.filter(testimony=row).update(proof_note="")
    forget(kind="testimony", object_ids=[row.pk])
    sweep()
    row.state, row.withdrawn_at, row.published_at = State.WITHDRAWN.value, now, None
    row.text = row.author_name = row.context = row.addressee = row.group_name = ""
    row.author, row.author_kind, row.group = None, Testimony.AuthorKind.ANONYMOUS, None
    row.tenure = row.said_precision = ""
    row.said_on = row.first_line = row.last_line = None
    row.text_version += 1
    row.source_entry = marks
    row.save()
    record(member=member, verb="withdraw_testimony", about=row, label=row.collection.title, by=by)
    _take_over(testimony, row)


@transaction.atomic
def forget_person(*, person: Person) -> None:
    """Let go of somebody whose account closes, in every cooperative.

    A consent is given by a person: when the person goes, so do their words, with one exception. What was published
    without a name, with their consent, tells nobody who spoke: it stays, and the tie to the account is cut.
    """
    own = Testimony.objects.filter(author__person=person).exclude(state=State.WITHDRAWN)
    for testimony in own.select_related("collection__group", "source").order_by("pk"):
        channels = set(
            Consent.objects.filter(testimony=testimony, ended_at=None).order_by().values_list("channel", flat=True)
        )
        is_unsigned = testimony.author_kind == Testimony.AuthorKind.ANONYMOUS or Channel.NAME.value not in channels
        is_unseen = not {Channel.IMAGE.value, Channel.NAME.value} & channels
        if testimony.state == State.PUBLISHED and testimony.audience in channels and is_unsigned and is_unseen:
            _unsign(testimony)
        else:
            withdraw_testimony(member=None, testimony=testimony, by="author")
    AnswerInvitation.objects.filter(email__iexact=person.email).update(email="", saved={})


def _unsign(testimony: Testimony) -> None:
    """Cut the tie between published words and a person who never signed them."""
    testimony.author, testimony.author_name = None, ""
    testimony.author_kind = Testimony.AuthorKind.ANONYMOUS
    testimony.save(update_fields=["author", "author_name", "author_kind"])
    AnswerInvitation.objects.filter(testimony=testimony).update(email="", saved={})
    Consent.objects.filter(testimony=testimony).update(proof_note="")
    index_testimonies([testimony])
    record(member=None, verb="unsign_testimony", about=testimony, label=testimony.collection.title)


# --- what is purged ---------------------------------------------------------------------------------------------------


def _forget_marks(row: Testimony) -> None:
    """Delete the marks, and the steps that could bring them back: undoing a mark must not undo a withdrawal."""
    MarkingStep.objects.filter(testimony=row).delete()
    Excerpt.objects.filter(testimony=row).delete()
    RoundTestimony.objects.filter(testimony=row).delete()
    themes = Theme.objects.filter(collection=row.collection_id).exclude(example="")
    quoting = [theme.pk for theme in themes if _quotes(theme.example, row.text)]
    Theme.objects.filter(pk__in=quoting).update(example="")
    steps = MarkingStep.objects.filter(collection=row.collection_id, testimony=None).only("pk", "before", "after")
    stale = [
        step.pk
        for step in steps.iterator()
        for rows in (step.before.get("themes", {}), step.after.get("themes", {}))
        if any(_quotes(theme.get("example", ""), row.text) for theme in rows.values())
    ]
    MarkingStep.objects.filter(pk__in=stale).delete()


def _quotes(example: str, text: str) -> bool:
    """Say whether an example written beside a theme was taken from these words: six in a row are no accident."""
    words, said = key(example).split(), f" {key(text)} "
    return any(f" {' '.join(words[n : n + RUN])} " in said for n in range(len(words) - RUN + 1))


def _forget_files(row: Testimony) -> None:
    media = MediaLink.objects.filter(testimony=row).select_related("hosted")
    files = [link.hosted for link in media if link.hosted]
    proofs = Consent.objects.filter(testimony=row).exclude(proof_file=None).select_related("proof_file")
    files += [consent.proof_file for consent in proofs if consent.proof_file]
    media.delete()
    for file in files:
        discard_file(file)


def _forget_pages(row: Testimony, said: list[str]) -> None:
    """Blank the voice's lines in its page, and its words in every page of the collection, also those in review."""
    lines: set[int] = set()
    if row.source_id and row.first_line and row.last_line:
        lines = set(range(row.first_line, row.last_line + 1))
    names = [row.author_name] if " " in row.author_name else []
    for page in Source.objects.filter(collection=row.collection_id).exclude(text="").select_related("original"):
        is_own = page.pk == row.source_id
        before = (page.text, page.title, page.reading)
        page.text = blanked_text(page.text, lines=lines if is_own else (), words=said)
        if page.reading.get("entries") is not None:
            page.reading = {**page.reading, **swept_review(page.reading, words=said)}
        if any(name and name in page.title for name in names):
            page.title = ""
        if is_own or (page.text, page.title, page.reading) != before:
            page.save(update_fields=["text", "reading", "title"])
            discard_original(page)
    # Former versions of the page are kept under their hash as files too.
    former = Source.objects.filter(collection=row.collection_id, state=Source.State.REPLACED).exclude(original=None)
    for page in former.select_related("original"):
        discard_original(page)


def discard_original(page: Source) -> None:
    """Delete the file that a page came from: it holds every voice, also those that were withdrawn."""
    if page.original_id is None:
        return
    original, page.original = page.original, None
    page.save(update_fields=["original"])
    if original:
        discard_file(original)


def discard_file(file: StoredFile) -> None:
    """Delete a kept file with its bytes."""
    purge(file=file)


def _take_over(testimony: Testimony, row: Testimony) -> None:
    """Let the caller's object say what the row says, so that nobody shows withdrawn words by a stale object."""
    for field in Testimony._meta.concrete_fields:
        setattr(testimony, field.attname, getattr(row, field.attname))
