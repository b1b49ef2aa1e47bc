"""A voice as pages show it: signed only where it may be, with words, answers and media."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surelle.commons.members.models import Membership

from ..access import own_collections
from ..models import Answer, Collection, Consent, MediaLink, Testimony
from ..rules.media import shown_as
from ..rules.naming import signature
from ..rules.states import Channel, State


@dataclass(frozen=True)
class AnswerView:
    """One answer with its words; `pk` is the answer's, `key` the question's across versions of the guide."""

    pk: int
    position: int
    question: str
    key: str
    state: str
    state_label: str
    text: str
    start: int
    first_line: int | None
    last_line: int | None

    @property
    def is_to_confirm(self) -> bool:
        return self.state == Answer.QuestionState.PROPOSED


@dataclass(frozen=True)
class MediaView:
    """A medium: where it is (`url`), or that it is kept here; `shown_as` is video, audio, image or link."""

    pk: int
    url: str
    service: str
    is_hosted: bool
    is_likely_to_expire: bool
    name: str
    media_type: str
    shown_as: str


@dataclass(frozen=True)
class Voice:
    """One testimony for a reader. `name` is empty when the words stand unsigned for them."""

    pk: int
    collection_id: int
    name: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    audience: str
    audience_label: str
    group: str
    group_slug: str
    tenure: str
    said: str
    context: str
    addressee: str
    text: str
    is_mine: bool
    is_near: bool
    source_id: int | None = None
    first_line: int | None = None
    last_line: int | None = None
    answers: list[AnswerView] = field(default_factory=list)
    media: list[MediaView] = field(default_factory=list)
    pieces: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def is_expected(self) -> bool:
        return self.state in (State.EXPECTED, State.DRAFT)

    @property
    def title(self) -> str:
        """What a list calls this voice."""
        return self.name or str(_("Une voix"))

    @property
    def detail(self) -> str:
        """Group, tenure and date, as far as they are known."""
        group = self.group if self.group != self.name else ""
        return " · ".join(part for part in (group, self.tenure, self.said) if part)

    @property
    def beginning(self) -> str:
        """The first words, for a list."""
        flat = " ".join(self.text.split())
        return flat if len(flat) <= 220 else flat[:220].rsplit(" ", 1)[0] + "…"


def with_consents(testimonies: QuerySet[Testimony]) -> QuerySet[Testimony]:
    """Annotate whether the name and the image may be shown today (`may_name`, `may_image`)."""
    today = timezone.localdate()
    present = Consent.objects.filter(
        Q(expires_on=None) | Q(expires_on__gte=today), testimony=OuterRef("pk"), ended_at=None
    ).order_by()
    return testimonies.annotate(
        may_name=Exists(present.filter(channel=Channel.NAME.value)),
        may_image=Exists(present.filter(channel=Channel.IMAGE.value)),
    )


def nearness(testimonies: QuerySet[Testimony], member: Membership | None) -> QuerySet[Testimony]:
    """Annotate whether the reader is of the team or the author (`is_near`), so that they see names."""
    if member is None:
        return testimonies.annotate(is_near=Exists(Collection.objects.none()))
    team = Collection.objects.filter(own_collections(member), pk=OuterRef("collection"))
    mine = Testimony.objects.filter(pk=OuterRef("pk"), author=member).order_by()
    return testimonies.annotate(is_near=Exists(team.order_by()) | Exists(mine))


def voices_of(
    testimonies: QuerySet[Testimony],
    member: Membership | None,
    *,
    with_answers: bool = False,
    with_media: bool = False,
) -> list[Voice]:
    """Return voices in the order of the query set, in a constant number of queries."""
    rows: list[Any] = list(nearness(with_consents(testimonies), member).annotate(group_slug=F("group__slug")))
    ids = [row.pk for row in rows]
    answers = answers_by_testimony(rows) if with_answers else {}
    media = media_by_testimony(ids) if with_media else {}
    return [
        voice_of(
            row,
            member,
            answers=answers.get(row.pk, []),
            media=media.get(row.pk, []) if row.is_near or row.may_image else [],
        )
        for row in rows
    ]


def voice_of(
    row: Any,
    member: Membership | None,
    *,
    answers: list[AnswerView] | None = None,
    media: list[MediaView] | None = None,
) -> Voice:
    """Return one voice of a row annotated by `with_consents` and `nearness`."""
    return Voice(
        pk=row.pk,
        collection_id=row.collection_id,
        name=signature(
            row.author_name,
            is_group=row.author_kind == Testimony.AuthorKind.GROUP,
            is_near=row.is_near,
            has_name_consent=row.may_name,
        ),
        kind=row.kind,
        kind_label=str(row.get_kind_display()),
        state=row.state,
        state_label=str(row.get_state_display()),
        audience=row.audience,
        audience_label=str(row.get_audience_display()),
        group=row.group_name,
        group_slug=row.group_slug or "",
        tenure=str(row.get_tenure_display()) if row.tenure else "",
        said=said_in_words(row.said_on, row.said_precision),
        context=row.context,
        addressee=row.addressee if row.is_near else "",
        text=row.text,
        is_mine=member is not None and row.author_id == member.pk,
        is_near=row.is_near,
        source_id=row.source_id,
        first_line=row.first_line,
        last_line=row.last_line,
        answers=answers or [],
        media=media or [],
    )


def answers_by_testimony(rows: Iterable[Testimony]) -> dict[int, list[AnswerView]]:
    """Return the answers of testimonies whose texts are loaded, with their words."""
    texts = {row.pk: row.text for row in rows}
    found: dict[int, list[AnswerView]] = defaultdict(list)
    for answer in Answer.objects.filter(testimony__in=texts).order_by("testimony", "position"):
        found[answer.testimony_id].append(
            AnswerView(
                pk=answer.pk,
                position=answer.position,
                question=answer.question,
                key=str(answer.question_key or ""),
                state=answer.question_state,
                state_label=str(answer.get_question_state_display()),
                text=texts[answer.testimony_id][answer.start : answer.end],
                start=answer.start,
                first_line=answer.first_line,
                last_line=answer.last_line,
            )
        )
    return found


def media_by_testimony(ids: Iterable[int]) -> dict[int, list[MediaView]]:
    """Return the media of testimonies."""
    found: dict[int, list[MediaView]] = defaultdict(list)
    rows = MediaLink.objects.filter(testimony__in=list(ids)).select_related("hosted").order_by("testimony", "pk")
    for link in rows:
        hosted = link.hosted
        found[link.testimony_id].append(
            MediaView(
                pk=link.pk,
                url=link.url,
                service=link.service,
                is_hosted=hosted is not None,
                is_likely_to_expire=link.is_likely_to_expire and hosted is None,
                name=hosted.name if hosted else link.url,
                media_type=hosted.media_type if hosted else "",
                shown_as=shown_as(hosted.media_type) if hosted else "link",
            )
        )
    return found


def said_in_words(said_on: date | None, precision: str) -> str:
    """Return the date as precisely as it is known: 2021, septembre 2021, 14 septembre 2021."""
    if said_on is None:
        return ""
    return date_format(said_on, {"year": "Y", "month": "F Y"}.get(precision, "j F Y"))
