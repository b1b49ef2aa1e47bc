"""Charts: drawn in the colours of the page, harmless, and never in the way of a page."""

from typing import Any

import pytest
from django.core.cache import cache
from lxml import etree

from surelle.web import charts

ROWS = [
    {"theme": "Solidarité", "group": "Lyon", "tone": 1, "voices": 12, "url": "/themes/1/"},
    {"theme": "Salaire <b>& sécurité</b>", "group": "Annecy", "tone": -2, "voices": 4, "url": "/themes/2/"},
]
COLUMNS = {"theme": "Thème", "group": "Groupe", "tone": "Ton", "voices": "Voix"}
KINDS = {
    "bars": lambda rows: charts.bars(rows, label="theme", value="voices", title="Thèmes", columns=COLUMNS),
    "stacked": lambda rows: charts.stacked(
        rows, label="theme", value="voices", colour_by="tone", title="Tons", columns=COLUMNS
    ),
    "heatmap": lambda rows: charts.heatmap(rows, x="group", y="theme", value="voices", title="Qui", columns=COLUMNS),
}


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_words_and_shapes_in_the_colours_of_the_page(kind: str) -> None:
    chart = KINDS[kind](ROWS)
    drawing = etree.fromstring(chart.svg)
    assert "var(--" in chart.svg
    assert {element.tag for element in drawing.iter()} <= {
        "svg",
        "g",
        "path",
        "line",
        "rect",
        "circle",
        "text",
        "tspan",
    }
    assert not [name for element in drawing.iter() for name in element.attrib if name in {"style", "href", "onclick"}]
    assert "#" not in "".join(element.get("fill", "") for element in drawing.iter())
    assert "Salaire <b>& sécurité</b>" in ["".join(text.itertext()) for text in drawing.iter("text")]


def test_a_chart_has_its_table() -> None:
    chart = KINDS["bars"](ROWS)
    assert [(column.title, column.is_number) for column in chart.columns] == [("Thème", False), ("Voix", True)]
    assert [[cell.value for cell in line.cells] for line in chart.rows] == [["Solidarité", 12], [ROWS[1]["theme"], 4]]
    assert [line.cells[-1].url for line in chart.rows] == ["/themes/1/", "/themes/2/"]


def test_a_drawing_that_fails_leaves_the_table(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(spec: str) -> str:
        raise ValueError("no engine")

    monkeypatch.setattr(charts, "draw", fail)
    chart = KINDS["bars"](ROWS)
    assert chart.svg == ""
    assert len(chart.rows) == 2
    assert "could not be drawn" in caplog.text


def test_a_chart_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = KINDS["heatmap"](ROWS)
    monkeypatch.setattr(charts, "draw", lambda spec: pytest.fail("drawn again"))
    assert KINDS["heatmap"](ROWS) == first


def test_nothing_to_draw() -> None:
    chart = KINDS["stacked"]([])
    assert (chart.svg, chart.rows) == ("", ())


def test_values_other_than_numbers_become_words() -> None:
    class Lazy:
        def __str__(self) -> str:
            return "Paresse"

    rows: list[dict[str, Any]] = [{"theme": Lazy(), "voices": 1}]
    assert "Paresse" in KINDS["bars"](rows).svg
