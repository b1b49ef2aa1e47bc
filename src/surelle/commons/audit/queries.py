"""The trail as people read it: sentences, names looked up, pages of constant cost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surelle.commons.cooperatives.access import scope

from .access import Reader, readable_trail
from .models import AuditEvent
from .rules import FACTS, MEMBER_FACTS, OBJECTS, REFLEXIVE, SENTENCES, VALUES

PAGE_SIZE = 50
STORY_LENGTH = 30
BATCH = 1000


@dataclass(frozen=True, kw_only=True)
class TrailFilters:
    """Which acts: an empty value does not filter. Days are of the cooperative's clock, both ends counted."""

    who: int | None = None
    verb: str = ""
    kind: str = ""
    object_id: int | None = None
    words: str = ""
    from_on: date | None = None
    to_on: date | None = None

    @property
    def is_active(self) -> bool:
        return any((self.who, self.verb, self.kind, self.object_id, self.words, self.from_on, self.to_on))


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act in words. `member` is the id of who did it, None for Surelle itself."""

    pk: int
    at: datetime
    member: int | None
    who: str
    verb: str
    sentence: str
    kind: str
    kind_name: str
    object_id: int | None
    label: str
    facts: list[tuple[str, str]]

    @property
    def text(self) -> str:
        """What was done, in words: "a changé le statut de Bob Exemple", "a créé un groupe : Témoignages"."""
        joint = " " if self.kind == "membership" else _(" : ")
        return f"{self.sentence}{joint}{self.label}" if self.label else self.sentence


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def trail(reader: Reader, filters: TrailFilters) -> QuerySet[AuditEvent]:
    """Return the acts that the filters leave, the latest first, or raise Http404."""
    acts = readable_trail(reader)
    if filters.who:
        acts = acts.filter(member=filters.who)
    if filters.verb:
        acts = acts.filter(verb=filters.verb)
    if filters.kind:
        acts = acts.filter(object_kind=filters.kind)
    if filters.object_id:
        acts = acts.filter(object_id=filters.object_id)
    if filters.words:
        acts = acts.filter(object_label__icontains=filters.words)
    if filters.from_on:
        acts = acts.filter(at__gte=start_of(filters.from_on))
    if filters.to_on:
        acts = acts.filter(at__lt=start_of(filters.to_on + timedelta(days=1)))
    return acts.order_by("-at", "-pk")


def names_of(memberships: Iterable[int]) -> dict[int, str]:
    """Return the present names of members, by the id of their membership: the trail itself holds none."""
    model: Any = AuditEvent._meta.get_field("member").related_model
    members = model.objects.filter(pk__in=set(memberships)).select_related("person")
    return {member.pk: member.person.full_name for member in members}


def say(value: Any) -> str:
    """Return the value of a fact in words; a step that was undone has the sentence of its verb."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(say(item) for item in value)
    if isinstance(value, str) and (words := VALUES.get(value) or SENTENCES.get(value)):
        return _(words)
    try:
        return date_format(date.fromisoformat(value), "j F Y")
    except (TypeError, ValueError):
        return str(value)


def in_words(events: Sequence[AuditEvent]) -> list[Act]:
    """Return acts as sentences: one query for all names."""
    named = names_of(
        [event.member_id for event in events if event.member_id]
        + [event.object_id for event in events if event.object_kind == "membership" and event.object_id]
        + [event.details[fact] for event in events for fact in MEMBER_FACTS & event.details.keys()]
    )

    def label(event: AuditEvent) -> str:
        if event.verb in REFLEXIVE:
            return ""
        if event.object_kind == "membership" and event.object_id:
            return named.get(event.object_id, "")
        return event.object_label

    return [
        Act(
            pk=event.pk,
            at=event.at,
            member=event.member_id,
            who=named.get(event.member_id, "") if event.member_id else "Surelle",
            verb=event.verb,
            sentence=_(SENTENCES[event.verb]) if event.verb in SENTENCES else event.verb,
            kind=event.object_kind,
            kind_name=_(OBJECTS[event.object_kind]) if event.object_kind in OBJECTS else event.object_kind,
            object_id=event.object_id,
            label=label(event),
            facts=[
                (
                    _(FACTS[name]) if name in FACTS else name,
                    named.get(value, "") if name in MEMBER_FACTS else say(value),
                )
                for name, value in event.details.items()
                if value not in ("", None, [])
            ],
        )
        for event in events
    ]


def trail_page(*, reader: Reader, filters: TrailFilters, page: str | int = 1) -> tuple[Page[AuditEvent], list[Act]]:
    """Return a page of the trail, and its acts in words. Raises Http404 for who may not read it."""
    found = Paginator(trail(reader, filters), PAGE_SIZE).get_page(page)
    return found, in_words(list(found.object_list))


def trail_choices(*, reader: Reader) -> dict[str, list[tuple[Any, str]]]:
    """Return what the filters offer: who has acted, the verbs and the kinds that occur, each with its words."""
    acts = readable_trail(reader).order_by()
    names: dict[Any, str] = names_of(pk for pk in acts.values_list("member", flat=True).distinct() if pk)
    verbs = [(verb, _(SENTENCES.get(verb, verb))) for verb in acts.values_list("verb", flat=True).distinct()]
    kinds = [(kind, _(OBJECTS.get(kind, kind))) for kind in acts.values_list("object_kind", flat=True).distinct()]
    offered: dict[str, list[tuple[Any, str]]] = {"who": list(names.items()), "verb": verbs, "kind": kinds}
    return {name: sorted(choices, key=lambda choice: choice[1].casefold()) for name, choices in offered.items()}


def story_of(reader: Reader, kind: str, object_id: int) -> list[Act]:
    """Return the latest acts on one object, or raise Http404."""
    return in_words(list(trail(reader, TrailFilters(kind=kind, object_id=object_id))[:STORY_LENGTH]))


def acts_of(memberships: Sequence[int]) -> list[Act]:
    """Return everything that these memberships of one person did, the oldest first: for the person alone."""
    return in_words(list(AuditEvent.objects.filter(member__in=memberships).order_by("at", "pk")))


def batches(*, reader: Reader, filters: TrailFilters) -> Iterator[list[Act]]:
    """Yield the trail 1,000 acts at a time, the latest first, in flat memory, whatever its length.

    Works after the request is answered, too: each batch is read in a scope of its own.
    """
    acts = trail(reader, filters)
    last: AuditEvent | None = None
    while True:
        with scope([reader.cooperative_id]):
            following = acts if last is None else acts.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk)
            events = list(following[:BATCH])
            said = in_words(events)
        if not events:
            return
        last = events[-1]
        yield said
