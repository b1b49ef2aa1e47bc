"""A page comes in for review; nothing of it is a testimony before a person confirms."""

import pytest
from django.test import Client

from surelle.collective.testimonies import actions
from surelle.collective.testimonies.actions.refusals import (
    CollectionClosed,
    NotInReview,
    NotPossibleHere,
    NotYours,
    StaleReview,
)
from surelle.collective.testimonies.gateways import UnreadableSource
from surelle.collective.testimonies.models import (
    Answer,
    InterviewGuide,
    MediaLink,
    Mention,
    Source,
    Testimony,
)
from surelle.commons.files.models import StoredFile
from surelle.commons.search.queries import matching_ids
from tests.world import World

from .voices_page import NEWER, PAGE


def imported(world: World, page: str = PAGE, name: str = "paroles.txt") -> Source:
    return actions.import_page(member=world.alice, collection=world.collection, name=name, data=page.encode()).source


def test_import_stores_a_page_to_review_and_no_testimony(world: World) -> None:
    before = Testimony.objects.count()
    source = imported(world)
    assert source.state == Source.State.IN_REVIEW
    assert source.text.split("\n")[10] == "Agathe Lormeau"
    assert Testimony.objects.count() == before
    assert source.original is not None
    assert source.original.path.read_bytes() == PAGE.encode()


def test_the_same_bytes_again_change_nothing(world: World) -> None:
    first = imported(world)
    again = actions.import_page(member=world.alice, collection=world.collection, name="autre.txt", data=PAGE.encode())
    assert again.source == first
    assert not again.is_new
    assert Source.objects.count() == 1
    actions.confirm_reading(member=world.alice, source=first)
    again = actions.import_page(member=world.alice, collection=world.collection, name="autre.txt", data=PAGE.encode())
    assert not again.is_new


def test_an_unreadable_file_says_why_and_leaves_nothing(world: World) -> None:
    with pytest.raises(UnreadableSource) as refused:
        actions.import_page(
            member=world.alice, collection=world.collection, name="image.docx", data=b"\x89PNG\r\n\x1a\nxxxx"
        )
    assert "image.docx" in refused.value.message("fr")
    assert not Source.objects.exists()
    assert not StoredFile.objects.exists()


def test_only_who_coordinates_imports_and_only_while_it_is_open(world: World) -> None:
    with pytest.raises(NotYours):
        actions.import_page(member=world.bob, collection=world.collection, name="x.txt", data=PAGE.encode())
    actions.close_collection(member=world.alice, collection=world.collection)
    with pytest.raises(CollectionClosed):
        imported(world)


def test_groups_that_bear_the_very_name_are_tied(world: World) -> None:
    from surelle.collective.groups.tests.factories import GroupFactory

    group = GroupFactory(cooperative=world.cooperative, name="Les toits sobres", kind="collective")
    source = imported(world)
    agathe = next(one for one in source.reading["entries"] if one["author"] == "Agathe Lormeau")
    assert agathe["group_id"] == group.pk


def test_confirming_makes_testimonies_that_await_consent(world: World) -> None:
    source = imported(world)
    done = actions.confirm_reading(member=world.alice, source=source)
    states = {t.author_name: (t.state, t.kind) for t in done.created}
    assert states["Agathe Lormeau"] == ("awaiting_consent", "quote")
    assert states["Basile"] == ("expected", "interview")
    clemence = Testimony.objects.get(author_name="Clémence Vautrin")
    answers = list(Answer.objects.filter(testimony=clemence))
    assert [clemence.text[a.start : a.end] for a in answers] == [
        "Un cadre juridique et un salaire\n\nDes formations choisies ensemble",
        "De la sérénité quand les factures tardent\n\nUne autonomie que je n'avais pas imaginée",
    ]
    # The questions of the page became the guide of a collection that had none, and answers are tied to it.
    guide = InterviewGuide.objects.get(collection=world.collection)
    assert [a.question_key for a in answers] == [q.key for q in guide.questions.order_by("position")]
    medium = MediaLink.objects.get()
    assert (medium.service, medium.is_likely_to_expire) == ("fromsmash", True)
    assert medium.testimony.author_kind == "group"
    assert list(Mention.objects.values_list("name", flat=True)) == ["Clémence"]
    assert clemence.pk in matching_ids(world.alice, "testimony", "sérénités")
    source.refresh_from_db()
    assert source.state == Source.State.CONFIRMED
    assert "entries" not in source.reading  # the words stand in testimonies, not twice


def test_confirming_twice_is_refused(world: World) -> None:
    source = imported(world)
    actions.confirm_reading(member=world.alice, source=source)
    with pytest.raises(NotInReview):
        actions.confirm_reading(member=world.alice, source=source)


def test_nothing_is_half_stored_when_confirming_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    source, before = imported(world), Testimony.objects.count()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("surelle.collective.testimonies.actions.reviewing.index_testimonies", fail)
    with pytest.raises(RuntimeError):
        actions.confirm_reading(member=world.alice, source=source)
    assert Testimony.objects.count() == before
    source.refresh_from_db()
    assert source.state == Source.State.IN_REVIEW


def test_a_change_of_the_review_is_kept_and_told_apart_from_an_older_one(world: World) -> None:
    source = imported(world)
    agathe = next(one for one in source.reading["entries"] if one["author"] == "Agathe Lormeau")
    source = actions.revise_reading(
        member=world.alice, source=source, verb="retype", step=0, change={"entry": agathe["id"], "kind": "feedback"}
    )
    assert next(o for o in source.reading["entries"] if o["id"] == agathe["id"])["kind"] == "feedback"
    with pytest.raises(StaleReview):
        actions.revise_reading(
            member=world.dora, source=source, verb="drop_entry", step=0, change={"entry": agathe["id"]}
        )
    with pytest.raises(NotPossibleHere):
        actions.revise_reading(member=world.alice, source=source, verb="drop_entry", change={"entry": "nobody"})
    source = actions.revise_reading(member=world.alice, source=source, verb="undo", change={})
    assert next(o for o in source.reading["entries"] if o["id"] == agathe["id"])["kind"] == "quote"


def test_a_dropped_page_is_forgotten_with_its_file(world: World, django_capture_on_commit_callbacks: object) -> None:
    source = imported(world)
    assert source.original is not None
    path = source.original.path
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.drop_page(member=world.alice, source=source)
    source.refresh_from_db()
    assert (source.state, source.text, source.reading) == (Source.State.DROPPED, "", {})
    assert not path.exists()
    assert imported(world).state == Source.State.IN_REVIEW  # and may come again


def changes(client: Client, world: World, source: Source) -> str:
    return client.get(f"/trois-feuilles/temoignages/pages/{source.pk}/").content.decode()


def test_a_newer_version_corrects_what_was_accepted_and_adds_words_to_who_was_silent(world: World) -> None:
    actions.confirm_reading(member=world.alice, source=imported(world))
    newer = imported(world, NEWER)
    assert newer.replaces is not None
    agathe = Testimony.objects.get(author_name="Agathe Lormeau")
    basile = Testimony.objects.get(author_name="Basile")
    count = Testimony.objects.count()
    done = actions.confirm_reading(member=world.alice, source=newer)
    assert {t.pk for t in done.corrected} == {agathe.pk, basile.pk}
    assert not done.created
    assert Testimony.objects.count() == count
    agathe.refresh_from_db()
    basile.refresh_from_db()
    assert "ni une vie" in agathe.text
    assert agathe.text_version == 2
    assert agathe.source_id == newer.pk
    assert basile.state == "awaiting_consent"
    assert basile.text.startswith("J'ai mis du temps")
    former = newer.replaces
    former.refresh_from_db()
    assert former.state == Source.State.REPLACED
    assert "ni une entreprise" not in former.text


def test_a_newer_version_leaves_alone_what_was_not_accepted(world: World) -> None:
    actions.confirm_reading(member=world.alice, source=imported(world))
    newer = imported(world, NEWER)
    basile = next(one for one in newer.reading["entries"] if one["author"] == "Basile")
    actions.confirm_reading(member=world.alice, source=newer, accepted={basile["id"]})
    assert "ni une entreprise" in Testimony.objects.get(author_name="Agathe Lormeau").text
    assert Testimony.objects.get(author_name="Basile").text


def test_a_voice_that_left_the_page_stays_unless_it_is_withdrawn(world: World) -> None:
    actions.confirm_reading(member=world.alice, source=imported(world))
    shorter = PAGE[: PAGE.index("Dorian Aubrac")]
    dorian = Testimony.objects.get(author_name="Dorian Aubrac")
    kept = imported(world, shorter)
    actions.confirm_reading(member=world.alice, source=kept)
    dorian.refresh_from_db()
    assert dorian.state == "awaiting_consent"
    again = imported(world, shorter + "\n\nMerci.\n")
    done = actions.confirm_reading(member=world.alice, source=again, gone={dorian.pk})
    # Dorian stands on a former version of the page: still known, still to choose.
    assert done.withdrawn == [dorian.pk]


def test_withdrawn_words_do_not_come_back_with_a_newer_page(world: World) -> None:
    actions.confirm_reading(member=world.alice, source=imported(world))
    agathe = Testimony.objects.get(author_name="Agathe Lormeau")
    actions.withdraw_testimony(member=world.alice, testimony=agathe)
    newer = imported(world, NEWER)
    done = actions.confirm_reading(member=world.alice, source=newer)
    assert "Agathe Lormeau" not in [t.author_name for t in done.created]
    newer.refresh_from_db()
    assert "collectifs" not in newer.text.lower().split("témoignages coopérateurs / groupe")[0].split("agathe")[-1]
    assert newer.original is None
