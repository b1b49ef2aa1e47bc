"""A person finds everything they said, in their pages and in the archive of their data."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from surelle.collective.testimonies import actions
from surelle.collective.testimonies.actions.keeping import Upload
from surelle.collective.testimonies.queries import personal_data
from tests.world import World

from .factories import AnswerFactory, ConsentFactory, TestimonyFactory


def test_the_archive_holds_words_answers_consents_files_and_invitations(
    world: World, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    mine = TestimonyFactory(collection=world.collection, author=world.bob, text="Mes mots à moi.", kind="interview")
    AnswerFactory(testimony=mine, position=1, question="Pourquoi ?", start=0, end=4)
    ConsentFactory(testimony=mine)
    actions.add_media(member=world.alice, testimony=mine, upload=Upload("moi.mp3", b"ID3 son"))
    actions.speak_up(member=world.bob, collection=world.collection)
    found = {data.title: data for data in personal_data(person=world.bob.person)}
    words = found["Témoignages"]
    texts = [record["text"] for record in words.records]
    assert "Mes mots à moi." in texts
    spoken = next(record for record in words.records if record["text"])
    assert spoken["answers"] == [{"question": "Pourquoi ?", "answer": "Mes "}]
    assert spoken["consents"][0]["channel"] == "inside"
    ((name, path),) = words.files
    assert name.endswith("moi.mp3")
    assert path.read_bytes() == b"ID3 son"
    assert found["Invitations à témoigner"].records
    json.dumps([data.records for data in found.values()])


def test_the_archive_holds_nobody_elses_words(world: World) -> None:
    assert personal_data(person=world.charlie.person) == []
    TestimonyFactory(collection=world.collection, author=world.alice, text="D'Alice.")
    assert "D'Alice." not in str(personal_data(person=world.bob.person))


def test_own_words_are_listed_with_what_was_agreed_and_can_be_withdrawn(
    world: World, as_member: Callable[..., Client]
) -> None:
    mine = TestimonyFactory(
        collection=world.collection, author=world.bob, author_kind="member", text="Mes mots.", state="awaiting_consent"
    )
    ConsentFactory(testimony=mine, channel="partners")
    client = as_member(world.bob)
    page = client.get("/trois-feuilles/temoignages/mes-paroles/").content.decode()
    assert "Mes mots." in page
    assert "partenaires" in page
    client.post(f"/trois-feuilles/temoignages/paroles/{mine.pk}/retirer/")
    mine.refresh_from_db()
    assert mine.state == "withdrawn"
    assert "Mes mots." not in client.get("/trois-feuilles/temoignages/mes-paroles/").content.decode()
