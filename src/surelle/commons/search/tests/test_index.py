"""The index: what was put in is found, what was taken out is not, on whichever database, and behind the wall."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surelle.collective.groups.models import Group
from surelle.commons.cooperatives.access import scope
from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.members.models import Membership
from surelle.commons.search import queries
from surelle.commons.search.actions import Words, forget, index, index_many
from surelle.commons.search.models import SearchEntry
from surelle.commons.search.queries import MOST_RANKED, find, matching_ids
from tests.world import World

pytestmark = pytest.mark.django_db


def put(member: Membership, title: str, body: str = "") -> None:
    index(about=member, kind="member", title=title, body=body)


def test_title_before_body_and_often_before_once(world: World) -> None:
    put(world.alice, "Une voix", "la confiance, et puis le reste de la vie avec beaucoup d'autres mots")
    put(world.bob, "La confiance", "rien")
    put(world.dora, "Une voix", "confiance, confiance, toujours la confiance")
    assert matching_ids(world.alice, "member", "confiances") == [world.bob.pk, world.dora.pk, world.alice.pk]
    assert matching_ids(world.cooperative.pk, "member", "confiance reste") == [world.alice.pk]


def test_whole_words_before_begun_ones(world: World) -> None:
    put(world.alice, "Portefeuille de clients")
    put(world.bob, "La porte ouverte")
    assert matching_ids(world.alice, "member", "porte") == [world.bob.pk, world.alice.pk]
    assert matching_ids(world.alice, "member", "porte ") == [world.bob.pk]


def test_indexing_again_replaces(world: World) -> None:
    put(world.alice, "Céramique")
    put(world.alice, "Menuiserie")
    assert matching_ids(world.alice, "member", "céramique ") == []
    assert matching_ids(world.alice, "member", "menuiserie ") == [world.alice.pk]


def test_what_is_forgotten_leaves_no_stem(world: World) -> None:
    put(world.alice, "Céramique", "porcelaine")
    forget(kind="member", object_ids=[world.alice.pk])
    assert matching_ids(world.alice, "member", "porcelaine") == []
    with connection.cursor() as cursor:
        question = "SELECT count(*) FROM search_words" + (
            " WHERE search_words MATCH 'porcelain'" if connection.vendor == "sqlite" else " WHERE vector @@ 'porcelain'"
        )
        cursor.execute(question)
        assert cursor.fetchone() == (0,)


def test_the_same_row_twice_at_once(world: World) -> None:
    index_many(
        [Words(about=world.alice, kind="member", title="Un"), Words(about=world.alice, kind="member", title="Deux")]
    )
    assert matching_ids(world.alice, "member", "deux ") == [world.alice.pk]


def test_kinds_and_houses_stay_apart(world: World) -> None:
    put(world.alice, "Céramique")
    index(about=world.charlie, kind="member", title="Céramique", body="")
    index(about=world.group, kind="group", title="Céramique", body="")
    assert matching_ids(world.bob, "member", "céramique") == [world.alice.pk]
    assert matching_ids(world.charlie, "member", "céramique") == [world.charlie.pk]
    assert matching_ids(world.bob, "group", "céramique") == [world.group.pk]


def test_nobody_finds_who_left(world: World) -> None:
    assert find(world.bob, "Alice").count == 1
    assert find(world.bob, "Yann").count == 0


def test_closed_doors_do_not_hide_open_ones(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """More matches than are ranked, all newer, all closed: what is open is still found."""
    monkeypatch.setattr(queries, "MOST_RANKED", 3)
    index(about=world.group, kind="group", title="Céramique", body="")
    for pk in range(10_000, 10_006):
        index(about=Group(pk=pk, cooperative=world.cooperative), kind="group", title="Céramique", body="")
    assert [hit.object_id for shelf in find(world.bob, "céramique") for hit in shelf.hits] == [world.group.pk]


def test_of_very_many_the_titles_still_come_first(world: World) -> None:
    put(world.alice, "Solitude")
    index_many(
        Words(
            about=Membership(pk=10_000 + n, cooperative=world.cooperative), kind="member", title="Voix", body="solitude"
        )
        for n in range(MOST_RANKED + 50)
    )
    found = matching_ids(world.alice, "member", "solitude")
    assert found[0] == world.alice.pk
    assert len(found) == MOST_RANKED


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(max_size=60)
    | st.sampled_from(
        ['"', "NEAR(", "a AND", "x OR", "col:", "*", "(", "'::", "a & !b | c:*", "\\", "stems : x", "-a", "^a"]
    )
)
def test_any_input_is_only_words(world: World, words: str) -> None:
    put(world.alice, words, words)
    for asked in (words, words + " ", words[:5]):
        matching_ids(world.alice, "member", asked)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the wall stands in PostgreSQL")
def test_raw_sql_does_not_see_over_the_wall(world: World) -> None:
    put(world.alice, "Céramique", "porcelaine")
    with scope([world.other_cooperative.pk]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_words")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM surelle_search('porcelain', %s, 'member', 10)", [world.cooperative.pk])
        assert cursor.fetchone() == (0,)
        cursor.execute("DELETE FROM search_words")
        assert cursor.rowcount == 0
    with scope([world.cooperative.pk]):
        assert matching_ids(world.bob, "member", "porcelaine") == [world.alice.pk]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the planner of PostgreSQL")
def test_the_index_answers_below_the_wall(world: World) -> None:
    with scope([world.cooperative.pk]), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('surelle.sought', 'porcelain', true), set_config('enable_seqscan', 'off', true)"
        )
        cursor.execute("EXPLAIN SELECT entry_id FROM search_words ORDER BY entry_id + 0")
        assert "search_words_vector" in "\n".join(row[0] for row in cursor.fetchall())


def test_the_index_follows_rows_changed_by_hand(world: World) -> None:
    put(world.alice, "Céramique")
    SearchEntry.objects.filter(object_id=world.alice.pk).update(title_stems="0menuiser", body_stems="menuiser")
    assert matching_ids(world.alice, "member", "menuiserie ") == [world.alice.pk]
    assert isinstance(world.cooperative, Cooperative)
    SearchEntry.objects.all().delete()
    assert matching_ids(world.alice, "member", "menuiserie") == []
