"""A collection as other programs of analysis take it: themes as codes, voices as sources, marks as selections."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import IO

from django.utils.translation import gettext as _

from ..access import counted_excerpts
from ..gateways.refi_qda import write_codebook, write_project
from ..models import Collection, Excerpt, Testimony, Theme
from ..queries.marks import theme_choices
from ..rules.exchange import (
    Case,
    Code,
    Codebook,
    Project,
    Selection,
    TextSource,
    User,
    Value,
    Variable,
    VariableKind,
    cases_by_value,
    derived_guid,
)
from ..rules.states import READABLE

VOICES_AT_A_TIME = 100
HUE_COLOURS = (
    "#b4471f", "#2f7a3a", "#6a4bb0", "#0f6f8f", "#8a5c00", "#b02a6b", "#4a6b00", "#1f57c2", "#7a4a2a", "#00716a",
)  # fmt: skip
"""The palette of themes as other programs show it (static/testimonies/css/marks.css, light)."""


def guid_of(collection: Collection, kind: str, key: object) -> str:
    """Return the identifier under which a row of a collection is known outside; always the same."""
    return derived_guid(collection.cooperative.slug, collection.created_at.isoformat(), kind, key)


def codebook_of(collection: Collection) -> Codebook:
    """Return the tree of themes with definitions and examples."""
    themes = {t.pk: t for t in Theme.objects.filter(collection=collection, merged_into=None)}
    below: dict[int | None, list[int]] = defaultdict(list)
    for choice in theme_choices(collection):
        parent = themes[choice.pk].parent_id
        below[parent if parent in themes else None].append(choice.pk)

    def code(key: int) -> Code:
        theme = themes[key]
        example = _("Exemple : %(words)s") % {"words": theme.example} if theme.example else ""
        return Code(
            guid=guid_of(collection, "theme", key),
            name=theme.name,
            description="\n\n".join(part for part in (theme.definition, example) if part),
            color=HUE_COLOURS[theme.hue % len(HUE_COLOURS)],
            children=tuple(code(child) for child in below[key]),
        )

    return Codebook(tuple(code(key) for key in below[None]))


def write_qdc(collection: Collection, file: IO[bytes]) -> None:
    """Write the themes as a REFI-QDA codebook."""
    write_codebook(codebook_of(collection), file)


def write_qdpx(collection: Collection, file: IO[bytes]) -> None:
    """Write the collection as a REFI-QDA project: readable voices, themes, marks outside open rounds, tones, groups."""
    voices = (
        Testimony.objects.filter(collection=collection, state__in=[s.value for s in READABLE])
        .exclude(text="")
        .order_by("position", "pk")
    )
    variables = {
        "group": Variable(guid_of(collection, "variable", "group"), _("Groupe")),
        "tenure": Variable(guid_of(collection, "variable", "tenure"), _("Ancienneté")),
        "said_on": Variable(guid_of(collection, "variable", "said_on"), _("Date"), VariableKind.DATE),
        "tone": Variable(guid_of(collection, "variable", "tone"), _("Ton"), VariableKind.INTEGER),
    }
    tones: dict[str, Value] = {
        guid_of(collection, "mark", key): tone
        for key, tone in counted_excerpts(collection)
        .exclude(tone=None)
        .exclude(testimony__text="")
        .order_by("testimony__position", "testimony", "start", "pk")
        .values_list("pk", "tone")
        if tone is not None
    }
    users = {
        key: User(guid_of(collection, "user", key), f"{first} {last}".strip() or _("Compte fermé"))
        for key, first, last in counted_excerpts(collection)
        .exclude(marked_by=None)
        .order_by("marked_by")
        .values_list("marked_by", "marked_by__person__first_name", "marked_by__person__last_name")
        .distinct()
    }
    project = Project(
        name=collection.title,
        description=collection.purpose,
        created=collection.created_at,
        users=tuple(users.values()),
        codes=codebook_of(collection).codes,
        sources=_sources(collection, list(voices.values_list("pk", flat=True)), variables),
        variables=tuple(variables.values()),
        cases=(
            *cases_by_value(variables["tone"], tones),
            *_cases_of_groups(collection, variables["group"]),
        ),
    )
    write_project(project, file)


def _cases_of_groups(collection: Collection, variable: Variable) -> Iterator[Case]:
    """Yield one case a group with its sources."""
    together: dict[str, list[str]] = defaultdict(list)
    rows = (
        Testimony.objects.filter(collection=collection, state__in=[s.value for s in READABLE])
        .exclude(text="")
        .order_by("position", "pk")
    )
    for key, name, written in rows.values_list("pk", "group__name", "group_name"):
        if name or written:
            together[name or written].append(guid_of(collection, "voice", key))
    for name, sources in together.items():
        guid = guid_of(collection, "group", name)
        yield Case(guid, name, values=((variable.guid, name),), sources=tuple(sources))


def _sources(collection: Collection, keys: list[int], variables: dict[str, Variable]) -> Iterator[TextSource]:
    """Yield the voices, some at a time, so that not all texts are in memory at once."""
    names: dict[str, int] = defaultdict(int)
    for first in range(0, len(keys), VOICES_AT_A_TIME):
        batch = keys[first : first + VOICES_AT_A_TIME]
        marks: dict[int, list[Excerpt]] = defaultdict(list)
        rows = counted_excerpts(collection).filter(testimony__in=batch).prefetch_related("theme_links")
        for excerpt in rows.order_by("testimony", "start", "end", "pk"):
            marks[excerpt.testimony_id].append(excerpt)
        for voice in Testimony.objects.filter(pk__in=batch).select_related("group").order_by("position", "pk"):
            name = str(voice)
            names[name] += 1
            yield TextSource(
                guid=guid_of(collection, "voice", voice.pk),
                name=name if names[name] == 1 else f"{name} ({names[name]})",
                text=voice.text,
                created=voice.created_at,
                description=voice.context,
                selections=tuple(_selection(collection, e) for e in marks[voice.pk] if e.end <= len(voice.text)),
                values=tuple(_values(voice, variables)),
            )


def _selection(collection: Collection, excerpt: Excerpt) -> Selection:
    return Selection(
        guid=guid_of(collection, "mark", excerpt.pk),
        start=excerpt.start,
        end=excerpt.end,
        codes=tuple(guid_of(collection, "theme", link.theme_id) for link in excerpt.theme_links.all()),
        user=guid_of(collection, "user", excerpt.marked_by_id) if excerpt.marked_by_id else "",
        created=excerpt.marked_at,
        memo=excerpt.memo,
    )


def _values(voice: Testimony, variables: dict[str, Variable]) -> Iterator[tuple[str, str | date]]:
    group = voice.group.name if voice.group else voice.group_name
    if group:
        yield variables["group"].guid, group
    if voice.tenure:
        yield variables["tenure"].guid, str(voice.get_tenure_display())
    if voice.said_on:
        yield variables["said_on"].guid, voice.said_on
