"""Every pair of text and background that the tokens allow is legible: WCAG 2.2 AA, in light and in dark."""

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[1] / "static" / "web" / "css" / "tokens.css"
COLOUR = re.compile(r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
SCHEMES = {"light": 0, "dark": 1}
LEAVES = ["activity", "serenity", "collective"]
TINTS = ["info", "success", "warn", "danger"]
SURFACES = ["paper", "surface", "raised", "sunken"]
TEXT = [
    *product(["ink", "ink-soft", "link", *(f"{name}-ink" for name in [*LEAVES, *TINTS])], SURFACES),
    *((f"{name}-ink", f"{name}-soft") for name in [*LEAVES, *TINTS]),
    *(("ink", f"{name}-soft") for name in [*LEAVES, *TINTS]),
    *(("ink-soft", f"{name}-soft") for name in LEAVES),
    *(("link", f"{name}-soft") for name in [*LEAVES, *TINTS]),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-danger", "danger"),
    ("ink", "mark"),
    ("ink", "heat-1"),
    ("ink", "heat-2"),
    ("ink", "heat-3"),
    ("on-heat", "heat-4"),
    ("on-heat", "heat-5"),
    *((("paper", f"{name}-ink")) for name in LEAVES),
]
SHAPES = [
    *product(["line-strong", "focus", "accent", *(f"{name}-strong" for name in LEAVES)], ["paper", "surface"]),
]


def tokens() -> dict[str, tuple[str, str]]:
    return {name: (light, dark) for name, light, dark in COLOUR.findall(TOKENS.read_text(encoding="utf-8"))}


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_legible(scheme: str) -> None:
    known, side = tokens(), SCHEMES[scheme]
    faint = {
        f"{text} on {ground}": round(contrast(known[text][side], known[ground][side]), 2)
        for text, ground in TEXT
        if contrast(known[text][side], known[ground][side]) < 4.5
    }
    assert not faint


@pytest.mark.parametrize("scheme", SCHEMES)
def test_borders_and_shapes_are_seen(scheme: str) -> None:
    known, side = tokens(), SCHEMES[scheme]
    faint = {
        f"{shape} on {ground}": round(contrast(known[shape][side], known[ground][side]), 2)
        for shape, ground in SHAPES
        if contrast(known[shape][side], known[ground][side]) < 3
    }
    assert not faint
