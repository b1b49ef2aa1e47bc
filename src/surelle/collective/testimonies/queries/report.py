"""What the report says: who spoke, themes with words, who was not heard. Only what may be printed is quoted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from surelle.commons.cooperatives.models import Cooperative

from ..models import Collection, Consent, Testimony
from ..rules.states import READABLE, Channel
from . import counting
from .analysis import tones_by_theme, unheard
from .counting import NO_SIDE
from .excerpts import shown_excerpts
from .marks import ThemeChoice, theme_choices

VERBATIMS = 4


@dataclass(frozen=True)
class Quote:
    """Words that may be printed; `name` is empty unless the person agreed to be named in print."""

    excerpt: int
    words: str
    name: str
    group: str
    year: str
    tone: int | None


@dataclass(frozen=True)
class ReportTheme:
    theme: ThemeChoice
    voices: int
    excerpts: int
    tones: dict[int, int]  # tone → voices
    quotes: list[Quote]
    glad: int
    sore: int


@dataclass(frozen=True)
class Heard:
    """A group and how many of its voices were heard."""

    name: str
    voices: int


@dataclass(frozen=True)
class Silent:
    name: str
    expected: int


@dataclass(frozen=True)
class Report:
    cooperative: Cooperative
    collection: Collection
    made_on: date
    voices: int
    testimonies: int
    printable: int
    marked_voices: int
    excerpts: int
    named: list[str]
    unnamed: int
    heard: list[Heard]
    themes: list[ReportTheme]
    silent: list[Silent]


def report_of(collection: Collection) -> Report:
    """Return the report of a collection, in a number of queries that does not depend on its size."""
    today = timezone.localdate()
    agreed = consents_on(collection, today)
    may_print, may_name = agreed[Channel.PRINT], agreed[Channel.NAME]
    choices = theme_choices(collection)
    whole = {c.theme: c for c in counting.counts(collection)}
    tones = tones_by_theme(collection)
    best = counting.best_excerpts(collection, each=VERBATIMS, printable_on=today)
    shown = {
        e.pk: e for e in shown_excerpts(collection, sorted({key for keys in best.values() for key in keys}), choices)
    }
    opposed = {c.theme: c for c in counting.contradictions(collection)}
    excerpts, _bare, marked = counting.marked_excerpts(collection)
    spoken = Testimony.objects.filter(collection=collection, state__in=[s.value for s in READABLE]).exclude(text="")
    signed = dict(
        spoken.filter(pk__in=may_print & may_name).exclude(author_name="").order_by().values_list("pk", "author_name")
    )
    voices = counting.totals(collection).get(NO_SIDE, (0, 0))[0]
    named = sorted(set(signed.values()), key=str.casefold)

    def quote(key: int) -> Quote:
        e = shown[key]
        return Quote(key, e.quote, signed.get(e.testimony, ""), e.group, e.year, e.tone)

    themes = [
        ReportTheme(
            theme,
            voices=whole[theme.pk].voices,
            excerpts=whole[theme.pk].excerpts,
            tones={tone: numbers[0] for tone, numbers in sorted(tones.get(theme.pk, {}).items())},
            quotes=[quote(key) for key in best.get(theme.pk, []) if key in shown and shown[key].testimony in may_print],
            glad=opposed[theme.pk].glad if theme.pk in opposed else 0,
            sore=opposed[theme.pk].sore if theme.pk in opposed else 0,
        )
        for theme in choices
        if theme.pk in whole
    ]
    groups = counting.totals(collection, "group")
    return Report(
        cooperative=collection.cooperative,
        collection=collection,
        made_on=today,
        voices=voices,
        testimonies=spoken.count(),
        printable=spoken.filter(pk__in=may_print).count(),
        marked_voices=marked,
        excerpts=excerpts,
        named=named,
        unnamed=max(0, voices - len(named)),
        heard=[Heard(name or "", n) for name, (n, _m) in sorted(groups.items(), key=lambda g: (-g[1][0], g[0] or ""))],
        themes=sorted(themes, key=lambda t: (-t.voices, -t.excerpts, t.theme.name)),
        silent=[Silent(u.name, u.expected) for u in unheard(collection)],
    )


def consents_on(collection: Collection, day: date) -> dict[Channel, set[int]]:
    """Return for each channel the testimonies whose consent is in force on a day."""
    found: dict[Channel, set[int]] = {channel: set() for channel in Channel}
    rows = Consent.objects.filter(
        Q(expires_on=None) | Q(expires_on__gte=day), testimony__collection=collection, ended_at=None
    )
    for channel, testimony in rows.order_by().values_list("channel", "testimony_id"):
        found[Channel(channel)].add(testimony)
    return found


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as plain data, for what sets it in type."""
    return {
        "title": report.collection.title,
        "purpose": report.collection.purpose,
        "cooperative": report.cooperative.name,
        "group": report.collection.group.name,
        "made_on": report.made_on.isoformat(),
        "voices": report.voices,
        "testimonies": report.testimonies,
        "printable": report.printable,
        "excerpts": report.excerpts,
        "marked_voices": report.marked_voices,
        "named": report.named,
        "unnamed": report.unnamed,
        "heard": [{"name": h.name, "voices": h.voices} for h in report.heard],
        "silent": [{"name": s.name, "expected": s.expected} for s in report.silent],
        "themes": [
            {
                "name": t.theme.path,
                "hue": t.theme.hue,
                "definition": t.theme.definition,
                "voices": t.voices,
                "excerpts": t.excerpts,
                "tones": [t.tones.get(tone, 0) for tone in range(-2, 3)],
                "glad": t.glad,
                "sore": t.sore,
                "quotes": [
                    {"words": q.words, "name": q.name, "group": q.group, "year": q.year, "tone": q.tone}
                    for q in t.quotes
                ],
            }
            for t in report.themes
        ],
    }
