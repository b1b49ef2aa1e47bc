"""To mark, change, take away, undo and do again."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surelle.collective.testimonies.access import markable_testimony, seen_excerpts
from surelle.collective.testimonies.actions import marking, steps
from surelle.collective.testimonies.models import Excerpt, MarkingStep
from surelle.collective.testimonies.tests.factories import (
    CodingRoundFactory,
    ExcerptFactory,
    TestimonyFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def mark(world: Any, words: str, **more: Any) -> Excerpt:
    start = world.testimony.text.index(words)
    more.setdefault("themes", [world.theme])
    return marking.mark_words(
        member=world.alice, testimony=world.testimony, start=start, end=start + len(words), **more
    )


def themes_of(excerpt: Excerpt) -> set[str]:
    return set(Excerpt.objects.get(pk=excerpt.pk).themes.values_list("name", flat=True))


def test_marked_words_keep_their_quote_and_context(world: Any) -> None:
    excerpt = mark(world, "On apprend des autres", tone=2, memo=" à citer ")
    kept = Excerpt.objects.get(pk=excerpt.pk)
    assert world.testimony.text[kept.start : kept.end] == kept.quote == "On apprend des autres"
    assert world.testimony.text[kept.end :].startswith(kept.after)
    assert (kept.tone, kept.memo, kept.marked_by, kept.cooperative) == (2, "à citer", world.alice, world.cooperative)


def test_blanks_at_the_ends_are_left_out(world: Any) -> None:
    assert mark(world, " On apprend ").quote == "On apprend"


def test_the_same_words_twice_are_one_mark_with_both_themes(world: Any) -> None:
    first = mark(world, "On apprend", memo="un")
    second = mark(world, "On apprend", themes=[world.other_theme], memo="deux")
    assert first.pk == second.pk
    assert themes_of(first) == {"Solitude", "Apprendre"}
    assert Excerpt.objects.get(pk=first.pk).memo == "un\ndeux"


def test_what_is_refused(world: Any) -> None:
    with pytest.raises(marking.NothingSaid):
        mark(world, "On apprend", themes=[])
    with pytest.raises(marking.ForeignTheme):
        mark(world, "On apprend", themes=[ThemeFactory()])
    with pytest.raises(marking.WrongTone):
        mark(world, "On apprend", tone=3)
    for start, end in [(5, 5), (10**6, 10**6 + 4), (-1, 3)]:
        with pytest.raises(marking.NoWords):
            marking.mark_words(
                member=world.alice, testimony=world.testimony, start=start, end=end, themes=[world.theme]
            )
    assert Excerpt.objects.count() == 1


def test_a_mark_reads_no_more_of_a_long_text_than_of_a_short_one(world: Any) -> None:
    long = TestimonyFactory(collection=world.collection, text="Une phrase qui compte. " * 50_000)
    asked = {}
    for testimony in (world.testimony, long):
        deferred = markable_testimony(world.alice, testimony.pk)
        with CaptureQueriesContext(connection) as captured:
            marking.mark_words(member=world.alice, testimony=deferred, start=0, end=10, themes=[world.theme])
        asked[testimony.pk] = len(captured)
        assert "text" in deferred.get_deferred_fields()
    assert len(set(asked.values())) == 1


def test_each_step_can_be_undone_and_done_again(world: Any) -> None:
    excerpt = mark(world, "On apprend", tone=1)
    marking.change_mark(member=world.alice, excerpt=excerpt, themes=[world.other_theme], memo="mieux", tone=None)
    marking.remove_mark(member=world.alice, excerpt=Excerpt.objects.get(pk=excerpt.pk))
    key = excerpt.pk

    def undo() -> None:
        steps.undo(member=world.alice, collection=world.collection)

    def redo() -> None:
        steps.redo(member=world.alice, collection=world.collection)

    undo()
    back = Excerpt.objects.get(pk=key)
    assert (back.quote, back.memo, back.tone, themes_of(back)) == ("On apprend", "mieux", None, {"Apprendre"})
    undo()
    back = Excerpt.objects.get(pk=key)
    assert (back.memo, back.tone, themes_of(back)) == ("", 1, {"Solitude"})
    undo()
    assert not Excerpt.objects.filter(pk=key).exists()
    with pytest.raises(steps.NothingToUndo):
        undo()
    for _ in range(3):
        redo()
    assert not Excerpt.objects.filter(pk=key).exists()
    with pytest.raises(steps.NothingToRedo):
        redo()


def test_a_new_step_ends_what_could_be_done_again(world: Any) -> None:
    mark(world, "On apprend")
    steps.undo(member=world.alice, collection=world.collection)
    mark(world, "sans hésiter")
    with pytest.raises(steps.NothingToRedo):
        steps.redo(member=world.alice, collection=world.collection)


def test_undo_never_wipes_what_somebody_else_did_since(world: Any) -> None:
    excerpt = mark(world, "On apprend", tone=1)
    marking.change_mark(member=world.bob, excerpt=Excerpt.objects.get(pk=excerpt.pk), memo="de Bob")
    with pytest.raises(steps.StepOvertaken):
        steps.undo(member=world.alice, collection=world.collection)
    assert Excerpt.objects.get(pk=excerpt.pk).memo == "de Bob"


def test_a_removed_mark_comes_back_where_its_words_stand_today(world: Any) -> None:
    excerpt = mark(world, "On apprend des autres")
    marking.remove_mark(member=world.alice, excerpt=excerpt)
    world.testimony.text = "Ajout. " + world.testimony.text
    world.testimony.save()
    steps.undo(member=world.alice, collection=world.collection)
    back = Excerpt.objects.get(quote="On apprend des autres")
    assert world.testimony.text[back.start : back.end] == back.quote


def test_steps_with_words_go_with_their_voice(world: Any) -> None:
    mark(world, "On apprend")
    assert MarkingStep.objects.get().testimony == world.testimony


def test_in_an_open_round_coders_see_and_change_only_their_own_marks(world: Any) -> None:
    CodingRoundFactory(collection=world.collection, coded_by=[world.alice, world.bob], about=[world.testimony])
    excerpt = mark(world, "On apprend")
    assert excerpt.round is not None
    assert list(seen_excerpts(world.bob).filter(testimony=world.testimony)) == []
    assert set(seen_excerpts(world.alice).filter(testimony=world.testimony)) == {excerpt, world.excerpt}
    with pytest.raises(marking.Blind):
        marking.change_mark(member=world.bob, excerpt=excerpt, memo="vu")
    with pytest.raises(marking.Blind):
        marking.remove_mark(member=world.bob, excerpt=excerpt)


def test_a_pinned_mark(world: Any) -> None:
    marking.change_mark(member=world.bob, excerpt=world.excerpt, is_pinned=True)
    assert Excerpt.objects.get(pk=world.excerpt.pk).is_pinned


def test_the_page_asks_the_same_of_the_database_for_more_marks(world: Any, as_member: Any, same_queries: Any) -> None:
    client = as_member(world.alice)

    def make(count: int) -> None:
        for n in range(count):
            ExcerptFactory(testimony=world.testimony, given=[world.theme, world.other_theme], start=n, end=n + 9)

    same_queries(make, lambda: client.get(f"/trois-feuilles/temoignages/paroles/{world.testimony.pk}/marquer/"))
