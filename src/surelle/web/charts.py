"""Charts: Vega-Lite specifications drawn to SVG on the server, in the colours of the page, each with its table.

Colours are CSS variables, so that one drawing serves light, dark and print. A drawing that fails leaves the table.
"""

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path
from typing import Any

import font_source_sans_pro
from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from .tones import TONE_WORDS

logger = logging.getLogger(__name__)

Row = Mapping[str, Any]
Spec = dict[str, Any]

VERSION = 1  # of the drawing: raise it when the same specification must be drawn anew
KEPT_FOR = 7 * 24 * 3600
SVG = "{http://www.w3.org/2000/svg}"
KEPT_ELEMENTS = {SVG + name for name in ("svg", "g", "path", "line", "rect", "circle", "text", "tspan", "title")}
DROPPED_ATTRIBUTES = {"style", "font-family", "class", "pointer-events", "role", "cursor", "clip-path"}
LONG_NUMBER = re.compile(r"(\d+\.\d\d)\d+")
WIDTH = 340
LINE = 46
INK, SOFT, LINE_COLOUR, SURFACE = "var(--ink)", "var(--ink-soft)", "var(--line)", "var(--surface)"
LEAF_COLOURS = [
    "var(--activity-strong)",
    "var(--serenity-strong)",
    "var(--collective-strong)",
    "var(--info-ink)",
    "var(--warn-ink)",
    "var(--line-strong)",
]
TONE_COLOURS = {
    -2: "var(--tone-m2)",
    -1: "var(--tone-m1)",
    0: "var(--tone-0)",
    1: "var(--tone-p1)",
    2: "var(--tone-p2)",
}
HEAT_COLOURS = [f"var(--heat-{step})" for step in range(1, 6)]


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Cell:
    value: Any
    column: str
    is_number: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the figures it was made of; `svg` is empty when there was nothing to draw or drawing failed."""

    svg: SafeString
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]


def bars(
    rows: Iterable[Row],
    label: str,
    value: str,
    *,
    title: Any,
    columns: Mapping[str, Any],
    colour_by: str = "",
    leaf: str = "collective",
) -> Chart:
    """Return horizontal bars in the order of `rows`, the label above each, as one reads on a phone."""
    rows = list(rows)
    colour: Spec = {"value": f"var(--{leaf}-strong)"}
    if colour_by:
        colour = nominal_colour(colour_by, rows)
    y = {"field": label, "type": "nominal", "sort": None, "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
    spec = {
        "height": {"step": LINE},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": 14, "yOffset": 9},
                "encoding": {"x": quantity(value), "color": colour},
            },
            caption_mark(label),
            {
                "mark": {"type": "text", "align": "right", "baseline": "bottom", "fontWeight": 600, "color": INK},
                "encoding": {"text": {"field": value}, "x": {"value": WIDTH}},
            },
        ],
    }
    return chart(spec, rows, [label, value], title, columns)


def stacked(
    rows: Iterable[Row], label: str, value: str, *, colour_by: str, title: Any, columns: Mapping[str, Any]
) -> Chart:
    """Return one bar a label, cut by `colour_by` in the order met; tones −2…2 take the colours of tones."""
    rows = list(rows)
    y = {"field": label, "type": "nominal", "sort": None, "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}
    ranks = {kind: rank for rank, kind in enumerate(ordered_kinds(rows, colour_by))}
    drawn = [{**row, "rank": ranks[row[colour_by]]} for row in rows]
    spec = {
        "height": {"step": LINE},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": 16, "yOffset": 9, "stroke": SURFACE, "strokeWidth": 1.5},
                "encoding": {
                    "x": quantity(value),
                    "color": nominal_colour(colour_by, rows),
                    "order": {"field": "rank", "type": "quantitative"},
                },
            },
            caption_mark(label),
        ],
    }
    return chart(spec, drawn, [label, colour_by, value], title, columns)


def heatmap(rows: Iterable[Row], x: str, y: str, value: str, *, title: Any, columns: Mapping[str, Any]) -> Chart:
    """Return a grid of `value` by `x` and `y`; colour comes in five steps, and the figure stands in the cell."""
    rows = list(rows)
    top = max((row[value] for row in rows), default=0) or 1
    figure = {
        "condition": {"test": f"datum[{json.dumps(value)}] > {top * 0.6}", "value": "var(--on-heat)"},
        "value": INK,
    }
    axis = {"domain": False, "ticks": False, "labelColor": INK, "title": None, "labelPadding": 6}
    spec = {
        "width": {"step": 46},
        "height": {"step": 34},
        "encoding": {
            "x": {
                "field": x,
                "type": "nominal",
                "sort": None,
                "axis": {**axis, "orient": "top", "labelAngle": -40, "labelLimit": 140},
            },
            "y": {"field": y, "type": "nominal", "sort": None, "axis": {**axis, "labelLimit": 200}},
        },
        "layer": [
            {
                "mark": {"type": "rect", "stroke": SURFACE, "strokeWidth": 2, "cornerRadius": 4},
                "encoding": {
                    "color": {
                        "field": value,
                        "type": "quantitative",
                        "legend": None,
                        "scale": {"type": "quantize", "domain": [0, top], "range": HEAT_COLOURS},
                    }
                },
            },
            {"mark": {"type": "text"}, "encoding": {"text": {"field": value}, "color": figure}},
        ],
    }
    return chart(spec, rows, [y, x, value], title, columns)


def quantity(value: str) -> Spec:
    return {
        "field": value,
        "type": "quantitative",
        "axis": None,
        "stack": "zero",
        "scale": {"range": [0, WIDTH], "nice": False, "zero": True},
    }


def caption_mark(label: str) -> Spec:
    return {
        "transform": [{"aggregate": [{"op": "count", "as": "times"}], "groupby": [label]}],
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "color": INK, "limit": WIDTH - 44},
        "encoding": {"text": {"field": label}, "x": {"value": 0}},
    }


def ordered_kinds(rows: Sequence[Row], key: str) -> list[Any]:
    kinds = list(dict.fromkeys(row[key] for row in rows))
    return sorted(kinds) if set(kinds) <= set(TONE_COLOURS) else kinds


def nominal_colour(key: str, rows: Sequence[Row]) -> Spec:
    kinds = ordered_kinds(rows, key)
    are_tones = set(kinds) <= set(TONE_COLOURS)
    colours = [
        TONE_COLOURS[kind] if are_tones else LEAF_COLOURS[rank % len(LEAF_COLOURS)] for rank, kind in enumerate(kinds)
    ]
    legend: Spec = {
        "orient": "top",
        "title": None,
        "symbolType": "circle",
        "columns": 2 if are_tones else 3,
        "offset": 10,
    }
    if are_tones:
        words = {str(kind): str(TONE_WORDS[kind]) for kind in kinds}
        legend["labelExpr"] = f"{json.dumps(words)}[datum.value]"
    return {
        "field": key,
        "type": "nominal",
        "scale": {"domain": [plain(kind) for kind in kinds], "range": colours},
        "legend": legend,
    }


def chart(spec: Spec, rows: Sequence[Row], keys: Sequence[str], title: Any, columns: Mapping[str, Any]) -> Chart:
    """Return the chart of `spec` over `rows`, its table showing `keys` under the titles of `columns`."""
    heads = tuple(
        Column(key, str(columns.get(key, key)), all(isinstance(row[key], int | float) for row in rows)) for key in keys
    )
    lines = tuple(
        Line(
            tuple(
                Cell(
                    row[head.key], head.title, head.is_number, str(row.get("url", "")) if rank == len(heads) - 1 else ""
                )
                for rank, head in enumerate(heads)
            )
        )
        for row in rows
    )
    values = [{key: plain(value) for key, value in row.items() if key != "url"} for row in rows]
    full = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "width": WIDTH,
        **spec,
        "config": CONFIG,
    }
    return Chart(drawing(full, str(title)) if rows else mark_safe(""), str(title), heads, lines)


CONFIG = {
    "background": None,
    "font": "Source Sans Pro",
    "padding": 2,
    "view": {"stroke": None},
    "text": {"fontSize": 13},
    "axis": {"labelFontSize": 13, "gridColor": LINE_COLOUR},
    "legend": {"labelFontSize": 13, "labelColor": INK, "symbolSize": 90, "symbolStrokeWidth": 0},
    "aria": False,
}


def plain(value: Any) -> Any:
    """Return what JSON can hold: lazily translated words become words."""
    return value if isinstance(value, int | float | str | bool) or value is None else str(value)


def drawing(spec: Spec, title: str) -> SafeString:
    """Return the SVG of `spec`, kept in the cache; empty when it cannot be drawn, which is logged."""
    try:
        text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
        key = f"chart:{VERSION}:{hashlib.sha256((title + text).encode()).hexdigest()}"
        svg = cache.get(key)
        if svg is None:
            svg = cleaned(draw(text), title)
            cache.set(key, svg, KEPT_FOR)
        return mark_safe(svg)  # noqa: S308 (cleaned below, element by element)
    except Exception:
        logger.exception("A chart could not be drawn: %s", title)
        return mark_safe("")


@once
def know_fonts() -> None:
    """Let the drawer measure words in the font of the pages."""
    import vl_convert

    vl_convert.register_font_directory(str(Path(font_source_sans_pro.__path__[0]) / "files"))


def draw(spec: str) -> str:
    import vl_convert  # heavy: a JavaScript engine, wanted only by pages with charts

    know_fonts()
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def cleaned(svg: str, title: str) -> str:
    """Return `svg` with only shapes and words: no link, no style, no role, and a size that its page decides."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        if element.tag not in KEPT_ELEMENTS:
            element.getparent().remove(element)
            continue
        for name in list(element.attrib):
            if name in DROPPED_ATTRIBUTES or name.startswith(("aria-", "on", "{")):
                del element.attrib[name]
        is_hidden = (
            element.get("display") == "none" or element.get("opacity") == "0" or element.get("d") in ("", "M0,0h0v0h0Z")
        )
        if is_hidden and element.getparent() is not None:
            element.getparent().remove(element)
            continue
        element.tag = element.tag.removeprefix(SVG)
    etree.cleanup_namespaces(root)
    width, height = root.get("width"), root.get("height")
    root.attrib.update({"viewBox": f"0 0 {width} {height}", "role": "img", "aria-label": title, "class": "drawing"})
    return LONG_NUMBER.sub(r"\1", etree.tostring(root, encoding="unicode"))
