"""Sentences, lanes, trees, agreement and likeness, without a database; and that every colour of a theme can be seen."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surelle.collective.testimonies.rules.agreement import Given, Strength, agreement, as_json, cases, from_json
from surelle.collective.testimonies.rules.anchoring import canonical
from surelle.collective.testimonies.rules.laying import LANES_MAX, Laid, lanes, pieces
from surelle.collective.testimonies.rules.sentences import sentences
from surelle.collective.testimonies.rules.suggesting import Known, suggest
from surelle.collective.testimonies.rules.trees import Circular, branch, check_move, in_order
from surelle.commons.search.rules import stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bonjour à tous ! On y va.", ["Bonjour à tous !", "On y va."]),
        ("M. Durand est là. Il parle.", ["M. Durand est là.", "Il parle."]),
        ("Elle dit : « Je viens. » Puis rien.", ["Elle dit : « Je viens. »", "Puis rien."]),
        ("Un chiffre de 3.5 points, etc. et puis voilà…", ["Un chiffre de 3.5 points, etc. et puis voilà…"]),
        ("Sans point\n\n  Autre ligne  ", ["Sans point", "Autre ligne"]),
        ("", []),
        ("   \n ", []),
    ],
)
def test_sentences_as_a_person_would_cut_them(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in sentences(text)] == expected


@given(st.text(max_size=200).map(canonical))
def test_sentences_hold_every_word_once(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join("".join(text[s.start : s.end] for s in found).split()) == "".join(text.split())


spans = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=12)


@given(spans)
def test_marks_that_overlap_are_told_apart(places: list[tuple[int, int]]) -> None:
    marks = [Laid(n, start, start + size) for n, (start, size) in enumerate(places)]
    lane = lanes(marks)
    for one in marks:
        for other in marks:
            if one.key < other.key and one.start < other.end and other.start < one.end:
                assert lane[one.key] != lane[other.key] or LANES_MAX - 1 in (lane[one.key], lane[other.key])
    older = lanes(marks[:-1])
    assert all(lane[key] == place for key, place in older.items())  # a later mark moves no earlier one


@given(spans)
def test_pieces_cover_the_words_once(places: list[tuple[int, int]]) -> None:
    marks = [Laid(n, start, start + size) for n, (start, size) in enumerate(places)]
    cut = pieces(5, 60, marks, lanes(marks))
    assert (cut[0].start, cut[-1].end) == (5, 60)
    assert all(a.end == b.start for a, b in itertools.pairwise(cut))
    for mark in marks:
        inside = sum(p.end - p.start for p in cut if mark.key in {key for key, _lane in p.marks})
        assert inside == max(0, min(mark.end, 60) - max(mark.start, 5))


PARENTS = {1: None, 2: 1, 3: 2, 4: None, 5: 99}


def test_trees() -> None:
    assert branch(PARENTS, 1) == {1, 2, 3}
    with pytest.raises(Circular):
        check_move(PARENTS, 1, 3)
    check_move(PARENTS, 3, 4)
    assert in_order(PARENTS, [4, 1, 3, 2, 5]) == [(4, 0), (1, 0), (2, 1), (3, 2), (5, 0)]


UNITS = {7: [(0, 10), (11, 20), (21, 30), (31, 40)]}


def mark(coder: int, start: int, end: int, theme: int = 1, tone: int | None = None) -> Given:
    return Given(coder, 7, start, end, frozenset({theme}), tone)


def test_coders_who_mark_alike_agree_fully() -> None:
    found = agreement(coders=[1, 2], units=UNITS, themes=[1, 2], given=[mark(1, 0, 10, tone=1), mark(2, 2, 8, tone=1)])
    assert found.by_theme[1].alpha == pytest.approx(1)
    assert found.overall.strength == Strength.STRONG
    assert set(found.by_theme) == {1}  # a theme that nobody used says nothing
    assert found.tone.strength == Strength.UNKNOWN  # one same tone: nothing differs
    assert from_json(as_json(found)) == found


def test_coders_who_never_meet_disagree() -> None:
    found = agreement(coders=[1, 2], units=UNITS, themes=[1], given=[mark(1, 0, 10), mark(2, 21, 30)])
    assert found.overall.strength == Strength.WEAK
    assert (found.overall.marked, found.overall.together) == (2, 0)


def test_published_example_of_alpha() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), binary data, two observers: alpha = 0.095."""
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    units = {7: [(n * 10, n * 10 + 9) for n in range(10)]}
    given_marks = [
        mark(coder, n * 10, n * 10 + 9)
        for coder, values in ((1, first), (2, second))
        for n, value in enumerate(values)
        if value
    ]
    found = agreement(coders=[1, 2], units=units, themes=[1], given=given_marks)
    assert found.overall.alpha == pytest.approx(0.095, abs=0.001)


def test_nothing_marked_is_nothing_to_compare() -> None:
    found = agreement(coders=[1, 2], units={}, themes=[], given=[])
    assert found.overall.strength == Strength.UNKNOWN
    assert from_json({}) is None


def test_overlapping_marks_of_a_theme_are_one_case() -> None:
    found = cases([(1, mark(1, 0, 10)), (2, mark(2, 5, 15)), (3, mark(1, 20, 25)), (4, mark(2, 0, 10, theme=2))])
    assert [(c.theme, c.start, c.end, c.marks) for c in found] == [
        (1, 0, 15, {1: (1,), 2: (2,)}),
        (2, 0, 10, {2: (4,)}),
        (1, 20, 25, {1: (3,)}),
    ]


KNOWN = [
    Known(1, frozenset({10}), stems("La trésorerie des premiers mois m'a fait peur")),
    Known(2, frozenset({20}), stems("On apprend des autres dans le groupe métier")),
    Known(3, frozenset({30}), stems("Je choisis mes clients et mes horaires")),
]


def test_similar_passages_suggest_their_themes() -> None:
    [near, far] = suggest([stems("J'avais peur pour ma trésorerie"), stems("Un oiseau chante")], KNOWN)
    assert [s.theme for s in near] == [10]
    assert near[0].because == 1
    assert far == []
    assert suggest([stems("peur")], []) == [[]]


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_names_in_the_colour_of_their_theme_can_be_read() -> None:
    root = Path(__file__).parents[1]
    css = (root / "static/testimonies/css/marks.css").read_text()
    colours = re.findall(r"--theme-(\d): light-dark\((#\w{6}), (#\w{6})\)", css)
    assert len(colours) == 10
    tokens = (root.parents[1] / "web/static/web/css/tokens.css").read_text()
    for surface in ("paper", "surface"):
        light, dark = re.search(rf"--{surface}: light-dark\((#\w{{6}}), (#\w{{6}})\)", tokens).groups()  # type: ignore[union-attr]
        for number, by_day, by_night in colours:
            assert contrast(by_day, light) >= 4.5, number
            assert contrast(by_night, dark) >= 4.5, number
