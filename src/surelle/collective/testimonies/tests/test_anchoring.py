"""Marked words stay the words that were marked, whatever is corrected around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surelle.collective.testimonies.rules.anchoring import (
    OutsideText,
    anchor,
    canonical,
    code_points,
    reanchor,
    utf16_units,
    without_margins,
)

texts = st.text(st.sampled_from("ab é\n🌱𝔸.,"), max_size=60)
any_text = st.text(max_size=80).map(canonical)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """A text, one edit of it, and a span that the edit does not touch."""
    before, marked, after = draw(texts), draw(st.text(st.sampled_from("ab é🌱"), min_size=1, max_size=12)), draw(texts)
    old = before + marked + after
    place = draw(st.sampled_from(["before", "after"]))
    side = before if place == "before" else after
    first = draw(st.integers(0, len(side)))
    last = draw(st.integers(first, len(side)))
    changed = side[:first] + draw(texts) + side[last:]
    new = changed + marked + after if place == "before" else before + marked + changed
    return old, new, len(before), len(before) + len(marked)


@given(edited())
def test_an_edit_elsewhere_never_moves_the_words(case: tuple[str, str, int, int]) -> None:
    old, new, start, end = case
    [found] = reanchor(old, new, [anchor(old, start, end)])
    assert found is not None
    assert found.quote == old[start:end] == new[found.start : found.end]


@given(st.data())
def test_edits_on_both_sides_leave_words_in_their_exact_place(data: st.DataObject) -> None:
    words = [f"mot{i}" for i in range(40)]
    first = data.draw(st.integers(0, 35))
    last = data.draw(st.integers(first + 1, 40))
    start = len(" ".join(words[:first])) + (1 if first else 0)
    old = " ".join(words)
    marked = anchor(old, start, start + len(" ".join(words[first:last])))
    kept_before = [w for w in words[:first] if data.draw(st.booleans())]
    kept_after = [w for w in words[last:] if data.draw(st.booleans())]
    added = data.draw(st.lists(st.sampled_from(["neuf", "ajout", "encore"]), max_size=4))
    lead = " ".join([*added, *kept_before])
    new = (lead + " " if lead else "") + " ".join([*words[first:last], *kept_after, *added])
    [found] = reanchor(old, new, [marked])
    assert found is not None
    assert (found.start, found.quote) == (len(lead) + 1 if lead else 0, marked.quote)


@given(texts, texts, st.data())
def test_whatever_is_found_gives_its_own_quote(old: str, new: str, data: st.DataObject) -> None:
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    for found in reanchor(old, new, [anchor(old, start, end)]):
        assert found is None or new[found.start : found.end] == found.quote


@given(any_text, st.data())
def test_offsets_of_a_browser_and_back(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert code_points(text, utf16_units(text, offset)) == offset


@pytest.mark.parametrize(
    ("text", "utf16", "expected"),
    [
        ("abc", 2, 2),
        ("abc", 99, 3),
        ("é🌱b", 3, 2),
        ("🌱🌱", 2, 1),
        ("🌱🌱", 3, 1),  # in the middle of a character: its beginning
        ("👩‍🌾 x", 5, 3),
    ],
)
def test_utf16_units_become_code_points(text: str, utf16: int, expected: int) -> None:
    assert code_points(text, utf16) == expected


@given(any_text)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    assert canonical(text) == text
    assert "\r" not in text


LONG = (
    "J'ai choisi la coopérative pour ne plus être seule. On apprend des autres chaque semaine. "
    "Le plus dur reste la trésorerie des trois premiers mois.\nJe le referais sans hésiter."
)


@pytest.mark.parametrize(
    ("marked", "new", "expected"),
    [
        # a letter mended inside the mark
        ("On apprend des autres chaque semaine.", LONG.replace("chaque semaine", "toutes les semaines"), "On apprend"),
        ("pour ne plus être seule", LONG.replace("ne plus être", "ne plus etre"), "pour ne plus etre seule"),
        # the passage moved to the end
        (
            "On apprend des autres chaque semaine.",
            LONG.replace("On apprend des autres chaque semaine. ", "") + " On apprend des autres chaque semaine.",
            "On apprend des autres chaque semaine.",
        ),
        # taken out
        ("On apprend des autres chaque semaine.", LONG.replace("On apprend des autres chaque semaine. ", ""), None),
        # a short word taken out: the same word elsewhere is not it
        ("plus", LONG.replace("ne plus être", "ne jamais être"), None),
    ],
)
def test_corrected_words_are_found_or_honestly_lost(marked: str, new: str, expected: str | None) -> None:
    start = LONG.index(marked)
    [found] = reanchor(LONG, new, [anchor(LONG, start, start + len(marked))])
    assert (found is None) if expected is None else (found is not None and found.quote.startswith(expected))


def test_an_anchor_needs_words() -> None:
    for start, end in [(3, 3), (-1, 2), (0, 99), (4, 2)]:
        with pytest.raises(OutsideText):
            anchor("quatre", start, end)
    assert without_margins("  oui  ", 0, 7) == (2, 5)


def test_a_long_text_is_compared_quickly_enough_to_correct_while_typing() -> None:
    paragraphs = [f"Paragraphe {i} : des mots {i * 7} et d'autres mots {i % 13}." for i in range(20_000)]
    old = "\n".join(paragraphs)
    paragraphs[10_000] = "Paragraphe neuf."
    paragraphs[100] += " Ajout."
    new = "\n".join(paragraphs)
    start = old.index("Paragraphe 15000 ")
    [found] = reanchor(old, new, [anchor(old, start, start + 16)])
    assert found is not None
    assert found.quote == "Paragraphe 15000"
