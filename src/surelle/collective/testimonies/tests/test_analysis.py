"""Voices are counted before excerpts, each once, whatever the tree and the number of marks."""

from typing import Any

import pytest

from surelle.collective.testimonies.models import Excerpt
from surelle.collective.testimonies.queries.analysis import analysis
from surelle.collective.testimonies.queries.excerpts import Asked, asked_excerpts
from surelle.collective.testimonies.tests.factories import (
    AnswerFactory,
    ExcerptFactory,
    TestimonyFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def voices(world: Any) -> Any:
    """Two voices of Lyon, of whom one speaks in two testimonies, one of Nantes, one withdrawn; a tree of themes."""
    Excerpt.objects.all().delete()
    world.below = ThemeFactory(collection=world.collection, name="Soirs", parent=world.theme)
    one = TestimonyFactory(collection=world.collection, author_name="Ana", group_name="Lyon", tenure="newcomer")
    again = TestimonyFactory(collection=world.collection, author_name="ANA", group_name="Lyon", tenure="newcomer")
    other = TestimonyFactory(collection=world.collection, author_name="Léo", group_name="Lyon", tenure="elder")
    far = TestimonyFactory(collection=world.collection, author_name="Zoé", group_name="Nantes", tenure="elder")
    AnswerFactory(testimony=far, question="Et la suite ?", start=0, end=50)
    ExcerptFactory(testimony=one, words="ne plus travailler seule", given=[world.theme], tone=2)
    ExcerptFactory(testimony=again, words="ne plus travailler seule", given=[world.below], tone=1)
    ExcerptFactory(testimony=other, words="travailler seule", given=[world.below, world.other_theme], tone=-2)
    ExcerptFactory(testimony=far, words="J'ai rejoint", given=[world.other_theme])
    world.far = far
    return world


def test_a_parent_counts_what_stands_under_it_each_voice_once(voices: Any) -> None:
    by_name = {t.theme.name: t for t in analysis(voices.collection).themes}
    assert (by_name["Solitude"].voices, by_name["Solitude"].excerpts) == (2, 3)
    assert (by_name["Soirs"].voices, by_name["Soirs"].excerpts) == (2, 2)
    assert by_name["Solitude"].tones == {-2: (1, 1), 1: (1, 1), 2: (1, 1)}


def cells(world: Any, side: str) -> dict[tuple[str, str], tuple[int, int]]:
    found = analysis(world.collection, side).grid
    return {(r.theme.name, c.key): (c.voices, c.excerpts) for r in found.rows for c in r.cells if c.excerpts}


@pytest.mark.parametrize(
    ("side", "theme", "key", "expected"),
    [
        ("group", "Solitude", "Lyon", (2, 3)),
        ("group", "Apprendre", "Nantes", (1, 1)),
        ("tenure", "Solitude", "newcomer", (1, 2)),
        ("tone", "Solitude", "-2", (1, 1)),
        ("tone", "Apprendre", "-", (1, 1)),
        ("question", "Apprendre", "Et la suite ?", (1, 1)),
    ],
)
def test_each_cell_and_the_excerpts_it_opens(
    voices: Any, side: str, theme: str, key: str, expected: tuple[int, int]
) -> None:
    assert cells(voices, side)[theme, key] == expected
    pk = voices.theme.pk if theme == "Solitude" else voices.other_theme.pk
    asked = Asked.from_address({"theme": str(pk), side: key})
    assert asked_excerpts(voices.collection, asked).count() == expected[1]


def test_voices_that_oppose_and_themes_that_meet(voices: Any) -> None:
    found = analysis(voices.collection)
    [opposed] = [o for o in found.oppositions if o.theme.name == "Soirs"]
    assert (opposed.glad, opposed.sore) == (1, 1)
    assert [e.voice for e in opposed.sore_words] == ["Léo"]
    meetings = {(m.first.name, m.second.name): m.voices for m in found.meetings}
    assert meetings[("Apprendre", "Soirs")] == 1


def test_one_voice_of_two_minds_is_no_contradiction(world: Any) -> None:
    Excerpt.objects.all().delete()
    ExcerptFactory(testimony=world.testimony, words="On apprend", given=[world.theme], tone=2)
    ExcerptFactory(testimony=world.testimony, words="Le plus dur", given=[world.theme], tone=-2)
    assert analysis(world.collection).oppositions == []


def test_best_words_one_a_voice_and_pinned_first(voices: Any) -> None:
    ExcerptFactory(testimony=voices.far, words="Je le referais", given=[voices.theme], is_pinned=True)
    [theme] = [t for t in analysis(voices.collection).themes if t.theme.name == "Solitude"]
    assert theme.words[0].voice == "Zoé"
    assert len({e.voice.casefold() for e in theme.words}) == len(theme.words) == 3


def test_who_has_not_been_heard(voices: Any) -> None:
    TestimonyFactory(collection=voices.collection, author_name="Rose", state="expected", text="", group_name="Couture")
    found = {u.name: u for u in analysis(voices.collection).unheard}
    assert [name for _key, name in found["Couture"].names] == ["Rose"]
    assert found["Témoignages"].heard == 0
    assert "Lyon" not in found


def test_lost_and_withdrawn_words_are_counted_nowhere(voices: Any) -> None:
    Excerpt.objects.filter(testimony=voices.far).update(is_lost=True)
    names = {t.theme.name: t.voices for t in analysis(voices.collection).themes}
    assert names["Apprendre"] == 1


def test_every_figure_opens_its_excerpts(voices: Any, as_member: Any) -> None:
    client = as_member(voices.bob)
    page = client.get("/trois-feuilles/temoignages/nos-voix/analyse/").content.decode()
    assert f"/extraits/?theme={voices.theme.pk}&amp;group=Lyon" in page
    opened = client.get(f"/trois-feuilles/temoignages/nos-voix/extraits/?theme={voices.theme.pk}&group=Lyon")
    assert opened.content.decode().count('class="excerpt-words"') == 3


def test_an_address_with_nonsense_shows_everything(world: Any, as_member: Any) -> None:
    client = as_member(world.alice)
    for query in ("?theme=abc&tone=99", "?theme=999999", "?page=zzz", "?tone=%3C0&group=-&tenure=-&question=x"):
        assert client.get(f"/trois-feuilles/temoignages/nos-voix/extraits/{query}").status_code == 200
