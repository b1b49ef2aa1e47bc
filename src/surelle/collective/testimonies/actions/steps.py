"""Steps of marking: what was there before and after, so that each can be undone and done again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..models import Collection, Excerpt, ExcerptTheme, MarkingStep, Testimony, Theme
from ..rules.anchoring import Anchor, relocate
from .refusals import Refused

Rows = dict[str, dict[str, Any]]
"""Key of a row → its values. A snapshot has the tables `excerpts`, `themes` and `links` (excerpt → its themes)."""

Snapshot = dict[str, Rows]

EXCERPT_FIELDS = (
    "testimony_id", "start", "end", "quote", "before", "after", "tone", "memo", "round_id", "is_lost", "is_pinned",
    "marked_by_id", "marked_at",
)  # fmt: skip
THEME_FIELDS = (
    "parent_id", "name", "definition", "example", "hue", "position", "merged_into_id", "created_by_id", "created_at",
)  # fmt: skip
PLACE_FIELDS = frozenset({"start", "end", "quote", "before", "after", "is_lost", "marked_at", "created_at", "position"})
"""Fields that a correction of the text or the order of themes may have changed without overtaking a step."""


class NothingToUndo(Refused):
    sentence = _("Il n'y a rien à annuler.")


class NothingToRedo(Refused):
    sentence = _("Il n'y a rien à refaire.")


class StepOvertaken(Refused):
    sentence = _("Quelqu'un a changé cela depuis : annuler effacerait son travail. Corrigez plutôt à la main.")


def excerpt_row(excerpt: Excerpt, themes: Mapping[int, bool]) -> dict[str, Any]:
    """Return a mark as it is kept in a step; `themes` maps each theme to "is settled"."""
    row = {name: getattr(excerpt, name) for name in EXCERPT_FIELDS}
    return row | {"marked_at": row["marked_at"].isoformat(), "themes": {str(k): v for k, v in sorted(themes.items())}}


def theme_row(theme: Theme) -> dict[str, Any]:
    """Return a theme as it is kept in a step."""
    row = {name: getattr(theme, name) for name in THEME_FIELDS}
    return row | {"created_at": row["created_at"].isoformat()}


def links_of(excerpts: Iterable[int]) -> dict[int, dict[int, bool]]:
    """Return for each mark (key) its themes and whether they are settled."""
    keys = list(excerpts)
    found: dict[int, dict[int, bool]] = {key: {} for key in keys}
    rows = ExcerptTheme.objects.filter(excerpt__in=keys).values_list("excerpt_id", "theme_id", "is_settled")
    for excerpt, theme, is_settled in rows.order_by("theme_id"):
        found[excerpt][theme] = is_settled
    return found


def snapshot(*, excerpts: Iterable[int] = (), themes: Iterable[int] = (), links: Iterable[int] = ()) -> Snapshot:
    """Return the present rows; those that do not exist are left out."""
    found: Snapshot = {}
    keys = list(excerpts)
    if keys:
        given = links_of(keys)
        found["excerpts"] = {str(e.pk): excerpt_row(e, given[e.pk]) for e in Excerpt.objects.filter(pk__in=keys)}
    keys = list(themes)
    if keys:
        found["themes"] = {str(t.pk): theme_row(t) for t in Theme.objects.filter(pk__in=keys)}
    keys = list(links)
    if keys:
        present = set(Excerpt.objects.filter(pk__in=keys).values_list("pk", flat=True))
        found["links"] = {
            str(e): {str(theme): settled for theme, settled in given.items()}
            for e, given in links_of(keys).items()
            if e in present
        }
    return found


def keep_step(
    *,
    member: Membership,
    collection: Collection,
    verb: str,
    before: Snapshot,
    after: Snapshot,
    testimony: int | None = None,
) -> MarkingStep:
    """Write down a step, about one testimony (key) when it holds words; what was undone before is then forgotten."""
    MarkingStep.objects.filter(collection=collection, member=member, undone_at__isnull=False).delete()
    return MarkingStep.objects.create(
        cooperative_id=collection.cooperative_id,
        collection=collection,
        member=member,
        testimony_id=testimony,
        verb=verb,
        before=before,
        after=after,
    )


@transaction.atomic
def undo(*, member: Membership, collection: Collection) -> MarkingStep:
    """Undo the member's last step in a collection; raises NothingToUndo, StepOvertaken."""
    step = MarkingStep.objects.filter(collection=collection, member=member, undone_at=None).first()
    if step is None:
        raise NothingToUndo
    _restore(collection, wanted=step.before, present=step.after)
    step.undone_at = timezone.now()
    step.save(update_fields=["undone_at"])
    record(member=member, verb="undo", about=collection, label=collection.title, step=step.verb)
    return step


@transaction.atomic
def redo(*, member: Membership, collection: Collection) -> MarkingStep:
    """Do again the step that was undone last; raises NothingToRedo, StepOvertaken."""
    step = MarkingStep.objects.filter(collection=collection, member=member, undone_at__isnull=False).last()
    if step is None:
        raise NothingToRedo
    _restore(collection, wanted=step.after, present=step.before)
    step.undone_at = None
    step.save(update_fields=["undone_at"])
    record(member=member, verb="redo", about=collection, label=collection.title, step=step.verb)
    return step


def _restore(collection: Collection, *, wanted: Snapshot, present: Snapshot) -> None:
    """Put the rows back as in `wanted`; raises StepOvertaken unless they are as in `present`."""
    touched = {
        table: sorted({*wanted.get(table, {}), *present.get(table, {})}, key=int)
        for table in ("excerpts", "themes", "links")
    }
    now = snapshot(**{table: [int(key) for key in keys] for table, keys in touched.items()})
    for table, keys in touched.items():
        for key in keys:
            _check(now.get(table, {}).get(key), present.get(table, {}).get(key), wanted.get(table, {}).get(key))
    _restore_themes(collection, wanted.get("themes", {}), touched["themes"], now.get("themes", {}))
    _restore_excerpts(collection, wanted.get("excerpts", {}), touched["excerpts"], now.get("excerpts", {}))
    for key in touched["links"]:
        if key in now["links"] and key in wanted.get("links", {}):
            _set_links(collection, int(key), wanted["links"][key])


def _check(now: dict[str, Any] | None, expected: dict[str, Any] | None, wanted: dict[str, Any] | None) -> None:
    if (now is None) != (expected is None):
        raise StepOvertaken
    if now is None or expected is None:
        return
    fields = {k for k in expected if k not in PLACE_FIELDS}
    if wanted is not None:
        # Only what the step itself changed matters: a tone may be undone though somebody added a memo since.
        fields = {k for k in {*expected, *wanted} if expected.get(k) != wanted.get(k)}
    if any(now.get(k) != expected.get(k) for k in fields - PLACE_FIELDS):
        raise StepOvertaken


def _restore_themes(collection: Collection, wanted: Rows, keys: list[str], now: Rows) -> None:
    names = {row["name"] for row in wanted.values() if row["merged_into_id"] is None}
    rivals = Theme.objects.filter(collection=collection, merged_into=None, name__in=names)
    if rivals.exclude(pk__in=[int(key) for key in keys]).exists():
        raise StepOvertaken
    Theme.objects.filter(pk__in=[int(key) for key in keys if key not in wanted]).delete()
    standing = set(Theme.objects.filter(collection=collection).values_list("pk", flat=True)) | {int(k) for k in wanted}
    for key in keys:
        if key not in wanted:
            continue
        row = dict(wanted[key])
        if {row["parent_id"], row["merged_into_id"]} - {None} - standing:
            raise StepOvertaken
        row["created_at"] = datetime.fromisoformat(row["created_at"])
        if key in now:
            Theme.objects.filter(pk=int(key)).update(**row)
        else:
            theme = Theme(pk=int(key), cooperative_id=collection.cooperative_id, collection=collection, **row)
            Theme.objects.bulk_create([theme])
            Theme.objects.filter(pk=int(key)).update(created_at=row["created_at"])


def _restore_excerpts(collection: Collection, wanted: Rows, keys: list[str], now: Rows) -> None:
    Excerpt.objects.filter(pk__in=[int(key) for key in keys if key not in wanted]).delete()
    for key in keys:
        if key not in wanted:
            continue
        row = dict(wanted[key])
        themes = row.pop("themes")
        row["marked_at"] = datetime.fromisoformat(row["marked_at"])
        if key in now:
            changed = {k: v for k, v in row.items() if k not in PLACE_FIELDS}
            Excerpt.objects.filter(pk=int(key)).update(**changed)
        else:
            _recreate(collection, int(key), row)
        _set_links(collection, int(key), themes)


def _recreate(collection: Collection, key: int, row: dict[str, Any]) -> None:
    """Write a removed mark again where its words stand today."""
    text = Testimony.objects.filter(pk=row["testimony_id"]).values_list("text", flat=True).first() or ""
    place = relocate(text, Anchor(row["start"], row["end"], row["quote"], row["before"], row["after"]))
    if place is None:
        raise StepOvertaken
    row |= {"start": place.start, "end": place.end, "before": place.before, "after": place.after}
    excerpt = Excerpt(pk=key, cooperative_id=collection.cooperative_id, collection=collection, **row)
    Excerpt.objects.bulk_create([excerpt])
    Excerpt.objects.filter(pk=key).update(marked_at=row["marked_at"])


def _set_links(collection: Collection, excerpt: int, themes: Mapping[str, bool]) -> None:
    if Theme.objects.filter(pk__in=[int(theme) for theme in themes], merged_into=None).count() < len(themes):
        raise StepOvertaken
    ExcerptTheme.objects.filter(excerpt=excerpt).delete()
    ExcerptTheme.objects.bulk_create(
        ExcerptTheme(
            cooperative_id=collection.cooperative_id, excerpt_id=excerpt, theme_id=int(theme), is_settled=is_settled
        )
        for theme, is_settled in themes.items()
    )
