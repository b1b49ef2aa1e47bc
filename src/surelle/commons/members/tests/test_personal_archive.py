"""What Surelle knows of a person, on a page and in a zip."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from surelle.commons.members.documents import PIECE, free_name, personal_archive
from surelle.commons.members.models import Person
from surelle.commons.members.queries import personal_subjects
from surelle.commons.members.rules import PersonalData
from surelle.commons.members.tests.factories import MembershipFactory
from tests.world import World

told: list[PersonalData] = []


def personal_data(person: Person) -> list[PersonalData]:
    return told


@pytest.fixture
def archive(world: World, as_member: Callable[[Any], Client], settings: Any) -> Callable[[], zipfile.ZipFile]:
    told.clear()
    settings.PERSONAL_DATA = [f"{__name__}.personal_data"]
    world.bob.person.set_unusable_password()
    world.bob.person.save()

    def download() -> zipfile.ZipFile:
        response = as_member(world.bob).get("/moi/donnees/archive/")
        assert response.status_code == 200
        return zipfile.ZipFile(io.BytesIO(b"".join(response)))

    return download


@pytest.mark.django_db
def test_the_archive_tells_of_all_cooperatives_and_of_nobody_else(
    world: World, archive: Callable[[], zipfile.ZipFile]
) -> None:
    MembershipFactory(cooperative=world.other_cooperative, person=world.bob.person, trade="Formateur")
    MembershipFactory(person=world.bob.person, cooperative__name="Ancienne Maison", left_on="2024-05-01")
    world.bob.notifications.create(cooperative=world.cooperative, title="Bonjour")
    with archive() as opened:
        assert opened.testzip() is None
        account = json.loads(opened.read("compte.json"))
        assert account["fiches"][0]["courriel"] == "bob@example.org"
        houses = json.loads(opened.read("cooperatives.json"))["fiches"]
        assert {house["coopérative"] for house in houses} == {"Trois Feuilles", "Grand Large", "Ancienne Maison"}
        assert all(house["statuts"] for house in houses)
        everything = b"".join(opened.read(name) for name in opened.namelist()).decode()
        assert "Ce que Surelle sait de Bob Exemple" in opened.read("LISEZMOI.txt").decode()
    for other in ("alice@example.org", "dora@example.org", "charlie@example.org"):
        assert other not in everything


@pytest.mark.django_db
def test_other_apps_add_their_subjects_and_files(tmp_path: Path, archive: Callable[[], zipfile.ZipFile]) -> None:
    big = tmp_path / "voix.mp3"
    big.write_bytes(b"la" * PIECE)
    told.append(
        PersonalData(
            title="Témoignages",
            records=[{"texte": "J’ai osé.", "date": "2025-01-01"}],
            files=[("voix.mp3", big), ("voix.mp3", big), ("perdu.mp3", tmp_path / "perdu"), ("../../etc/passwd", big)],
        )
    )
    with archive() as opened:
        assert json.loads(opened.read("temoignages.json"))["fiches"][0]["texte"] == "J’ai osé."
        assert opened.read("temoignages/voix.mp3") == big.read_bytes()
        assert opened.getinfo("temoignages/voix-2.mp3").file_size == 2 * PIECE
        assert "temoignages/etc/passwd" in opened.namelist()
        assert "n’a plus retrouvés :\ntemoignages/perdu.mp3" in opened.read("LISEZMOI.txt").decode()


@pytest.mark.django_db
def test_the_page_shows_the_same_in_words(world: World, as_member: Callable[[Any], Client], settings: Any) -> None:
    settings.PERSONAL_DATA = []
    page = as_member(world.bob).get("/moi/donnees/").content.decode()
    assert "Coopératives" in page
    assert "1 janvier 2024" in page
    assert "En CESA" in page
    assert "UNDEFINED" not in page


@pytest.mark.django_db
def test_every_registered_app_answers(world: World, settings: Any) -> None:
    for person in (world.alice.person, world.left.person):
        titles = [subject.title for subject in personal_subjects(person=person)]
        assert len(titles) == len(set(titles))
        for subject in personal_subjects(person=person):
            json.dumps(subject.records)


@pytest.mark.django_db
def test_the_archive_is_not_a_tap(archive: Callable[[], zipfile.ZipFile], world: World, as_member: Any) -> None:
    cache.clear()
    client = as_member(world.bob)
    assert [client.get("/moi/donnees/archive/").status_code for _ in range(6)] == [200] * 5 + [429]


def test_memory_stays_flat(tmp_path: Path) -> None:
    big = tmp_path / "film.mp4"
    big.write_bytes(bytes(8 * 1024 * 1024))
    subject = PersonalData(title="Films", records=[], files=[("film.mp4", big)])
    assert max(len(piece) for piece in personal_archive([subject], name="Bob")) <= 2 * PIECE


@given(st.lists(st.text(max_size=20), max_size=6))
def test_names_in_the_archive_are_apart_and_stay_inside(names: list[str]) -> None:
    taken: set[str] = set()
    given_names = [free_name(f"dossier/{name}", taken) for name in names]
    assert len(set(given_names)) == len(names)
    for name in given_names:
        assert not name.startswith("/")
        assert ".." not in name.split("/")
