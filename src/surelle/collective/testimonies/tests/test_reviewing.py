"""Whatever a reviewer does, no line is lost; what they confirm is what they read."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surelle.collective.testimonies.gateways import read_source
from surelle.collective.testimonies.rules.reading import read
from surelle.collective.testimonies.rules.reviewing import (
    CHROME,
    HEADING,
    OPERATIONS,
    UNREAD,
    NoSuchPlace,
    Review,
    composed,
    entry_lines,
    misplaced_lines,
    review_of,
    undo,
)
from surelle.collective.testimonies.rules.reviewing import operations as do

from .voices_page import PAGE


def a_review(page: str = PAGE) -> Review:
    return review_of(read(read_source("page.txt", page.encode()), ()))


def entry(review: Review, author: str) -> dict[str, Any]:
    return next(dict(one) for one in review["entries"] if one["author"] == author)


def numbers(review: Review) -> list[int]:
    return [line["number"] for line in review["lines"]]


REVIEW = a_review()
ids = st.sampled_from([one["id"] for one in REVIEW["entries"]] + ["voix+11", "nowhere"])
lines = st.sampled_from(numbers(REVIEW))
some_lines = st.lists(lines, min_size=1, max_size=4)
steps = st.one_of(
    st.tuples(st.just("split_entry"), st.fixed_dictionaries({"line": lines})),
    st.tuples(st.sampled_from(["merge_with_next", "merge_with_previous"]), st.fixed_dictionaries({"entry": ids})),
    st.tuples(
        st.just("retype"),
        st.fixed_dictionaries({"entry": ids, "kind": st.sampled_from(["quote", "interview", "media", "feedback"])}),
    ),
    st.tuples(st.just("begin_answer"), st.fixed_dictionaries({"line": lines, "is_question": st.booleans()})),
    st.tuples(st.just("join_answer"), st.fixed_dictionaries({"line": lines})),
    st.tuples(
        st.sampled_from(["set_aside", "make_heading", "new_entry"]), st.fixed_dictionaries({"lines": some_lines})
    ),
    st.tuples(
        st.just("attach_lines"),
        st.fixed_dictionaries(
            {"lines": some_lines, "entry": ids, "role": st.sampled_from(["words", "label", "context", "question"])}
        ),
    ),
    st.tuples(st.sampled_from(["drop_entry", "confirm_questions"]), st.fixed_dictionaries({"entry": ids})),
    st.tuples(
        st.just("attribute"),
        st.fixed_dictionaries({"entry": ids, "author": st.text(max_size=9), "author_kind": st.just("outsider")}),
    ),
    st.tuples(
        st.just("set_question"), st.fixed_dictionaries({"entry": ids, "start": lines, "question": st.text(max_size=9)})
    ),
    st.tuples(st.just("undo"), st.just({})),
)


def holds(review: Review) -> None:
    """Every non-blank line is in exactly one place; entries have lines; answers and texts are of their own lines."""
    assert numbers(review) == numbers(REVIEW)
    assert misplaced_lines(review) == []
    known = [one["id"] for one in review["entries"]]
    assert len(known) == len(set(known))
    for one in review["entries"]:
        own = entry_lines(review, one["id"])
        assert own
        assert one["lines"] == [own[0]["number"], own[-1]["number"]]
        inside = {line["number"] for line in own}
        for answer in one["answers"]:
            assert answer["start"] in inside
        kept = composed(one, own)
        ends = [0]
        for answer in kept.answers:
            assert ends[-1] <= answer.start <= answer.end <= len(kept.text)
            ends.append(answer.end)


@given(st.lists(steps, max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_line_is_ever_lost(sequence: list[tuple[str, dict[str, Any]]]) -> None:
    review, done = REVIEW, []
    for verb, change in sequence:
        try:
            after = OPERATIONS[verb](review, **change)
        except NoSuchPlace:
            continue
        holds(after)
        if verb == "undo":
            done = done[:-1]
        else:
            done.append(review)
        review = after
    # Every step can be taken back, one after the other, to the page as it was read.
    for before in reversed(done):
        review = undo(review)
        assert review["entries"] == before["entries"]
        assert review["lines"] == before["lines"]


def test_a_reading_begins_whole() -> None:
    review = a_review()
    holds(review)
    assert [one["author"] for one in review["entries"]] == [
        "",
        "Agathe Lormeau",
        "Basile",
        "Clémence Vautrin",
        "Dorian Aubrac",
    ]
    assert entry(review, "Basile")["state"] == "empty"


def test_cutting_at_a_name_makes_it_the_author() -> None:
    review = a_review("Agathe Lormeau\n\nJe parle ici de mon premier chantier.\n\nBasile\n\nEt moi du mien, si long.\n")
    merged = review
    while len(merged["entries"]) > 1:
        merged = do.merge_with_next(merged, entry=merged["entries"][0]["id"])
    after = do.split_entry(merged, line=5)
    assert [one["author"] for one in after["entries"]] == ["Agathe Lormeau", "Basile"]
    assert after["entries"][1]["text"] == "Et moi du mien, si long."
    assert after["entries"][0]["text"] == "Je parle ici de mon premier chantier."


def test_merging_keeps_the_words_of_both_and_the_first_name() -> None:
    review = a_review()
    first = entry(review, "Clémence Vautrin")
    after = do.merge_with_next(review, entry=first["id"])
    both = entry(after, "Clémence Vautrin")
    assert "Un cadre juridique" in both["text"]
    assert "Le droit de se tromper" in both["text"]
    assert len(both["answers"]) == 4


def test_a_question_marked_by_hand_is_stated() -> None:
    review = a_review("Agathe Lormeau\n\nPourquoi être venue\n\nPour ne plus être seule devant mes factures.\n")
    one = review["entries"][0]
    after = do.begin_answer(review, line=3, is_question=True)
    answers = after["entries"][0]["answers"]
    assert [(a["question"], a["question_state"], a["text"]) for a in answers] == [
        ("Pourquoi être venue", "stated", "Pour ne plus être seule devant mes factures.")
    ]
    assert after["entries"][0]["id"] == one["id"]


def test_a_question_named_by_hand_is_confirmed_and_can_be_unknown_again() -> None:
    review = a_review()
    dorian = entry(review, "Dorian Aubrac")
    start = dorian["answers"][0]["start"]
    after = do.set_question(review, entry=dorian["id"], start=start, question="Que propose la coopérative ?")
    assert entry(after, "Dorian Aubrac")["answers"][0]["question_state"] == "confirmed"
    after = do.set_question(after, entry=dorian["id"], start=start, question=" ")
    assert entry(after, "Dorian Aubrac")["answers"][0]["question_state"] == "unknown"


def test_joining_an_answer_to_the_one_before() -> None:
    review = a_review()
    dorian = entry(review, "Dorian Aubrac")
    after = do.join_answer(review, line=dorian["answers"][1]["start"])
    (answer,) = entry(after, "Dorian Aubrac")["answers"]
    assert answer["text"].endswith("notamment.")
    assert answer["text"].startswith("Un statut")


def test_lines_set_aside_leave_their_voice_and_a_voice_without_lines_is_gone() -> None:
    review = a_review()
    agathe = entry(review, "Agathe Lormeau")
    all_lines = [line["number"] for line in entry_lines(review, agathe["id"])]
    after = do.set_aside(review, lines=all_lines)
    assert "Agathe Lormeau" not in [one["author"] for one in after["entries"]]
    places = {line["number"]: line["place"] for line in after["lines"]}
    assert {places[n] for n in all_lines} == {CHROME}


def test_what_is_not_there_is_refused_and_changes_nothing() -> None:
    review = a_review()
    for verb, change in (
        ("split_entry", {"line": 99_999}),
        ("split_entry", {"line": review["entries"][1]["lines"][0]}),  # it begins there already
        ("merge_with_next", {"entry": review["entries"][-1]["id"]}),
        ("merge_with_previous", {"entry": review["entries"][0]["id"]}),
        ("retype", {"entry": review["entries"][0]["id"], "kind": "poem"}),
        ("attach_lines", {"lines": [1], "entry": "nobody"}),
        ("attribute", {"entry": review["entries"][0]["id"], "text": "words are not facts"}),
        ("set_aside", {"lines": []}),
    ):
        with pytest.raises(NoSuchPlace):
            OPERATIONS[verb](review, **change)
    assert review == a_review()


def test_undo_without_a_step_changes_nothing() -> None:
    review = a_review()
    assert undo(review) == review


def test_places_outside_voices_have_names_of_their_own() -> None:
    assert {HEADING, CHROME, UNREAD} == {"heading", "chrome", "unread"}
