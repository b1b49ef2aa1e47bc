"""The pages of a collection, and the review of one: its lines and its reading side by side."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surelle.collective.groups.models import Group
from surelle.commons.members.access import visible_members
from surelle.commons.members.models import Membership

from ..models import Answer, Collection, GuideQuestion, InterviewGuide, Source, Testimony
from ..rules.reading.names import same_person
from ..rules.reading.reasons import sentence
from ..rules.reviewing import (
    CHROME,
    HEADING,
    UNREAD,
    AnswerJson,
    Change,
    ChangeKind,
    EntryJson,
    Piece,
    Review,
    pieces_of,
    summary,
)
from .changes import changes_of, words_of

ENTRIES_A_PAGE = 40
A_PAGE = 20
SUGGESTIONS = 5

PLACE_NAMES = {HEADING: _("titre"), CHROME: _("hors des paroles"), UNREAD: _("à placer")}
CHANGE_NAMES = {
    ChangeKind.ADDED: _("Nouvelle voix"),
    ChangeKind.CHANGED: _("Texte changé"),
    ChangeKind.SAME: _("Sans changement"),
    ChangeKind.WITHDRAWN: _("Voix retirée"),
}


@dataclass(frozen=True)
class LineView:
    """One line of the page: `voice` is the number of its entry (0: none), `label` where it stands."""

    number: int
    text: str
    place: str
    role: str
    voice: int
    label: str
    starts_voice: bool


@dataclass(frozen=True)
class ReviewedAnswer:
    """One answer under review, with the reasons in words; `is_long` asks for a fold."""

    answer: AnswerJson
    reasons: list[str]
    state_label: str

    @property
    def is_to_confirm(self) -> bool:
        return self.answer["question_state"] == "proposed"


@dataclass(frozen=True)
class ReviewedEntry:
    """One voice to be: what was read, why, and who it might be. `sure` is the confidence in percent."""

    number: int
    entry: EntryJson
    title: str
    kind_label: str
    reasons: list[str]
    answers: list[ReviewedAnswer]
    sure: int
    members: list[Membership]
    change: str
    change_label: str
    is_first: bool
    is_last: bool

    @property
    def to_confirm(self) -> int:
        return sum(one.is_to_confirm for one in self.answers)


@dataclass(frozen=True)
class ChangeView:
    """One change that a newer version of a page would bring; `pieces` tell old words from new ones."""

    entry: str
    number: int
    title: str
    kind: str
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class ReviewPage:
    """One page of a review; `steps` tells which state of it the person sees."""

    source: Source
    collection: Collection
    entries: list[ReviewedEntry]
    lines: list[LineView]
    page: Page[Any]
    all_entries: list[tuple[str, int, str]]
    groups: list[Group]
    questions: list[tuple[str, str]]
    summary: dict[str, int]
    steps: int
    can_undo: bool
    is_newer: bool
    changes: list[ChangeView]
    same_count: int
    gone: list[Testimony]
    may_keep_guide: bool
    guide: list[str]
    remarks: list[str]


def source_list(collection: Collection, page: int) -> Page[Any]:
    """Return the pages that were imported, the latest first, with the count of voices that stand on each."""
    rows = (
        Source.objects.filter(collection=collection)
        .exclude(state=Source.State.DROPPED)
        .defer("text", "reading")
        .select_related("imported_by__person")
        .annotate(voices=Count("testimonies", filter=~Q(testimonies__state="withdrawn")))
        .order_by("-imported_at", "-pk")
    )
    return Paginator(rows, A_PAGE).get_page(page)


def review_page(member: Membership, source: Source, page: int = 1) -> ReviewPage:
    """Return the review of a page, forty voices at a time, with the lines that stand beside them."""
    review: Review = source.reading
    language = (get_language() or "fr")[:2]
    words = words_of(review)
    changes = changes_of(source, words)
    by_entry = {change.entry: change for change in changes if change.entry}
    is_newer = source.replaces_id is not None
    numbers = {entry["id"]: number for number, entry in enumerate(review["entries"], start=1)}
    found: Page[Any] = Paginator(review["entries"], ENTRIES_A_PAGE).get_page(page)
    members = list(visible_members(member).filter(left_on=None).select_related("person").order_by("pk"))
    shown = list(found.object_list)
    entries = []
    for entry in shown:
        change = by_entry[entry["id"]]
        is_told = is_newer or change.kind is ChangeKind.WITHDRAWN
        entries.append(
            ReviewedEntry(
                number=numbers[entry["id"]],
                entry=entry,
                title=entry["author"]
                or entry["signed_as"]
                or (entry["group"] if entry["author_kind"] == "group" else ""),
                kind_label=str(Testimony.Kind(entry["kind"]).label),
                reasons=[sentence(reason, language) for reason in entry["reasons"]],
                answers=[
                    ReviewedAnswer(
                        answer,
                        [sentence(reason, language) for reason in answer["reasons"]],
                        str(Answer.QuestionState(answer["question_state"]).label),
                    )
                    for answer in entry["answers"]
                ],
                sure=round(100 * entry["confidence"]),
                members=[
                    one for one in members if entry["author"] and same_person(one.person.full_name, entry["author"])
                ][:SUGGESTIONS],
                change=change.kind.value if is_told else "",
                change_label=str(CHANGE_NAMES[change.kind]) if is_told else "",
                is_first=numbers[entry["id"]] == 1,
                is_last=numbers[entry["id"]] == len(review["entries"]),
            )
        )
    gone = [change.testimony or 0 for change in changes if change.kind is ChangeKind.GONE]
    guide = InterviewGuide.objects.filter(collection=source.collection_id).order_by("-version").first()
    questions = (
        [(str(q.key), q.text) for q in GuideQuestion.objects.filter(guide=guide).order_by("position")]
        if guide
        else [("", question) for question in review["guide"]]
    )
    return ReviewPage(
        source=source,
        collection=source.collection,
        entries=entries,
        lines=_lines(review, numbers, found),
        page=found,
        all_entries=[(entry["id"], numbers[entry["id"]], name_of(entry)) for entry in review["entries"]],
        groups=list(Group.objects.filter(cooperative=source.cooperative_id, closed_on=None).order_by("name")),
        questions=questions,
        summary=summary(review),
        steps=int(source.reading.get("steps", 0)),
        can_undo=bool(review["history"]),
        is_newer=is_newer,
        changes=_changes(changes, {entry["id"]: entry for entry in review["entries"]}, numbers) if is_newer else [],
        same_count=sum(change.kind is ChangeKind.SAME for change in changes),
        gone=list(Testimony.objects.filter(pk__in=gone).order_by("position", "pk")),
        may_keep_guide=guide is None and bool(review["guide"]),
        guide=review["guide"],
        remarks=[remark.get(language, "") for remark in source.reading.get("remarks", [])],
    )


def _changes(changes: list[Change], entries: dict[str, EntryJson], numbers: dict[str, int]) -> list[ChangeView]:
    return [
        ChangeView(
            entry=change.entry,
            number=numbers[change.entry],
            title=name_of(entries[change.entry]),
            kind=change.kind.value,
            label=str(CHANGE_NAMES[change.kind]),
            pieces=pieces_of(change.old_text, change.new_text) if change.kind is ChangeKind.CHANGED else [],
        )
        for change in changes
        if change.entry and change.kind is not ChangeKind.SAME
    ]


def name_of(entry: EntryJson) -> str:
    """Return who speaks in an entry: a name, "Une coopératrice", or the group; empty when nobody is named."""
    return entry["author"] or entry["signed_as"] or (entry["group"] if entry["author_kind"] == "group" else "")


def _lines(review: Review, numbers: dict[str, int], page: Page[Any]) -> list[LineView]:
    """Return the lines beside the entries of this page: from the end of the page before to the end of this one."""
    entries = list(page.object_list)
    first = entries[0]["lines"][0] if entries and page.number > 1 else 0
    last = entries[-1]["lines"][1] if entries and page.has_next() else 10**9
    if entries and page.number > 1:
        before = review["entries"][numbers[entries[0]["id"]] - 2]
        first = before["lines"][1] + 1
    views, seen = [], set()
    for line in review["lines"]:
        if not first <= line["number"] <= last:
            continue
        voice = numbers.get(line["place"], 0)
        views.append(
            LineView(
                number=line["number"],
                text=line["text"],
                place=line["place"],
                role=line["role"],
                voice=voice,
                label=str(PLACE_NAMES.get(line["place"], "")),
                starts_voice=bool(voice) and voice not in seen,
            )
        )
        seen.add(voice)
    return views


@dataclass(frozen=True)
class ConfirmedPage:
    """A confirmed page: its lines with the voice that each belongs to (its id and who speaks)."""

    source: Source
    lines: list[tuple[int, str, int | None, str]]
    voices: list[Testimony]


def confirmed_page(source: Source) -> ConfirmedPage:
    """Return the lines of a confirmed page, and the voices that stand on it."""
    voices = list(Testimony.objects.filter(source=source).exclude(state="withdrawn").order_by("first_line", "pk"))
    owner = {
        number: voice
        for voice in voices
        if voice.first_line and voice.last_line
        for number in range(voice.first_line, voice.last_line + 1)
    }
    lines = [
        (number, line, owner[number].pk if number in owner else None, str(owner[number]) if number in owner else "")
        for number, line in enumerate(source.text.split("\n"), start=1)
        if line.strip()
    ]
    return ConfirmedPage(source, lines, voices)
