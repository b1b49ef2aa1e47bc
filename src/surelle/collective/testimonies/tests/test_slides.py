"""A voice a slide, cut where one breathes; every slide has its address."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from surelle.collective.testimonies.models import Collection, MediaLink
from surelle.collective.testimonies.rules.slides import ROOM, leaves, size_of, weight
from tests.world import World

from .factories import AnswerFactory, ConsentFactory, TestimonyFactory

SHOW = "/trois-feuilles/temoignages/nos-voix/diaporama/"
words = st.text(alphabet="abcé .!?\n«»A", max_size=3000)


@given(words)
def test_cutting_loses_no_word_and_changes_no_order(text: str) -> None:
    assert " ".join(leaf.text for leaf in leaves(text)).split() == text.split()


@given(words)
def test_no_slide_is_much_fuller_than_there_is_room(text: str) -> None:
    for leaf in leaves(text):
        assert len(leaf.text) <= 2 * ROOM


def test_short_words_are_big_and_long_ones_are_cut_evenly() -> None:
    assert size_of("Merci.") == 1
    assert size_of("mot " * 200) == 5
    text = " ".join(["Une phrase qui dit quelque chose de simple." for _n in range(30)])
    pieces = leaves(text)
    assert len(pieces) == 2
    assert abs(len(pieces[0].text) - len(pieces[1].text)) < 120
    assert pieces[0].text.endswith(".")
    assert leaves("") == []
    assert weight("oui\nnon") > weight("oui non")


@pytest.fixture
def show(world: World) -> None:
    interview = TestimonyFactory(collection=world.collection, kind="interview", text="Oui.\n\nNon.", position=2)
    AnswerFactory(testimony=interview, position=1, question="Pourquoi ?", start=0, end=4)
    AnswerFactory(testimony=interview, position=2, question="Comment ?", start=6, end=10)
    TestimonyFactory(collection=world.collection, state="expected", text="", author_name="Silvère", position=3)
    film = TestimonyFactory(collection=world.collection, kind="media", text="", position=4)
    MediaLink.objects.create(cooperative=world.cooperative, testimony=film, url="https://framatube.org/w/abc")
    TestimonyFactory(collection=world.collection, state="withdrawn", text="", author_name="", position=5)


def walk(client: Client, address: str = SHOW) -> list[str]:
    """Follow « next » from the first slide to the last, without any script; returns the pages."""
    pages, here = [], address
    while True:
        page = client.get(here).content.decode()
        pages.append(page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        if not found:
            return pages
        here = address + found[1]


@pytest.mark.usefixtures("show")
def test_all_slides_are_reached_by_links_in_order(world: World, as_member: Callable[..., Client]) -> None:
    pages = walk(as_member(world.alice))
    kinds = [re.search(r"slide-is-(\w+)", page)[1] for page in pages]  # type: ignore[index]
    assert kinds == ["title", "words", "words", "words", "empty", "media", "end"]
    assert "Pourquoi ?" in pages[2]
    assert "Comment ?" in pages[3]
    assert "Silvère" in pages[4]
    assert "1 / 7" in pages[0]


@pytest.mark.usefixtures("show")
def test_a_slide_opens_by_the_number_of_its_voice(world: World, as_member: Callable[..., Client]) -> None:
    client = as_member(world.alice)
    page = client.get(f"{SHOW}?voix={world.testimony.pk}").content.decode()
    assert "ne plus travailler seule" in page
    assert client.get(f"{SHOW}?voix=99999").status_code == 200
    printed = client.get(f"{SHOW}?imprimer").content.decode()
    assert printed.count("data-key=") == 7


@pytest.mark.usefixtures("show")
def test_readers_outside_the_team_see_no_empty_chair(world: World, as_member: Callable[..., Client]) -> None:
    from surelle.commons.members.tests.factories import MembershipFactory

    pages = walk(as_member(MembershipFactory(cooperative=world.cooperative)))
    assert not any("Silvère" in page for page in pages)


def test_the_public_show_and_page_hold_only_what_is_public_and_names_with_consent(world: World) -> None:
    Collection.objects.filter(pk=world.collection.pk).update(visibility="public")
    open_voice = TestimonyFactory(
        collection=world.collection, audience="public", text="Pour tout le monde.", author_name="Ouverte Nommée"
    )
    TestimonyFactory(collection=world.collection, audience="public", text="Sans nom.", author_name="Cachée Discrète")
    ConsentFactory(testimony=open_voice, channel="name")
    client = Client()
    address = "/parole/publique/trois-feuilles/nos-voix/"
    page = client.get(address).content.decode()
    assert "Pour tout le monde." in page
    assert "Ouverte Nommée" in page
    assert "Cachée" not in page
    assert "ne plus travailler seule" not in page  # published inside only
    pages = "".join(walk(client, address + "diaporama/"))
    assert "Sans nom." in pages
    assert "Cachée" not in pages
    Collection.objects.filter(pk=world.collection.pk).update(visibility="cooperative")
    assert client.get(address).status_code == 404
    assert client.get("/parole/publique/nulle-part/nos-voix/").status_code == 404
