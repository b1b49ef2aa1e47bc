"""To build the tree of themes: create, edit, move, merge, split, delete. Every one of these steps can be undone."""

from collections.abc import Collection as Keys

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..access import collection_themes
from ..models import CodingRound, Collection, ExcerptTheme, Theme
from ..rules.anchoring import canonical
from ..rules.trees import Circular, check_move
from .refusals import Refused
from .steps import Snapshot, keep_step, snapshot

HUES = 10
"""How many colours the palette of themes has (static/testimonies/css/marks.css)."""


class ThemeNameNeeded(Refused):
    sentence = _("Donnez un nom au thème.")


class ThemeNameTooLong(Refused):
    sentence = _("Ce nom est trop long : 120 signes au plus. Le reste peut aller dans la définition.")


class ThemeExists(Refused):
    sentence = _("Un thème de ce chantier porte déjà ce nom.")


class UnderItself(Refused):
    sentence = _("Un thème ne peut pas se ranger sous lui-même.")


class SameTheme(Refused):
    sentence = _("Choisissez deux thèmes différents.")


class NothingChosen(Refused):
    sentence = _("Choisissez au moins un extrait qui ira dans le nouveau thème.")


class ThemeInUse(Refused):
    sentence = _("Des extraits portent ce thème. Confirmez que vous voulez le leur retirer, ou fusionnez-le.")


class RoundOpen(Refused):
    sentence = _("Un double codage est en cours : les thèmes ne peuvent être ni fusionnés, ni divisés, ni supprimés.")


@transaction.atomic
def create_theme(
    *,
    member: Membership,
    collection: Collection,
    name: str,
    definition: str = "",
    example: str = "",
    parent: Theme | None = None,
    hue: int | None = None,
) -> Theme:
    """Add a theme to a collection, after its siblings; raises ThemeNameNeeded, ThemeNameTooLong, ThemeExists."""
    name = _free_name(collection, name)
    themes = collection_themes(collection)
    theme = Theme.objects.create(
        cooperative_id=collection.cooperative_id,
        collection=collection,
        name=name,
        definition=canonical(definition).strip(),
        example=canonical(example).strip(),
        parent=parent,
        hue=themes.count() % HUES if hue is None else hue % HUES,
        position=_last_position(collection) + 1,
        created_by=member,
    )
    _trace(member, collection, "create_theme", {}, snapshot(themes=[theme.pk]), theme)
    return theme


@transaction.atomic
def edit_theme(
    *, member: Membership, theme: Theme, name: str, definition: str, example: str, hue: int, parent: Theme | None
) -> Theme:
    """Change what a theme says of itself, and where it stands; raises ThemeExists, UnderItself and the like."""
    collection = theme.collection
    before = snapshot(themes=[theme.pk])
    theme.name = _free_name(collection, name, besides=theme)
    theme.definition, theme.example = canonical(definition).strip(), canonical(example).strip()
    theme.hue = hue % HUES
    theme.parent = _allowed_parent(collection, theme, parent)
    theme.save(update_fields=["name", "definition", "example", "hue", "parent"])
    _trace(member, collection, "edit_theme", before, snapshot(themes=[theme.pk]), theme)
    return theme


@transaction.atomic
def move_theme(*, member: Membership, theme: Theme, parent: Theme | None, position: int) -> Theme:
    """Put a theme under another (None: at the top), at the given place among its siblings, from 0.

    Raises UnderItself.
    """
    collection = theme.collection
    parent = _allowed_parent(collection, theme, parent)
    siblings = list(collection_themes(collection).filter(parent=parent).exclude(pk=theme.pk))
    siblings.insert(max(0, min(position, len(siblings))), theme)
    touched = [t.pk for t in siblings]
    before = snapshot(themes=touched)
    theme.parent = parent
    for place, sibling in enumerate(siblings):
        sibling.position = place
    Theme.objects.bulk_update(siblings, ["parent", "position"])
    _trace(member, collection, "move_theme", before, snapshot(themes=touched), theme)
    return theme


@transaction.atomic
def merge_themes(*, member: Membership, source: Theme, into: Theme) -> Theme:
    """Give the excerpts of `source`, and the themes under it, to `into`; an excerpt that had both has it once.

    Raises SameTheme, UnderItself, RoundOpen.
    """
    collection = source.collection
    if source.pk == into.pk or into.collection_id != source.collection_id or into.merged_into_id is not None:
        raise SameTheme
    _must_have_no_round(collection)
    children = list(collection_themes(collection).filter(parent=source).exclude(pk=into.pk))
    excerpts = list(ExcerptTheme.objects.filter(theme=source).values_list("excerpt_id", flat=True).order_by("excerpt"))
    touched = [source.pk, into.pk, *(c.pk for c in children)]
    before = snapshot(themes=touched, links=excerpts)
    both = set(ExcerptTheme.objects.filter(theme=into, excerpt__in=excerpts).values_list("excerpt_id", flat=True))
    ExcerptTheme.objects.filter(theme=source, excerpt__in=both).delete()
    ExcerptTheme.objects.filter(theme=source).update(theme=into)
    if into.parent_id == source.pk:
        into.parent_id = source.parent_id
        into.save(update_fields=["parent"])
    Theme.objects.filter(pk__in=[c.pk for c in children]).update(parent=into)
    source.merged_into, source.parent = into, None
    source.save(update_fields=["merged_into", "parent"])
    # Themes merged earlier into the source follow it, so that every one of them points at a living theme.
    earlier = list(Theme.objects.filter(merged_into=source).values_list("pk", flat=True))
    before["themes"] |= snapshot(themes=earlier).get("themes", {})
    Theme.objects.filter(pk__in=earlier).update(merged_into=into)
    _trace(member, collection, "merge_themes", before, snapshot(themes=[*touched, *earlier], links=excerpts), into)
    return into


@transaction.atomic
def split_theme(*, member: Membership, theme: Theme, name: str, excerpts: Keys[int], definition: str = "") -> Theme:
    """Make a new theme beside `theme`, to which the chosen excerpts (keys) go; raises NothingChosen, RoundOpen."""
    collection = theme.collection
    _must_have_no_round(collection)
    chosen = ExcerptTheme.objects.filter(theme=theme, excerpt__in=list(excerpts))
    keys = list(chosen.values_list("excerpt_id", flat=True).order_by("excerpt"))
    if not keys:
        raise NothingChosen
    before = snapshot(links=keys)
    new = Theme.objects.create(
        cooperative_id=collection.cooperative_id,
        collection=collection,
        name=_free_name(collection, name),
        definition=canonical(definition).strip(),
        parent_id=theme.parent_id,
        hue=collection_themes(collection).count() % HUES,
        position=_last_position(collection) + 1,
        created_by=member,
    )
    chosen.update(theme=new)
    _trace(member, collection, "split_theme", before, snapshot(themes=[new.pk], links=keys), new)
    return new


@transaction.atomic
def delete_theme(*, member: Membership, theme: Theme, is_confirmed: bool = False) -> None:
    """Delete a theme; its excerpts stay, without it, and the themes under it go up by one.

    Raises ThemeInUse when excerpts have it and nobody confirmed, RoundOpen.
    """
    collection = theme.collection
    _must_have_no_round(collection)
    excerpts = list(ExcerptTheme.objects.filter(theme=theme).values_list("excerpt_id", flat=True).order_by("excerpt"))
    if excerpts and not is_confirmed:
        raise ThemeInUse
    merged = list(Theme.objects.filter(merged_into=theme).values_list("pk", flat=True))
    children = list(collection_themes(collection).filter(parent=theme).values_list("pk", flat=True))
    before = snapshot(themes=[theme.pk, *children, *merged], links=excerpts)
    ExcerptTheme.objects.filter(theme=theme).delete()
    Theme.objects.filter(pk__in=children).update(parent=theme.parent_id)
    name = theme.name
    Theme.objects.filter(pk__in=[*merged, theme.pk]).delete()
    after = snapshot(themes=children, links=excerpts)
    keep_step(member=member, collection=collection, verb="delete_theme", before=before, after=after)
    record(member=member, verb="delete_theme", about=collection, label=name, excerpts=len(excerpts))


def _free_name(collection: Collection, name: str, besides: Theme | None = None) -> str:
    name = " ".join(canonical(name).split())
    if not name:
        raise ThemeNameNeeded
    if len(name) > 120:
        raise ThemeNameTooLong
    rivals = collection_themes(collection).filter(name__iexact=name)
    if (rivals.exclude(pk=besides.pk) if besides else rivals).exists():
        raise ThemeExists
    return name


def _allowed_parent(collection: Collection, theme: Theme, parent: Theme | None) -> Theme | None:
    if parent is None:
        return None
    if parent.collection_id != collection.pk:
        raise UnderItself
    parents: dict[int, int | None] = dict(collection_themes(collection).values_list("pk", "parent_id"))
    try:
        check_move(parents, theme.pk, parent.pk)
    except Circular:
        raise UnderItself from None
    return parent


def _last_position(collection: Collection) -> int:
    last: int | None = Theme.objects.filter(collection=collection).aggregate(last=Max("position"))["last"]
    return last or 0


def _must_have_no_round(collection: Collection) -> None:
    if CodingRound.objects.filter(collection=collection, closed_at=None).exists():
        raise RoundOpen


def _trace(
    member: Membership, collection: Collection, verb: str, before: Snapshot, after: Snapshot, theme: Theme
) -> None:
    keep_step(member=member, collection=collection, verb=verb, before=before, after=after)
    record(member=member, verb=verb, about=theme, label=theme.name)
