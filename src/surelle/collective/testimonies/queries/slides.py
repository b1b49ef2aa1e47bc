"""A collection as a slide show: one voice a slide, long interviews a slide a question."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from surelle.commons.members.models import Membership

from ..access import public_testimonies, visible_testimonies
from ..models import Collection, Testimony
from ..rules.slides import Leaf, leaves, size_of
from ..rules.states import State
from .voices import MediaView, Voice, voices_of


@dataclass(frozen=True)
class Slide:
    """One slide. `kind` is title, words, media, empty (a voice not heard yet) or end.

    `size` is 1 (a few words, as big as can be) to 5 (a long text); `part` and `parts` count the slides of one voice.
    """

    key: str
    kind: str
    voice: Voice | None = None
    question: str = ""
    text: str = ""
    size: int = 3
    part: int = 1
    parts: int = 1
    media: list[MediaView] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[str]:
        return [line for line in self.text.split("\n") if line.strip()]


@dataclass(frozen=True)
class SlideShow:
    """The slides in order, and where the reader is (`index` from 0)."""

    collection: Collection
    slides: list[Slide]
    index: int

    @property
    def slide(self) -> Slide:
        return self.slides[self.index]

    @property
    def previous(self) -> Slide | None:
        return self.slides[self.index - 1] if self.index else None

    @property
    def next(self) -> Slide | None:
        return self.slides[self.index + 1] if self.index + 1 < len(self.slides) else None

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def count(self) -> int:
        return len(self.slides)


def slide_show(member: Membership | None, collection: Collection, at: str = "") -> SlideShow:
    """Return the slides of a collection that this reader may see, at the slide whose key is `at` (else the first).

    Without a member: what is published to everybody. The team also sees who is expected, as an empty chair.
    """
    rows: QuerySet[Testimony]
    if member is None:
        rows = public_testimonies(collection)
    else:
        rows = visible_testimonies(member).filter(collection=collection).exclude(state=State.WITHDRAWN)
    voices = voices_of(rows.order_by("position", "pk"), member, with_answers=True, with_media=True)
    slides = [Slide("debut", "title", text=collection.purpose)]
    for voice in voices:
        slides += slides_of(voice)
    slides.append(Slide("fin", "end"))
    keys = [slide.key for slide in slides]
    wanted = at if at in keys else f"{at}-1"
    return SlideShow(collection, slides, keys.index(wanted) if wanted in keys else 0)


def slides_of(voice: Voice) -> list[Slide]:
    """Return the slides of one voice; the first has the key `<pk>-1`."""
    if voice.is_expected:
        return [Slide(f"{voice.pk}-1", "empty", voice, text=_("n’a pas encore parlé"))]
    first = voice.text[: voice.answers[0].start].strip() if voice.answers else voice.text
    pieces: list[Leaf] = leaves(first) if first else []
    pieces += [
        Leaf(answer.question, leaf.text) for answer in voice.answers if answer.text for leaf in leaves(answer.text)
    ]
    if not pieces:
        return [Slide(f"{voice.pk}-1", "media", voice, text="", media=voice.media)]
    return [
        Slide(
            f"{voice.pk}-{number}",
            "media" if number == 1 and voice.media else "words",
            voice,
            question=leaf.question,
            text=leaf.text,
            size=size_of(leaf.text),
            part=number,
            parts=len(pieces),
            media=voice.media if number == 1 else [],
        )
        for number, leaf in enumerate(pieces, start=1)
    ]
