"""To mark words of a voice: themes, tone, memo."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..models import CodingRound, Collection, Excerpt, ExcerptTheme, Testimony, Theme
from ..rules.anchoring import CONTEXT, Anchor, OutsideText, anchor, canonical, without_margins
from .refusals import Refused
from .steps import Snapshot, excerpt_row, keep_step, links_of

UNCHANGED: Final = object()


class NoWords(Refused):
    sentence = _("Ces mots ne sont plus là : le texte a été corrigé entre-temps. Rechargez la page.")


class NothingSaid(Refused):
    sentence = _("Choisissez au moins un thème, ou donnez un ton, ou écrivez un mémo.")


class ForeignTheme(Refused):
    sentence = _("Ce thème n'existe plus dans ce chantier : il a été fusionné ou supprimé. Rechargez la page.")


class WrongTone(Refused):
    sentence = _("Le ton va de −2 à +2.")


class Blind(Refused):
    sentence = _("Ce témoignage fait partie d'un double codage en cours : chacun n'y change que ses propres marques.")


@transaction.atomic
def mark_words(
    *,
    member: Membership,
    testimony: Testimony,
    start: int,
    end: int,
    themes: Sequence[Theme] = (),
    tone: int | None = None,
    memo: str = "",
) -> Excerpt:
    """Mark code points `start` to `end` of a testimony; the same words marked twice by a member are one mark.

    Only the words and their context are read, so that it costs the same in a text of any length.
    Raises NoWords, NothingSaid, ForeignTheme, WrongTone.
    """
    place = _place(testimony, start, end)
    memo = canonical(memo).strip()
    _check(testimony.collection_id, themes, tone)
    if not themes and tone is None and not memo:
        raise NothingSaid
    alike = Excerpt.objects.filter(
        testimony=testimony, start=place.start, end=place.end, marked_by=member, is_lost=False
    )
    known = next(iter(alike.order_by().values_list("pk", flat=True)[:1]), None)
    if known is not None:
        same = Excerpt.objects.select_related("collection").get(pk=known)
        kept = {link.theme_id: link.theme for link in same.theme_links.select_related("theme")}
        return change_mark(
            member=member,
            excerpt=same,
            themes=[*kept.values(), *(t for t in themes if t.pk not in kept)],
            tone=same.tone if tone is None else tone,
            memo="\n".join(part for part in (same.memo, memo) if part),
        )
    excerpt = Excerpt.objects.create(
        cooperative_id=testimony.cooperative_id,
        collection=testimony.collection,
        testimony=testimony,
        start=place.start,
        end=place.end,
        quote=place.quote,
        before=place.before,
        after=place.after,
        tone=tone,
        memo=memo,
        round_id=open_round(member, testimony),
        marked_by=member,
        marked_at=timezone.now(),
    )
    _give(excerpt, themes)
    after: Snapshot = {"excerpts": {str(excerpt.pk): excerpt_row(excerpt, {t.pk: False for t in themes})}}
    _trace(member, excerpt, "mark_words", {}, after)
    return excerpt


@transaction.atomic
def change_mark(
    *,
    member: Membership,
    excerpt: Excerpt,
    themes: Sequence[Theme] | object = UNCHANGED,
    tone: int | object | None = UNCHANGED,
    memo: str | object = UNCHANGED,
    is_pinned: bool | object = UNCHANGED,
) -> Excerpt:
    """Change what a mark says; what is not given stays. A mark left with nothing to say is refused.

    Raises NothingSaid, ForeignTheme, WrongTone, Blind.
    """
    _must_not_be_led(member, excerpt)
    given = links_of([excerpt.pk])[excerpt.pk]
    before: Snapshot = {"excerpts": {str(excerpt.pk): excerpt_row(excerpt, given)}}
    if isinstance(tone, int) or tone is None:
        excerpt.tone = tone
    if isinstance(memo, str):
        excerpt.memo = canonical(memo).strip()
    if isinstance(is_pinned, bool):
        excerpt.is_pinned = is_pinned
    wanted = list(themes) if isinstance(themes, Sequence) else None
    _check(excerpt.collection_id, wanted or (), excerpt.tone)
    kept = given if wanted is None else {t.pk: given.get(t.pk, False) for t in wanted}
    if not kept and excerpt.tone is None and not excerpt.memo:
        raise NothingSaid
    excerpt.save(update_fields=["tone", "memo", "is_pinned"])
    if wanted is not None:
        excerpt.theme_links.exclude(theme__in=wanted).delete()
        _give(excerpt, [t for t in wanted if t.pk not in given])
    after: Snapshot = {"excerpts": {str(excerpt.pk): excerpt_row(excerpt, kept)}}
    if after != before:
        _trace(member, excerpt, "change_mark", before, after)
    return excerpt


@transaction.atomic
def remove_mark(*, member: Membership, excerpt: Excerpt) -> None:
    """Take a mark away; the step can be undone. Raises Blind."""
    _must_not_be_led(member, excerpt)
    before: Snapshot = {"excerpts": {str(excerpt.pk): excerpt_row(excerpt, links_of([excerpt.pk])[excerpt.pk])}}
    _trace(member, excerpt, "remove_mark", before, {})
    excerpt.delete()


@transaction.atomic
def move_mark(*, member: Membership, excerpt: Excerpt, start: int, end: int) -> Excerpt:
    """Put a mark whose words were lost, or badly cut, on other words. It cannot be undone; raises NoWords, Blind."""
    _must_not_be_led(member, excerpt)
    place = _place(excerpt.testimony, start, end)
    excerpt.start, excerpt.end, excerpt.quote = place.start, place.end, place.quote
    excerpt.before, excerpt.after, excerpt.is_lost = place.before, place.after, False
    excerpt.save(update_fields=["start", "end", "quote", "before", "after", "is_lost"])
    record(member=member, verb="move_mark", about=excerpt, label=_title(excerpt.collection_id))
    return excerpt


def open_round(member: Membership, testimony: Testimony) -> int | None:
    """Return the blind coding (key) in which the member is marking this testimony, if one is open."""
    found = CodingRound.objects.filter(closed_at=None, coder_links__member=member, testimony_links__testimony=testimony)
    return next(iter(found.order_by().values_list("pk", flat=True)[:1]), None)


def _must_not_be_led(member: Membership, excerpt: Excerpt) -> None:
    if excerpt.marked_by_id == member.pk:
        return
    if CodingRound.objects.filter(closed_at=None, testimony_links__testimony=excerpt.testimony_id).exists():
        raise Blind


def _place(testimony: Testimony, start: int, end: int) -> Anchor:
    """Return the anchor of the words, without the blanks around them; reads only what it needs of the text."""
    if not 0 <= start < end:
        raise NoWords
    first = max(0, start - CONTEXT)
    window = (
        Testimony.objects.filter(pk=testimony.pk)
        .values_list(Substr("text", first + 1, end - first + CONTEXT), flat=True)
        .get()
    )
    try:
        trimmed = without_margins(window, start - first, min(end - first, len(window)))
        found = anchor(window, *trimmed)
    except OutsideText:
        raise NoWords from None
    return Anchor(found.start + first, found.end + first, found.quote, found.before, found.after)


def _check(collection: int, themes: Sequence[Theme], tone: int | None) -> None:
    if any(theme.collection_id != collection or theme.merged_into_id is not None for theme in themes):
        raise ForeignTheme
    if tone is not None and not -2 <= tone <= 2:
        raise WrongTone


def _give(excerpt: Excerpt, themes: Sequence[Theme]) -> None:
    if themes:
        ExcerptTheme.objects.bulk_create(
            ExcerptTheme(cooperative_id=excerpt.cooperative_id, excerpt=excerpt, theme=theme)
            for theme in {t.pk: t for t in themes}.values()
        )


def _trace(member: Membership, excerpt: Excerpt, verb: str, before: Snapshot, after: Snapshot) -> None:
    keep_step(
        member=member,
        collection=excerpt.collection,
        verb=verb,
        before=before,
        after=after,
        testimony=excerpt.testimony_id,
    )
    record(member=member, verb=verb, about=excerpt, label=excerpt.collection.title)


def _title(collection: int) -> str:
    return Collection.objects.values_list("title", flat=True).get(pk=collection)
