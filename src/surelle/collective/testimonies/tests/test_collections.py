"""Collections are opened by who coordinates, seen by whom they say, and say who is missing."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from surelle.collective.testimonies import actions
from surelle.collective.testimonies.actions import QuestionDraft
from surelle.collective.testimonies.actions.refusals import (
    AlreadyExpected,
    CollectionClosed,
    NameNeeded,
    NoQuestion,
    NotYours,
    TitleNeeded,
)
from surelle.collective.testimonies.models import Answer, Collection, GuideQuestion, Testimony
from surelle.commons.cooperatives.tests.factories import PartnershipFactory
from surelle.commons.members.tests.factories import MembershipFactory
from surelle.commons.search.queries import matching_ids
from tests.world import World

from .factories import AnswerFactory, TestimonyFactory

BASE = "/trois-feuilles/temoignages/"


def test_who_coordinates_opens_a_collection_that_search_finds(world: World, as_member: Callable[..., Client]) -> None:
    answer = as_member(world.alice).post(
        BASE + "nouveau/",
        {"title": "Nos voix", "purpose": "Écouter les potières.", "group": world.group.pk, "visibility": "cooperative"},
    )
    made = Collection.objects.get(purpose__startswith="Écouter")
    assert made.slug == "nos-voix-2"  # the first one is the world's
    assert answer.headers["Location"] == f"{BASE}nos-voix-2/"
    assert made.pk in matching_ids(world.bob, "collection", "potière")


def test_an_address_never_hides_a_page_of_surelle(world: World) -> None:
    made = actions.create_collection(member=world.alice, group=world.group, title="Nouveau")
    assert made.slug == "nouveau-2"
    assert actions.create_collection(member=world.alice, group=world.group, title="???").slug == "chantier"


def test_others_do_not_and_a_title_is_needed(world: World) -> None:
    with pytest.raises(NotYours):
        actions.create_collection(member=world.bob, group=world.group, title="Le mien")
    with pytest.raises(TitleNeeded):
        actions.create_collection(member=world.alice, group=world.group, title="  ")


def test_visibility_says_who_sees_a_collection(world: World, as_member: Callable[..., Client]) -> None:
    stranger = as_member(MembershipFactory(cooperative=world.cooperative))
    assert stranger.get(BASE + "nos-voix/").status_code == 200
    actions.edit_collection(
        member=world.alice, collection=world.collection, title="Nos voix", purpose="", visibility="group"
    )
    assert stranger.get(BASE + "nos-voix/").status_code == 404
    assert "Nos voix" not in stranger.get(BASE).content.decode()
    assert as_member(world.bob).get(BASE + "nos-voix/").status_code == 200


def test_a_closed_collection_takes_no_more_voices_until_it_is_reopened(world: World) -> None:
    actions.close_collection(member=world.alice, collection=world.collection)
    with pytest.raises(CollectionClosed):
        actions.add_expected_voice(member=world.alice, collection=world.collection, name="Léa")
    with pytest.raises(CollectionClosed):
        actions.speak_up(member=world.bob, collection=world.collection)
    actions.reopen_collection(member=world.alice, collection=world.collection)
    assert actions.add_expected_voice(member=world.alice, collection=world.collection, name="Léa").state == "expected"


def test_nobody_is_expected_twice(world: World) -> None:
    actions.add_expected_voice(member=world.alice, collection=world.collection, name="Léa Müller")
    with pytest.raises(AlreadyExpected):
        actions.add_expected_voice(member=world.alice, collection=world.collection, name="léa  muller")
    actions.add_expected_voice(member=world.alice, collection=world.collection, author=world.bob)
    with pytest.raises(AlreadyExpected):
        actions.add_expected_voice(member=world.alice, collection=world.collection, author=world.bob)
    with pytest.raises(NameNeeded):
        actions.add_expected_voice(member=world.alice, collection=world.collection)


def test_a_question_keeps_its_key_when_its_words_change_and_foreign_keys_are_refused(world: World) -> None:
    first = actions.save_guide(
        member=world.alice,
        collection=world.collection,
        questions=[QuestionDraft("Pourquoi ?"), QuestionDraft("Quoi ?")],
    )
    key = first.questions.get(position=1).key
    stranger = uuid4()
    second = actions.save_guide(
        member=world.alice,
        collection=world.collection,
        questions=[
            QuestionDraft("Quoi ?"),
            QuestionDraft("Pourquoi être venu ?", key=key),
            QuestionDraft("X", key=stranger),
        ],
    )
    assert second.version == 2
    assert second.questions.get(text="Pourquoi être venu ?").key == key
    assert not GuideQuestion.objects.filter(key=stranger).exists()
    assert first.questions.count() == 2  # the former version stays
    with pytest.raises(NoQuestion):
        actions.save_guide(member=world.alice, collection=world.collection, questions=[QuestionDraft("  ")])


def test_the_guide_page_writes_a_new_version_in_the_order_given(world: World, as_member: Callable[..., Client]) -> None:
    client = as_member(world.alice)
    form = {
        "introduction": "Bonjour",
        "note": "",
        "q-TOTAL_FORMS": "3",
        "q-INITIAL_FORMS": "0",
        "q-0-text": "Deuxième ?",
        "q-0-ORDER": "2",
        "q-1-text": "Première ?",
        "q-1-ORDER": "1",
        "q-2-text": "",
    }
    assert client.post(BASE + "nos-voix/guide/", form).status_code == 302
    assert list(GuideQuestion.objects.order_by("position").values_list("text", flat=True)) == [
        "Première ?",
        "Deuxième ?",
    ]
    page = client.get(BASE + "nos-voix/guide/").content.decode()
    assert "Version 1" in page


def test_the_page_counts_voices_and_says_who_is_missing(world: World, as_member: Callable[..., Client]) -> None:
    TestimonyFactory(collection=world.collection, state="awaiting_consent")
    TestimonyFactory(collection=world.collection, state="expected", text="", author_name="Silvère Muet")
    page = as_member(world.alice).get(BASE + "nos-voix/?vue=attendues").content.decode()
    assert "Silvère Muet" in page
    assert "Inviter" in page
    stranger = as_member(MembershipFactory(cooperative=world.cooperative))
    for tab in ("", "?vue=groupes", "?vue=attendues"):
        page = stranger.get(BASE + "nos-voix/" + tab).content.decode()
        assert "Silvère" not in page
        assert "Attendent un accord" not in page


def test_filters_and_words_find_voices_with_what_stands_around(world: World, as_member: Callable[..., Client]) -> None:
    TestimonyFactory(
        collection=world.collection, author_name="Ode Lointaine", group_name="Atelier Bois", text="Mes rabots chantent."
    )
    from surelle.collective.testimonies.actions.finding import index_testimonies

    index_testimonies(Testimony.objects.all())
    client = as_member(world.alice)
    page = client.get(BASE + "nos-voix/?q=rabot").content.decode()
    assert "<mark>rabots</mark>" in page
    assert "Maud Invente" not in page
    page = client.get(BASE + "nos-voix/?groupe=Atelier+Bois").content.decode()
    assert "Ode Lointaine" in page
    assert "Maud Invente" not in page
    assert "Aucune voix ne correspond" in client.get(BASE + "nos-voix/?q=zzz").content.decode()
    assert "Aucune voix ne correspond" in client.get(BASE + "nos-voix/?sorte=media").content.decode()


def test_answers_to_one_question_stand_side_by_side(world: World, as_member: Callable[..., Client]) -> None:
    guide = actions.save_guide(member=world.alice, collection=world.collection, questions=[QuestionDraft("Pourquoi ?")])
    key = guide.questions.get().key
    for n in range(6):
        one = TestimonyFactory(collection=world.collection, kind="interview", text=f"Raison numéro {n}.")
        AnswerFactory(testimony=one, question="Pourquoi ?", question_key=key, position=1)
    client = as_member(world.alice)
    page = client.get(BASE + "nos-voix/?vue=questions").content.decode()
    assert "6 voix répondent" in page
    page = client.get(f"{BASE}nos-voix/?vue=questions&question={key}").content.decode()
    assert "Raison numéro 5." in page
    assert client.get(f"{BASE}nos-voix/?vue=questions&question=pas-une-cle").status_code == 200


def test_pages_ask_no_more_of_the_database_for_twenty_voices(
    world: World, as_member: Callable[..., Client], same_queries: Callable[..., None]
) -> None:
    guide = actions.save_guide(member=world.alice, collection=world.collection, questions=[QuestionDraft("Pourquoi ?")])
    key = guide.questions.get().key
    client = as_member(world.alice)

    def make(count: int) -> None:
        for _n in range(count):
            spoken = TestimonyFactory(collection=world.collection, kind="interview", author=None)
            AnswerFactory(testimony=spoken, question_key=key, position=1)
            TestimonyFactory(collection=world.collection, state="expected", text="")

    def look() -> None:
        for address in ("", "?vue=groupes", "?vue=questions", "?vue=attendues", "diaporama/", "diaporama/?imprimer"):
            assert client.get(BASE + "nos-voix/" + address).status_code == 200
        client.get(BASE)

    same_queries(make, look)
    assert Answer.objects.exists()


def test_partners_read_what_is_published_for_them_and_no_more(world: World, as_member: Callable[..., Client]) -> None:
    Collection.objects.filter(pk=world.collection.pk).update(visibility="partners")
    TestimonyFactory(collection=world.collection, audience="partners", text="Pour nos voisins.", author_name="Voisine")
    TestimonyFactory(collection=world.collection, audience="inside", text="Entre nous.")
    charlie = as_member(world.charlie)
    address = "/grand-large/temoignages/partenaires/"
    assert "Pour nos voisins." not in charlie.get(address).content.decode()
    PartnershipFactory(cooperative=world.cooperative, partner=world.other_cooperative)
    page = charlie.get(address).content.decode()
    assert "Pour nos voisins." in page
    assert "Entre nous." not in page
    assert "Voisine" not in page  # without consent for the name
