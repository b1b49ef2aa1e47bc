"""A corrected text keeps its answers and its marks; what is said of a voice can be put right."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surelle.collective.testimonies import actions
from surelle.collective.testimonies.actions.refusals import NameNeeded, NotYours
from surelle.collective.testimonies.models import Answer, Mention, Testimony
from surelle.commons.search.queries import matching_ids
from tests.world import World

from .factories import AnswerFactory, ExcerptFactory, TestimonyFactory

TEXT = "Je suis venue par hasard.\n\nJ'y trouve du calme et des collègues.\n\nRien d'autre à dire."


@pytest.fixture
def interview(world: World) -> Testimony:
    made = TestimonyFactory(collection=world.collection, kind="interview", text=TEXT, author_name="Irma Dupré")
    start = 0
    for position, part in enumerate(TEXT.split("\n\n"), start=1):
        AnswerFactory(testimony=made, position=position, question=f"Q{position} ?", start=start, end=start + len(part))
        start += len(part) + 2
    return made


def spoken(testimony: Testimony) -> list[str]:
    testimony.refresh_from_db()
    return [testimony.text[a.start : a.end] for a in Answer.objects.filter(testimony=testimony)]


def test_a_corrected_word_moves_answers_and_marks(world: World, interview: Testimony) -> None:
    mark = ExcerptFactory(testimony=interview, words="des collègues", given=[world.theme])
    lost = actions.correct_text(
        member=world.alice, testimony=interview, text=TEXT.replace("par hasard", "un peu par hasard, en 2019")
    )
    assert lost == []
    assert spoken(interview) == [
        "Je suis venue un peu par hasard, en 2019.",
        "J'y trouve du calme et des collègues.",
        "Rien d'autre à dire.",
    ]
    mark.refresh_from_db()
    assert interview.text[mark.start : mark.end] == "des collègues"
    assert interview.text_version == 2
    assert interview.pk in matching_ids(world.alice, "testimony", "2019")


def test_words_that_go_leave_their_mark_waiting(world: World, interview: Testimony) -> None:
    mark = ExcerptFactory(testimony=interview, words="du calme", given=[world.theme])
    (lost,) = actions.correct_text(
        member=world.alice, testimony=interview, text=TEXT.replace("J'y trouve du calme et des collègues.", "Oui.")
    )
    assert lost.pk == mark.pk
    mark.refresh_from_db()
    assert (mark.is_lost, mark.quote) == (True, "du calme")


def test_correcting_answer_by_answer_on_the_page(
    world: World, interview: Testimony, as_member: Callable[..., Client]
) -> None:
    client, address = as_member(world.alice), f"/trois-feuilles/temoignages/paroles/{interview.pk}/corriger/"
    page = client.get(address).content.decode()
    assert "Q2 ?" in page
    form = {"version": "1", "answer-1": "Par choix.", "answer-2": "Du calme.\r\nDes amis.", "answer-3": ""}
    assert client.post(address, form).status_code == 302
    assert spoken(interview) == ["Par choix.", "Du calme.\nDes amis.", ""]
    # Somebody else who still has the former text before them does not overwrite it.
    again = client.post(address, {**form, "answer-1": "Écrasé."})
    assert again.status_code == 200
    assert "entre-temps" in again.content.decode()
    assert spoken(interview)[0] == "Par choix."


@given(st.text(alphabet="aé \n'.", max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.django_db
def test_whatever_is_typed_answers_stay_in_order_and_inside(world: World, interview: Testimony, typed: str) -> None:
    actions.correct_text(member=world.alice, testimony=interview, text=typed)
    interview.refresh_from_db()
    at = 0
    for answer in Answer.objects.filter(testimony=interview):
        assert at <= answer.start <= answer.end <= len(interview.text)
        at = answer.end


def test_only_who_coordinates_corrects(world: World) -> None:
    with pytest.raises(NotYours):
        actions.correct_text(member=world.bob, testimony=world.testimony, text="Autre.")


def test_who_speaks_and_when_is_put_right(world: World, interview: Testimony, as_member: Callable[..., Client]) -> None:
    client, address = as_member(world.alice), f"/trois-feuilles/temoignages/paroles/{interview.pk}/modifier/"
    assert client.get(address).status_code == 200
    form = {
        "author_kind": "member",
        "author": str(world.bob.pk),
        "kind": "interview",
        "said": "2021-09",
        "tenure": "newcomer",
        "group": str(world.group.pk),
        "mentions": "Clémence\nclémence\nDorian",
    }
    assert client.post(address, form).status_code == 302
    interview.refresh_from_db()
    assert (interview.author, interview.author_name) == (world.bob, "Bob Exemple")
    assert (str(interview.said_on), interview.said_precision) == ("2021-09-01", "month")
    assert interview.group_name == world.group.name
    assert sorted(Mention.objects.values_list("name", flat=True)) == ["Dorian", "clémence"]
    assert "septembre 2021" in client.get(f"/trois-feuilles/temoignages/paroles/{interview.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"said": "hier"}, "2021-09-14"),
        ({"said": "2021-02-31"}, "n’existe pas"),
        ({"author_kind": "member", "author": ""}, "Choisissez le membre"),
        ({"author_kind": "outsider", "author_name": ""}, "Écrivez le nom"),
    ],
)
def test_what_makes_no_sense_is_said_in_words(
    world: World, interview: Testimony, as_member: Callable[..., Client], change: dict[str, str], said: str
) -> None:
    form = {"author_kind": "outsider", "author_name": "Irma", "kind": "interview", **change}
    answer = as_member(world.alice).post(f"/trois-feuilles/temoignages/paroles/{interview.pk}/modifier/", form)
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_a_person_named_needs_a_name(world: World, interview: Testimony) -> None:
    with pytest.raises(NameNeeded):
        actions.edit_testimony(member=world.alice, testimony=interview, kind="quote", author_kind="outsider")


def test_a_proposed_question_is_confirmed_on_the_page(world: World, as_member: Callable[..., Client]) -> None:
    one = TestimonyFactory(collection=world.collection, kind="interview", text="Pour le calme.")
    answer = AnswerFactory(testimony=one, question="Pourquoi ?", question_state="proposed", position=1)
    client = as_member(world.alice)
    page = client.get(f"/trois-feuilles/temoignages/paroles/{one.pk}/").content.decode()
    assert "à confirmer" in page
    client.post(f"/trois-feuilles/temoignages/paroles/{one.pk}/reponses/{answer.pk}/", {"question": "Pourquoi ?"})
    answer.refresh_from_db()
    assert answer.question_state == "confirmed"
