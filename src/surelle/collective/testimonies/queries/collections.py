"""The list of collections, and one collection by group, by question, by person."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from surelle.commons.members.models import Membership
from surelle.commons.search.queries import matching_ids
from surelle.commons.search.rules import snippet

from ..access import can_run, is_in_team, own_collections, partner_testimonies, visible_collections, visible_testimonies
from ..models import Answer, AnswerInvitation, Collection, GuideQuestion, InterviewGuide, Source, Testimony
from ..rules.states import READABLE, State
from .voices import Voice, voices_of

A_PAGE = 20
A_TASTE = 4

HEARD = Q(testimonies__state__in=[s.value for s in READABLE])
NOT_HEARD = (State.EXPECTED.value, State.DRAFT.value)


@dataclass(frozen=True)
class CollectionCard:
    """One collection in a list; `awaiting` and `expected` are None for those outside the team."""

    collection: Collection
    is_team: bool
    heard: int
    awaiting: int | None
    expected: int | None
    last_heard: Any


def collection_cards(member: Membership, group: str = "") -> list[CollectionCard]:
    """Return the collections that the member may open, the open ones first; of one group by its slug."""
    rows = visible_collections(member).select_related("group")
    if group:
        rows = rows.filter(group__slug=group)
    team = set(Collection.objects.filter(own_collections(member)).order_by().values_list("pk", flat=True))
    published = Q(testimonies__state=State.PUBLISHED.value)
    counted = rows.annotate(
        heard=Count("testimonies", filter=HEARD, distinct=True),
        published=Count("testimonies", filter=published, distinct=True),
        awaiting=Count("testimonies", filter=Q(testimonies__state=State.AWAITING_CONSENT.value), distinct=True),
        expected=Count("testimonies", filter=Q(testimonies__state__in=NOT_HEARD), distinct=True),
        last_heard=Max("testimonies__created_at"),
    ).order_by(F("closed_on").asc(nulls_first=True), "title", "pk")
    return [
        CollectionCard(
            row,
            is_team=row.pk in team,
            heard=row.heard if row.pk in team else row.published,
            awaiting=row.awaiting if row.pk in team else None,
            expected=row.expected if row.pk in team else None,
            last_heard=row.last_heard,
        )
        for row in counted
    ]


@dataclass(frozen=True)
class Counts:
    """How many voices: heard (of which published and awaiting consent), and not heard yet."""

    heard: int
    published: int
    awaiting: int
    expected: int


@dataclass(frozen=True)
class Asked:
    """What a reader asked of a collection page, by its address."""

    q: str = ""
    group: str = ""
    kind: str = ""
    state: str = ""
    tenure: str = ""
    question: str = ""
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or self.group or self.kind or self.state or self.tenure)


@dataclass(frozen=True)
class GroupOfVoices:
    """The voices of one group: how many were heard and not heard, and the first ones."""

    name: str
    heard: int
    expected: int
    voices: list[Voice]


@dataclass(frozen=True)
class QuestionOfVoices:
    """What voices answer to one question: how many do, and the first answers (voice, words)."""

    key: str
    text: str
    count: int
    answers: list[tuple[Voice, str]]


@dataclass(frozen=True)
class Waiting:
    """A voice not heard yet, and where its invitation stands."""

    voice: Voice
    email: str
    sent_at: Any
    opened_at: Any
    is_expired: bool
    has_begun: bool


@dataclass(frozen=True)
class CollectionPage:
    """Everything a collection page shows of one tab."""

    collection: Collection
    is_team: bool
    can_run: bool
    counts: Counts
    guide: InterviewGuide | None
    questions: list[GuideQuestion]
    to_review: list[Source]
    group_names: list[str]
    asked: Asked
    voices: Page[Any] | None = None
    groups: list[GroupOfVoices] = field(default_factory=list)
    by_question: list[QuestionOfVoices] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


def collection_page(member: Membership, collection: Collection, tab: str, asked: Asked) -> CollectionPage:
    """Return one tab (personnes, groupes, questions, attendues) of a collection for a reader."""
    team, runs = is_in_team(member, collection), can_run(member, collection)
    mine = visible_testimonies(member).filter(collection=collection)
    guide = InterviewGuide.objects.filter(collection=collection).order_by("-version").first()
    questions = list(guide.questions.order_by("position")) if guide else []
    voices: Page[Any] | None = None
    groups: list[GroupOfVoices] = []
    by_question: list[QuestionOfVoices] = []
    waiting: list[Waiting] = []
    if tab == "personnes":
        voices = people(member, mine, asked)
    elif tab == "groupes":
        groups = by_group(member, mine)
    elif tab == "questions":
        by_question, voices = answers_to(member, mine, questions, asked)
    elif tab == "attendues" and team:
        waiting = not_heard(member, mine)
    return CollectionPage(
        collection=collection,
        is_team=team,
        can_run=runs,
        counts=counts_of(mine, team),
        guide=guide,
        questions=questions,
        to_review=list(
            Source.objects.filter(collection=collection, state=Source.State.IN_REVIEW).defer("text", "reading")
        )
        if runs
        else [],
        group_names=list(
            mine.exclude(group_name="").order_by("group_name").values_list("group_name", flat=True).distinct()
        ),
        asked=asked,
        voices=voices,
        groups=groups,
        by_question=by_question,
        waiting=waiting,
    )


def counts_of(mine: QuerySet[Testimony], team: bool) -> Counts:
    """Return the counts that this reader may know: outside the team only what is published."""
    found = dict(mine.order_by().values_list("state").annotate(n=Count("pk")))
    published, awaiting = found.get(State.PUBLISHED, 0), found.get(State.AWAITING_CONSENT, 0) if team else 0
    expected = sum(found.get(state, 0) for state in NOT_HEARD) if team else 0
    return Counts(heard=published + awaiting, published=published, awaiting=awaiting, expected=expected)


def people(member: Membership, mine: QuerySet[Testimony], asked: Asked) -> Page[Any]:
    """Return a page of voices as filtered; with words to search, the best matches first, with the words around them."""
    rows = mine.exclude(state=State.WITHDRAWN)
    if asked.group:
        rows = rows.filter(group_name=asked.group)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.tenure:
        rows = rows.filter(tenure=asked.tenure)
    if not asked.q:
        page: Page[Any] = Paginator(rows.order_by("position", "pk"), A_PAGE).get_page(asked.page)
        chosen: Any = page.object_list  # still a query set
        page.object_list = voices_of(chosen, member)
        return page
    order = {pk: rank for rank, pk in enumerate(matching_ids(member, "testimony", asked.q))}
    allowed = set(rows.filter(pk__in=order, state__in=[s.value for s in READABLE]).values_list("pk", flat=True))
    found: Page[Any] = Paginator([pk for pk in order if pk in allowed], A_PAGE).get_page(asked.page)
    voices = voices_of(rows.filter(pk__in=list(found.object_list)).order_by("pk"), member)
    for voice in voices:
        voice.pieces.extend(snippet(voice.text, asked.q))
    found.object_list = sorted(voices, key=lambda voice: order[voice.pk])
    return found


def by_group(member: Membership, mine: QuerySet[Testimony]) -> list[GroupOfVoices]:
    """Return the groups with their counts and first voices; voices without a group come last."""
    rows = list(mine.exclude(state=State.WITHDRAWN).order_by("position", "pk").values_list("pk", "group_name", "state"))
    heard: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    first: dict[str, list[int]] = defaultdict(list)
    for pk, group, state in rows:
        if state in NOT_HEARD:
            expected[group] += 1
        else:
            heard[group] += 1
        if len(first[group]) < A_TASTE:
            first[group].append(pk)
    shown = [pk for ids in first.values() for pk in ids]
    voices = {v.pk: v for v in voices_of(mine.filter(pk__in=shown).order_by("position", "pk"), member)}
    names = sorted(first, key=lambda name: (not name, -heard[name], name.casefold()))
    return [
        GroupOfVoices(name, heard[name], expected[name], [voices[pk] for pk in first[name] if pk in voices])
        for name in names
    ]


def answers_to(
    member: Membership, mine: QuerySet[Testimony], questions: list[GuideQuestion], asked: Asked
) -> tuple[list[QuestionOfVoices], Page[Any] | None]:
    """Return each question with its first answers, or with `asked.question` all answers to one, page by page."""
    readable = mine.filter(state__in=[s.value for s in READABLE])
    answered = Answer.objects.filter(testimony__in=readable, end__gt=F("start")).exclude(question_key=None)
    rows = list(
        answered.order_by("testimony__position", "testimony", "position").values_list(
            "question_key", "testimony", "start", "end"
        )
    )
    by_key: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for key, testimony, start, end in rows:
        by_key[str(key)].append((testimony, start, end))
    texts = {str(q.key): q.text for q in questions}
    if asked.question:
        page: Page[Any] = Paginator(by_key.get(asked.question, []), A_PAGE).get_page(asked.page)
        voices = {v.pk: v for v in voices_of(readable.filter(pk__in={p[0] for p in page.object_list}), member)}
        page.object_list = [(voices[t], voices[t].text[a:b]) for t, a, b in page.object_list if t in voices]
        count = len({t for t, _a, _b in by_key.get(asked.question, [])})
        return [QuestionOfVoices(asked.question, texts.get(asked.question, ""), count, [])], page
    shown = {place[0] for places in by_key.values() for place in places[:A_TASTE]}
    voices = {v.pk: v for v in voices_of(readable.filter(pk__in=shown), member)}
    return [
        QuestionOfVoices(
            key,
            text,
            len({t for t, _a, _b in by_key.get(key, [])}),
            [(voices[t], voices[t].text[a:b]) for t, a, b in by_key.get(key, [])[:A_TASTE] if t in voices],
        )
        for key, text in texts.items()
    ], None


def not_heard(member: Membership, mine: QuerySet[Testimony]) -> list[Waiting]:
    """Return the voices that are expected, and where their invitations stand."""
    voices = voices_of(mine.filter(state__in=NOT_HEARD).order_by("position", "pk"), member)
    latest: dict[int, AnswerInvitation] = {}
    begun: set[int] = set()
    rows = AnswerInvitation.objects.filter(testimony__in=[voice.pk for voice in voices]).order_by("sent_at", "pk")
    for row in rows:
        latest[row.testimony_id] = row
        if any(str(words).strip() for words in row.saved.values()):
            begun.add(row.testimony_id)
    known = dict(
        Testimony.objects.filter(pk__in=[v.pk for v in voices], author__person__is_active=True)
        .order_by()
        .values_list("pk", "author__person__email")
    )
    now = timezone.now()
    waiting = []
    for voice in voices:
        sent = latest.get(voice.pk)
        waiting.append(
            Waiting(
                voice,
                email=sent.email if sent else known.get(voice.pk, ""),
                sent_at=sent.sent_at if sent else None,
                opened_at=sent.opened_at if sent else None,
                is_expired=bool(sent and sent.expires_at < now),
                has_begun=voice.pk in begun,
            )
        )
    return waiting


def guide_versions(collection: Collection) -> list[InterviewGuide]:
    """Return all versions of a collection's guide with their questions, the latest first."""
    return list(InterviewGuide.objects.filter(collection=collection).prefetch_related("questions").order_by("-version"))


def partner_page(member: Membership, page: int) -> Page[Any]:
    """Return what partner cooperatives let us read, the latest first, each with its collection and cooperative."""
    rows = partner_testimonies(member).select_related("collection", "cooperative").order_by("-published_at", "-pk")
    found: Page[Any] = Paginator(rows, A_PAGE).get_page(page)
    shown = list(found.object_list)
    voices = {v.pk: v for v in voices_of(partner_testimonies(member).filter(pk__in=[r.pk for r in shown]), member)}
    found.object_list = [(voices[row.pk], row.collection, row.cooperative) for row in shown]
    return found
