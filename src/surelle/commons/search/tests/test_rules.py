"""Stems and snippets: what a person types finds what another wrote."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surelle.commons.search.rules import (
    HEAVIEST_INDEX,
    fold,
    matches,
    snippet,
    sought,
    stems,
    stems_for_index,
    words_of,
)


def finds(question: str, text: str) -> bool:
    asked = sought(question)
    words = list(words_of(text))
    return bool(asked) and all(any(matches(word, [each]) for word in words) for each in asked)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("coopérative", "les coopératives du Nord"),
        ("cooperative", "Coopérative"),
        ("egalite", "une vraie égalité"),
        ("égalité", "ils sont égaux, ou presque : egalite"),
        ("entreprise", "l'entreprise partagée"),
        ("entreprise", "l’entreprise partagée"),
        ("associé", "les associé·es réunis"),
        ("coeur", "au cœur du groupe"),
        ("salaire 2026", "mon salaire en 2026"),
        ("coopérati", "la coopération entre nous"),
        ("entrepren", "entrepreneure salariée"),
        ("c'est à dire", "c’est-à-dire rien à dire"),
        ("Été", unicodedata.normalize("NFD", "un été ensemble")),
    ],
)
def test_finds(question: str, text: str) -> None:
    assert finds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("porte ", "portrait"),
        ("de la ", "de la terre"),
        ("", "rien"),
        ('"*" AND', "rien"),
        ("solitude groupe", "la solitude"),
    ],
)
def test_does_not_find(question: str, text: str) -> None:
    assert not finds(question, text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Il y a de la joie", "joi"),
        ("", ""),
        ("12 voix, 3 groupes", "12 voix 3 group"),
        ("l'été d'Anna", "ete anna"),
    ],
)
def test_stems(text: str, kept: str) -> None:
    assert stems(text) == kept


def test_an_enormous_text_keeps_its_beginning() -> None:
    text = " ".join(f"mot{n}" for n in range(200_000))
    found = stems_for_index(text + " mot1")
    assert len(found) < 2 * HEAVIEST_INDEX
    assert found.endswith(" mot1")


@given(st.text(max_size=300))
def test_any_text_has_stems_of_letters_and_digits(text: str) -> None:
    assert all(stem.isalnum() for stem in stems(text).split(" ") if stem)
    assert fold(fold(text)) == fold(text) or not text.isascii()


@given(st.text(max_size=200), st.text(max_size=40), st.integers(1, 100))
def test_a_snippet_is_a_stretch_of_the_text(text: str, question: str, length: int) -> None:
    whole = "".join(piece for piece, _ in snippet(text, question, length))
    assert whole.removeprefix("… ").removesuffix(" …") in text


def test_the_snippet_shows_where_words_stand_together() -> None:
    text = (
        "La coopérative. " + "Autre chose encore. " * 30 + "Dans ma coopérative, la solitude a disparu. " + "Fin. " * 40
    )
    pieces = snippet(text, "solitude cooperative", 100)
    assert [piece for piece, is_hit in pieces if is_hit] == ["coopérative", "solitude"]
    assert pieces[0] == ("… ", False)
    assert pieces[-1] == (" …", False)
    assert sum(len(piece) for piece, _ in pieces) <= 110


def test_without_a_hit_the_snippet_is_the_beginning() -> None:
    assert snippet("Bonjour à toutes", "solitude") == [("Bonjour à toutes", False)]
