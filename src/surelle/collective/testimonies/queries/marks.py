"""What the marking page shows: words cut where marks begin and end, and the marks beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Length, Substr

from surelle.commons.members.models import Membership
from surelle.commons.search.rules import stems

from ..access import collection_themes, counted_excerpts, markable_testimonies, seen_excerpts
from ..models import Answer, CodingRound, Collection, Excerpt, MarkingStep, Testimony, Theme
from ..rules.anchoring import code_points
from ..rules.laying import Laid, lanes, pieces
from ..rules.sentences import Span, paragraphs, sentences
from ..rules.suggesting import Known, suggest
from ..rules.trees import in_order
from .doors import Door

WINDOW = 40_000
"""Code points of a text that one page shows; a longer text is read page by page, cut between paragraphs."""

KNOWN_MAX = 2000
"""Marked passages among which similar ones are looked for: the latest."""


@dataclass(frozen=True)
class ThemeChoice:
    """A theme as one chooses it: `number` is its key on the keyboard (1 to 9), 0 for those after."""

    pk: int
    name: str
    path: str
    hue: int
    depth: int
    definition: str
    number: int
    address: str = ""


@dataclass(frozen=True)
class ShownMark:
    """A mark as the page shows it, `lane` being its line under the words."""

    pk: int
    start: int
    end: int
    quote: str
    tone: int | None
    memo: str
    themes: tuple[ThemeChoice, ...]
    lane: int
    author: str
    at: Any
    is_mine: bool
    is_pinned: bool
    is_lost: bool

    @property
    def hue(self) -> int:
        """Return the hue of its first theme; 99 is "no theme"."""
        return self.themes[0].hue if self.themes else 99


@dataclass(frozen=True)
class ShownPiece:
    text: str
    marks: tuple[ShownMark, ...]

    @property
    def keys(self) -> str:
        return " ".join(str(mark.pk) for mark in self.marks)


@dataclass(frozen=True)
class Segment:
    """A sentence, or what stands between two (`number` 0)."""

    start: int
    end: int
    number: int
    pieces: tuple[ShownPiece, ...]


@dataclass(frozen=True)
class Paragraph:
    """A line of the text, its question when it begins an answer, and the marks that begin in it."""

    start: int
    end: int
    question: str
    segments: tuple[Segment, ...]
    marks: tuple[ShownMark, ...]


@dataclass(frozen=True)
class MarkingPage:
    """Everything of the marking page; `first` and `last` bound the window of a long text."""

    testimony: Testimony
    paragraphs: list[Paragraph]
    themes: list[ThemeChoice]
    lost: list[ShownMark]
    coding: CodingRound | None
    can_undo: bool
    can_redo: bool
    first: int
    last: int
    length: int
    previous: int | None
    following: int | None
    neighbours: dict[str, Testimony | None] = field(default_factory=dict)
    mark_count: int = 0


def theme_choices(collection: Collection | int) -> list[ThemeChoice]:
    """Return the themes of a collection in the order of their tree, in one query."""
    rows = list(
        Theme.objects.filter(collection=collection, merged_into=None).only("name", "parent_id", "hue", "definition")
    )
    by_key = {t.pk: t for t in rows}
    door = Door("testimonies:theme", collection) if isinstance(collection, Collection) else None
    found = []
    for n, (pk, depth) in enumerate(in_order({t.pk: t.parent_id for t in rows}, [t.pk for t in rows]), start=1):
        theme = by_key[pk]
        above, names = theme.parent_id, [theme.name]
        while above in by_key and len(names) < 20:
            names.append(by_key[above].name)
            above = by_key[above].parent_id
        path = " › ".join(reversed(names))
        address = door.of(pk) if door else ""
        found.append(ThemeChoice(pk, theme.name, path, theme.hue, depth, theme.definition, n if n < 10 else 0, address))
    return found


def marking_page(member: Membership, testimony: Testimony, *, start: int = 0) -> MarkingPage:
    """Return the page of a testimony (its text deferred), from code point `start` on; a constant number of queries."""
    text, length = (
        Testimony.objects.filter(pk=testimony.pk)
        .values_list(Substr("text", max(0, start) + 1, WINDOW + 1), Length("text"))
        .get()
    )
    start = max(0, min(start, length))
    if start + len(text) < length:
        cut = text.rfind("\n")
        text = text[:cut] if cut > 0 else text[:WINDOW]
    last = start + len(text)
    themes = theme_choices(testimony.collection_id)
    marks = shown_marks(member, testimony, themes)
    steps = MarkingStep.objects.filter(collection=testimony.collection_id, member=member)
    return MarkingPage(
        testimony=testimony,
        paragraphs=laid_out(testimony, text, start, marks),
        themes=themes,
        lost=[m for m in marks if m.is_lost],
        coding=CodingRound.objects.filter(
            closed_at=None, coder_links__member=member, testimony_links__testimony=testimony
        ).first(),
        can_undo=steps.filter(undone_at=None).exists(),
        can_redo=steps.filter(undone_at__isnull=False).exists(),
        first=start,
        last=last,
        length=length,
        previous=max(0, start - WINDOW) if start else None,
        following=last + 1 if last < length else None,
        neighbours=neighbours(member, testimony),
        mark_count=len(marks),
    )


def block(member: Membership, testimony: Testimony, *, start: int, end: int) -> list[Paragraph]:
    """Return the paragraphs between two bounds of paragraphs: what changed on the page, and no more."""
    end = min(end, start + WINDOW)
    text = (
        Testimony.objects.filter(pk=testimony.pk).values_list(Substr("text", start + 1, end - start), flat=True).get()
    )
    return laid_out(testimony, text, start, shown_marks(member, testimony, theme_choices(testimony.collection_id)))


def shown_marks(member: Membership, testimony: Testimony, themes: Sequence[ThemeChoice]) -> list[ShownMark]:
    """Return the marks of a testimony that the member may see, in the order of the words, in two queries."""
    rows = list(
        seen_excerpts(member)
        .filter(testimony=testimony)
        .select_related("marked_by__person")
        .prefetch_related("theme_links")
        .order_by("start", "end", "pk")
    )
    lane_of = lanes(Laid(e.pk, e.start, e.end) for e in rows if not e.is_lost)
    return [_shown(e, member, themes, lane_of.get(e.pk, 0)) for e in rows]


def _shown(excerpt: Excerpt, member: Membership, themes: Sequence[ThemeChoice], lane: int) -> ShownMark:
    given = {link.theme_id for link in excerpt.theme_links.all()}
    return ShownMark(
        pk=excerpt.pk,
        start=excerpt.start,
        end=excerpt.end,
        quote=excerpt.quote,
        tone=excerpt.tone,
        memo=excerpt.memo,
        themes=tuple(t for t in themes if t.pk in given),
        lane=lane,
        author=excerpt.marked_by.person.full_name if excerpt.marked_by else "",
        at=excerpt.marked_at,
        is_mine=excerpt.marked_by_id == member.pk,
        is_pinned=excerpt.is_pinned,
        is_lost=excerpt.is_lost,
    )


def laid_out(testimony: Testimony, text: str, offset: int, marks: Sequence[ShownMark]) -> list[Paragraph]:
    """Return the paragraphs of a stretch of text that begins at `offset`, with the marks laid under the words."""
    standing = [m for m in marks if not m.is_lost and m.start < offset + len(text) and offset < m.end]
    by_key = {m.pk: m for m in standing}
    lane_of = {m.pk: m.lane for m in standing}
    laid = [Laid(m.pk, m.start, m.end) for m in standing]
    questions = dict(
        Answer.objects.filter(testimony=testimony, start__gte=offset, start__lt=offset + len(text) + 1)
        .exclude(question="")
        .values_list("start", "question")
        .order_by("start", "position")
    )
    found, number = [], 0
    for line in paragraphs(text, offset):
        words = text[line.start - offset : line.end - offset]
        here = [m for m in laid if m.start < line.end and line.start < m.end]
        segments = []
        at = line.start
        for sentence in sentences(words, line.start):
            if at < sentence.start:
                segments.append(_segment(Span(at, sentence.start), 0, text, offset, here, lane_of, by_key))
            number += 1
            segments.append(_segment(sentence, number, text, offset, here, lane_of, by_key))
            at = sentence.end
        if at < line.end:
            segments.append(_segment(Span(at, line.end), 0, text, offset, here, lane_of, by_key))
        asked = [
            q for place, q in questions.items() if line.start <= place < line.end or place == line.end == line.start
        ]
        begin = tuple(m for m in standing if line.start <= m.start < line.end)
        found.append(Paragraph(line.start, line.end, asked[0] if asked else "", tuple(segments), begin))
    return found


def _segment(
    span: Span,
    number: int,
    text: str,
    offset: int,
    laid: Sequence[Laid],
    lane_of: dict[int, int],
    marks: dict[int, ShownMark],
) -> Segment:
    if not laid:
        cut: Iterable[ShownPiece] = (ShownPiece(text[span.start - offset : span.end - offset], ()),)
    else:
        cut = (
            ShownPiece(text[p.start - offset : p.end - offset], tuple(marks[key] for key, _lane in p.marks))
            for p in pieces(span.start, span.end, laid, lane_of)
        )
    return Segment(span.start, span.end, number, tuple(cut))


def neighbours(member: Membership, testimony: Testimony) -> dict[str, Testimony | None]:
    """Return the readable testimonies before and after, in the order of the collection."""
    others = (
        markable_testimonies(member).filter(collection=testimony.collection_id).only("pk", "author_name", "author_kind")
    )
    place, pk = testimony.position, testimony.pk
    after = others.filter(position=place, pk__gt=pk) | others.filter(position__gt=place)
    before = others.filter(position=place, pk__lt=pk) | others.filter(position__lt=place)
    return {
        "previous": before.order_by("-position", "-pk").first(),
        "following": after.order_by("position", "pk").first(),
    }


def sentence_span(testimony: Testimony, first: int, last: int, *, start: int = 0) -> tuple[int, int] | None:
    """Return the code points of sentences `first` to `last` as numbered on the page that begins at `start`."""
    text = Testimony.objects.filter(pk=testimony.pk).values_list(Substr("text", start + 1, WINDOW + 1), flat=True).get()
    spans = sentences(text, start)
    first, last = min(first, last), max(first, last)
    if not 1 <= first <= last <= len(spans):
        return None
    return spans[first - 1].start, spans[last - 1].end


@dataclass(frozen=True)
class Offered:
    """A theme offered for some words, because a similar passage has it; `percent` is the likeness."""

    theme: ThemeChoice
    percent: int
    because: str
    because_of: int


def suggestions(member: Membership, testimony: Testimony, start: int, end: int) -> list[Offered]:
    """Return the themes of passages similar to code points `start` to `end`: offered, never stored."""
    words = (
        Testimony.objects.filter(pk=testimony.pk)
        .values_list(Substr("text", max(0, start) + 1, min(max(1, end - start), 2000)), flat=True)
        .get()
    )
    rows = list(
        counted_excerpts(testimony.collection)
        .filter(pk__in=seen_excerpts(member).values("pk"))
        .exclude(testimony=testimony, start__lt=end, end__gt=start)
        .exclude(themes=None)
        .prefetch_related("theme_links")
        .only("quote")
        .order_by("-pk")[:KNOWN_MAX]
    )
    known = [Known(e.pk, frozenset(link.theme_id for link in e.theme_links.all()), stems(e.quote)) for e in rows]
    [found] = suggest([stems(words)], known)
    themes = {t.pk: t for t in theme_choices(testimony.collection_id)}
    quotes = {e.pk: e.quote for e in rows}
    return [
        Offered(themes[s.theme], round(100 * s.likeness), quotes[s.because], s.because)
        for s in found
        if s.theme in themes
    ]


def themes_by_key(collection: Collection, keys: Iterable[int]) -> list[Theme]:
    """Return those of the themes that stand in the collection, in the order of their tree."""
    return list(collection_themes(collection).filter(pk__in=list(keys)))


def from_browser(testimony: Testimony, *places: tuple[int, int]) -> list[int]:
    """Return code points for places that a browser tells: (code point of an element, UTF-16 units in it)."""
    asked = [Substr("text", max(0, at) + 1, max(1, units)) for at, units in places]
    words = Testimony.objects.filter(pk=testimony.pk).values_list(*asked).get()
    return [max(0, at) + code_points(text, units) for text, (at, units) in zip(words, places, strict=True)]


def theme_named(collection: Collection, name: str) -> Theme | None:
    """Return the theme of that name, whatever its case."""
    return collection_themes(collection).filter(name__iexact=" ".join(name.split())).first()
