"""To review a page: change its reading, then confirm it into testimonies, all at once."""

from collections.abc import Collection as Some
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from surelle.collective.groups.models import Group
from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..models import (
    Answer,
    Collection,
    GuideQuestion,
    InterviewGuide,
    MediaLink,
    Mention,
    Source,
    Testimony,
)
from ..queries.changes import changes_of, words_of
from ..rules.reading.folding import key
from ..rules.reviewing import (
    OPERATIONS,
    Change,
    ChangeKind,
    Composed,
    EntryJson,
    NoSuchPlace,
    Review,
    blanked_text,
)
from ..rules.states import State
from .collections import must_be_open, next_position
from .correcting import correct_text
from .finding import index_testimonies
from .forgetting import discard_original, withdraw_testimony
from .guides import QuestionDraft, save_guide
from .refusals import NothingToConfirm, NotInReview, NotPossibleHere, StaleReview, must_run


@transaction.atomic
def revise_reading(
    *, member: Membership, source: Source, verb: str, change: dict[str, Any], step: int | None = None
) -> Source:
    """Do one operation of rules.reviewing (`verb`, with its parameters in `change`) to a page in review.

    `step` is the number of steps that the person had before them: another number means that somebody else changed the
    review meanwhile. Raises NotYours, NotInReview, StaleReview, NotPossibleHere.
    """
    must_run(member, source.collection)
    source = Source.objects.select_for_update().select_related("collection__group").get(pk=source.pk)
    if source.state != Source.State.IN_REVIEW:
        raise NotInReview
    steps = int(source.reading.get("steps", 0))
    if step is not None and step != steps:
        raise StaleReview
    try:
        review = OPERATIONS[verb](source.reading, **change)
    except NoSuchPlace as error:
        raise NotPossibleHere from error
    source.reading = {**review, "steps": steps + 1}
    source.save(update_fields=["reading"])
    return source


@dataclass(frozen=True)
class Confirmed:
    """What confirming a page did, by testimony."""

    created: list[Testimony] = field(default_factory=list)
    corrected: list[Testimony] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)


@transaction.atomic
def confirm_reading(
    *,
    member: Membership | None,
    source: Source,
    accepted: Some[str] | None = None,
    gone: Some[int] = (),
    keep_guide: bool = True,
) -> Confirmed:
    """Make testimonies of a reviewed page, in one transaction.

    What was written by people awaits their consent; a name without words becomes an expected voice. Of a newer version
    of a page, only the entries in `accepted` (ids; None: all but withdrawn voices) are added or corrected, and voices
    in `gone` (ids of testimonies that the new version no longer holds) are withdrawn. `keep_guide` makes the stated
    questions the guide of a collection that has none. Raises NotYours, CollectionClosed, NotInReview, NothingToConfirm.
    """
    must_run(member, source.collection)
    source = (
        Source.objects.select_for_update(of=("self",))
        .select_related("collection__group", "collection__cooperative", "replaces")
        .get(pk=source.pk)
    )
    collection = source.collection
    must_be_open(collection)
    if source.state != Source.State.IN_REVIEW:
        raise NotInReview
    review: Review = source.reading
    if not review["entries"]:
        raise NothingToConfirm
    words = words_of(review)
    if keep_guide and review["guide"] and not InterviewGuide.objects.filter(collection=collection).exists():
        save_guide(member=member, collection=collection, questions=[QuestionDraft(text) for text in review["guide"]])
    changes = changes_of(source, words)
    entries = {entry["id"]: entry for entry in review["entries"]}
    wanted = [
        change
        for change in changes
        if change.entry
        and (change.kind is not ChangeKind.WITHDRAWN if accepted is None else change.entry in accepted)
        and change.kind is not ChangeKind.SAME
    ]
    made = _create(member, source, [entries[c.entry] for c in wanted if c.testimony is None], words)
    corrected = _correct(member, source, [c for c in wanted if c.kind is ChangeKind.CHANGED], entries, words)
    _move_to(source, [c for c in changes if c.kind is ChangeKind.SAME], entries)
    theirs = {c.testimony or 0 for c in changes if c.kind is ChangeKind.GONE}
    withdrawn = []
    for testimony in Testimony.objects.filter(pk__in=theirs & set(gone)).select_related("collection__group"):
        withdraw_testimony(member=member, testimony=testimony)
        withdrawn.append(testimony.pk)
    _settle(source, review, [c for c in changes if c.kind is ChangeKind.WITHDRAWN])
    record(
        member=member,
        verb="confirm_reading",
        about=source,
        label=collection.title,
        created=len(made),
        corrected=len(corrected),
        withdrawn=len(withdrawn),
    )
    return Confirmed(made, corrected, withdrawn)


def _create(
    member: Membership | None, source: Source, entries: list[EntryJson], words: dict[str, Composed]
) -> list[Testimony]:
    collection, owner = source.collection, source.cooperative_id
    position = next_position(collection)
    members = {
        row.pk: row
        for row in Membership.objects.filter(
            cooperative=owner, pk__in=[e["member"] for e in entries if e["member"]]
        ).select_related("person")
    }
    groups = {
        row.pk: row
        for row in Group.objects.filter(cooperative=owner, pk__in=[e["group_id"] for e in entries if e["group_id"]])
    }
    made = Testimony.objects.bulk_create(
        [
            _testimony(member, source, entry, words[entry["id"]], position + n, members, groups)
            for n, entry in enumerate(entries)
        ],
        batch_size=500,
    )
    keys = question_keys(collection)
    answers, links, mentions = [], [], []
    for testimony, entry in zip(made, entries, strict=True):
        answers += answer_rows(testimony, words[entry["id"]], keys)
        links += [
            MediaLink(
                cooperative_id=owner,
                testimony=testimony,
                url=link["url"][:1000],
                service=link["service"][:40],
                is_likely_to_expire=bool(link["expires"]),
            )
            for link in entry["links"]
        ]
        mentions += [
            Mention(cooperative_id=owner, testimony=testimony, name=name)
            for name in dict.fromkeys(name[:160] for name in entry["mentions"])
        ]
    Answer.objects.bulk_create(answers, batch_size=500)
    MediaLink.objects.bulk_create(links, batch_size=500)
    Mention.objects.bulk_create(mentions, batch_size=500)
    index_testimonies(made)
    return made


def _testimony(
    member: Membership | None,
    source: Source,
    entry: EntryJson,
    words: Composed,
    position: int,
    members: dict[int, Membership],
    groups: dict[int, Group],
) -> Testimony:
    author = members.get(entry["member"] or 0)
    group = groups.get(entry["group_id"] or 0)
    said_on, precision = day_of(entry["date"])
    name = author.person.full_name if author else entry["author"] or entry["signed_as"]
    if entry["author_kind"] == "group":
        name = entry["author"] or entry["group"]
    has_content = bool(words.text or entry["links"])
    return Testimony(
        cooperative_id=source.cooperative_id,
        collection=source.collection,
        kind=entry["kind"],
        state=(State.AWAITING_CONSENT if has_content else State.EXPECTED).value,
        position=position,
        author_kind="member" if author else entry["author_kind"] if entry["author_kind"] != "member" else "outsider",
        author_name=name[:160],
        author=author,
        group=group,
        group_name=(group.name if group else entry["group"])[:160],
        group_kind=group.kind if group else entry["group_kind"],
        tenure=entry["tenure"],
        text=words.text,
        context=entry["context"],
        addressee=entry["addressee"][:160],
        said_on=said_on,
        said_precision=precision,
        source=source,
        source_entry=entry["id"][:80],
        first_line=entry["lines"][0],
        last_line=entry["lines"][1],
        created_by=member,
    )


def answer_rows(testimony: Testimony, words: Composed, keys: dict[str, UUID]) -> list[Answer]:
    """Return the answers of a testimony, unsaved, tied to the questions of the collection's guides."""
    rows = []
    for position, answer in enumerate(words.answers, start=1):
        known = UUID(answer.question_key) if answer.question_key else keys.get(key(answer.question))
        rows.append(
            Answer(
                cooperative_id=testimony.cooperative_id,
                testimony=testimony,
                position=position,
                question=answer.question,
                question_key=known,
                question_state=answer.question_state,
                start=answer.start,
                end=answer.end,
                first_line=answer.lines[0],
                last_line=answer.lines[1],
            )
        )
    return rows


def question_keys(collection: Collection) -> dict[str, UUID]:
    """Return the keys of the collection's questions by their folded words, the latest wording first."""
    rows = GuideQuestion.objects.filter(guide__collection=collection).order_by("guide__version")
    return {key(text): question for text, question in rows.values_list("text", "key")}


def day_of(written: str) -> tuple[date | None, str]:
    """Return the day and precision of 2021, 2021-09 or 2021-09-14; nothing of anything else."""
    parts = written.split("-")
    try:
        numbers = [int(part) for part in parts]
        precision = {1: "year", 2: "month", 3: "day"}[len(numbers)]
        return date(*[*numbers, 1, 1][:3]), precision
    except (ValueError, KeyError):
        return None, ""


def _correct(
    member: Membership | None,
    source: Source,
    changes: list[Change],
    entries: dict[str, EntryJson],
    words: dict[str, Composed],
) -> list[Testimony]:
    keys = question_keys(source.collection)
    rows = {
        row.pk: row
        for row in Testimony.objects.filter(pk__in=[c.testimony for c in changes]).select_related("collection__group")
    }
    corrected = []
    for change in changes:
        testimony, entry = rows[change.testimony or 0], entries[change.entry]
        spoken = words[change.entry]
        correct_text(
            member=member,
            testimony=testimony,
            text=spoken.text,
            answers=answer_rows(testimony, spoken, keys) if spoken.answers else None,
            from_page=True,
        )
        if testimony.state == State.EXPECTED and spoken.text:
            testimony.state = State.AWAITING_CONSENT.value
            testimony.kind = entry["kind"]
        testimony.context = entry["context"] or testimony.context
        _stand_in(testimony, source, entry)
        testimony.save(update_fields=["state", "kind", "context", "source", "source_entry", "first_line", "last_line"])
        index_testimonies([testimony])
        corrected.append(testimony)
    return corrected


def _stand_in(testimony: Testimony, source: Source, entry: EntryJson) -> None:
    testimony.source, testimony.source_entry = source, entry["id"][:80]
    testimony.first_line, testimony.last_line = entry["lines"]


def _move_to(source: Source, same: list[Change], entries: dict[str, EntryJson]) -> None:
    """Let unchanged voices stand in the newer version of the page."""
    rows = Testimony.objects.in_bulk([c.testimony for c in same if c.testimony])
    for change in same:
        _stand_in(rows[change.testimony or 0], source, entries[change.entry])
    Testimony.objects.bulk_update(rows.values(), ["source", "source_entry", "first_line", "last_line"], batch_size=200)


def _settle(source: Source, review: Review, barred: list[Change]) -> None:
    """Confirm the page; keep only what its voices stand on, and of the former version what is still told by it."""
    entries = {entry["id"]: entry for entry in review["entries"]}
    lines = {
        line["number"] for change in barred for line in review["lines"] if line["place"] == entries[change.entry]["id"]
    }
    if lines:
        source.text = blanked_text(source.text, lines=lines)
        discard_original(source)
    source.reading = {
        "title": review["title"],
        "places": {str(line["number"]): line["place"] for line in review["lines"] if line["number"] not in lines},
    }
    source.state, source.confirmed_at = Source.State.CONFIRMED, timezone.now()
    source.save(update_fields=["text", "reading", "state", "confirmed_at"])
    if source.replaces is None:
        return
    former = source.replaces
    told = set()
    for first, last in Testimony.objects.filter(source=former, first_line__isnull=False).values_list(
        "first_line", "last_line"
    ):
        told |= set(range(first or 0, (last or 0) + 1))
    former.text = blanked_text(former.text, lines=set(range(1, former.text.count("\n") + 2)) - told)
    former.state, former.reading = Source.State.REPLACED, {}
    former.save(update_fields=["text", "state", "reading"])
