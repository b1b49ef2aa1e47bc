"""What members say, and the excerpts that each figure opens onto."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from surelle.commons.members.access import MemberRequest
from surelle.web.charts import Chart, bars, stacked
from surelle.web.tones import TONE_WORDS

from ..access import team_collection
from ..queries import analysis as queries
from ..queries.excerpts import Asked, excerpt_list, filter_choices

THEMES_DRAWN = 20


@require_safe
def analysis(request: MemberRequest, slug: str) -> HttpResponse:
    collection = team_collection(request.member, slug)
    side = request.GET.get("par", "group")
    found = queries.analysis(collection, side)
    door = reverse("testimonies:excerpts", args=[request.member.cooperative.slug, slug])
    context = {
        "collection": collection,
        "found": found,
        "sides": [
            ("group", _("Groupes")),
            ("tenure", _("Ancienneté")),
            ("question", _("Questions")),
            ("tone", _("Tons")),
        ],
        "grid_rows": grid_rows(found.grid, door),
        "themes_chart": themes_chart(found, door),
        "tones_chart": tones_chart(found, door),
    }
    return render(request, "testimonies/analysis.html", context)


@require_safe
def excerpts(request: MemberRequest, slug: str) -> HttpResponse:
    collection = team_collection(request.member, slug)
    asked = Asked.from_address(request.GET.dict())
    found = excerpt_list(collection, asked, request.GET.get("page", "1"))
    choices = filter_choices(collection)
    context = {
        "collection": collection,
        "found": found,
        "asked": asked,
        "choices": choices,
        "also": next((t for t in choices.themes if t.pk == asked.also), None),
        "tones": list(TONE_WORDS.items()),
        "query": request.GET.urlencode(),
    }
    return render(request, "testimonies/excerpts.html", context)


def opening(door: str, **asked: Any) -> str:
    """Return the address of the excerpts behind a figure."""
    return f"{door}?{urlencode({key: value for key, value in asked.items() if value not in ('', None)})}"


def grid_rows(grid: queries.Grid, door: str) -> list[dict[str, Any]]:
    """Return the rows of the grid, each cell with the address of its excerpts."""
    return [
        {
            "row": row,
            "url": opening(door, theme=row.theme.pk),
            "cells": [
                {"cell": cell, "url": opening(door, theme=row.theme.pk, **{grid.side: cell.key})} for cell in row.cells
            ],
        }
        for row in grid.rows
    ]


def themes_chart(found: queries.Analysis, door: str) -> Chart | None:
    rows = [
        {
            "theme": t.theme.path,
            "voices": t.voices,
            "excerpts": t.excerpts,
            "url": opening(door, theme=t.theme.pk),
        }
        for t in found.themes[:THEMES_DRAWN]
    ]
    if not rows:
        return None
    return bars(
        rows,
        label="theme",
        value="voices",
        title=_("De combien de voix chaque thème vient"),
        columns={"theme": _("Thème"), "voices": _("Voix"), "excerpts": _("Extraits")},
    )


def tones_chart(found: queries.Analysis, door: str) -> Chart | None:
    rows = [
        {
            "theme": t.theme.path,
            "tone": tone,
            "voices": voices,
            "excerpts": count,
            "url": opening(door, theme=t.theme.pk, tone=tone),
        }
        for t in found.themes[:THEMES_DRAWN]
        for tone, (voices, count) in sorted(t.tones.items())
    ]
    if not rows:
        return None
    return stacked(
        rows,
        label="theme",
        value="voices",
        colour_by="tone",
        title=_("Sur quel ton on en parle, en voix"),
        columns={"theme": _("Thème"), "tone": _("Ton"), "voices": _("Voix"), "excerpts": _("Extraits")},
    )
