"""The pages of import and review: every change works without script, and every refusal is a sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from surelle.collective.testimonies.models import Source, Testimony
from surelle.collective.testimonies.tests.test_importing import imported
from surelle.commons.members.tests.factories import MembershipFactory
from tests.world import World

from .voices_page import NEWER, PAGE

IMPORT = "/trois-feuilles/temoignages/nos-voix/importer/"


@pytest.fixture
def client(world: World, as_member: Callable[..., Client]) -> Client:
    return as_member(world.alice)


@pytest.fixture
def source(world: World) -> Source:
    return imported(world)


def page_of(source: Source) -> str:
    return f"/trois-feuilles/temoignages/pages/{source.pk}/"


def entry(source: Source, author: str) -> dict[str, Any]:
    source.refresh_from_db()
    return next(one for one in source.reading["entries"] if one["author"] == author)


def change(client: Client, source: Source, **form: Any) -> Any:
    return client.post(page_of(source) + "relire/", form)


def test_a_file_or_a_pasted_text_is_read_and_shown_beside_its_lines(client: Client) -> None:
    answer = client.post(IMPORT, {"file": SimpleUploadedFile("paroles.txt", PAGE.encode())}, follow=True)
    page = answer.content.decode()
    assert "Agathe Lormeau" in page
    assert "risque d’expirer" in page
    assert "Pourquoi ?" in page
    again = client.post(IMPORT, {"pasted": PAGE, "name": "collé"}, follow=True).content.decode()
    assert "rien n’a changé" in again or "Relire" in again


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vide.txt", b""),
        ("image.docx", b"\x89PNG\r\n\x1a\n\0\0"),
        ("document.pdf", b"%PDF-1.4 bonjour"),
        ("fichier.docx", b"PK\x03\x04 no archive at all"),
        ("page.json", b'{"body": '),
        ("sons.mp3", b"ID3\x03" + b"\0" * 64),
    ],
)
def test_what_cannot_be_read_is_said_in_words_and_nothing_is_stored(client: Client, name: str, data: bytes) -> None:
    answer = client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "à reprendre" in page
    assert name in page
    assert not Source.objects.exists()


def test_a_line_is_cut_joined_set_aside_and_taken_back(client: Client, source: Source) -> None:
    dorian = entry(source, "Dorian Aubrac")
    line = dorian["answers"][1]["start"]
    change(client, source, do="split_entry", line=line)
    source.refresh_from_db()
    assert len(source.reading["entries"]) == 6
    change(client, source, do="undo")
    source.refresh_from_db()
    assert len(source.reading["entries"]) == 5
    change(client, source, do="join_answer", line=line)
    assert len(entry(source, "Dorian Aubrac")["answers"]) == 1
    change(client, source, do="begin_question", line=line)
    assert entry(source, "Dorian Aubrac")["answers"][1]["question"].startswith("Le droit de se tromper")
    change(client, source, do="set_aside", line=line)
    assert "Le droit de se tromper" not in entry(source, "Dorian Aubrac")["text"]
    agathe = entry(source, "Agathe Lormeau")
    change(client, source, do="attach_lines", line=line, entry=agathe["id"], role="words")
    assert "Le droit de se tromper" in entry(source, "Agathe Lormeau")["text"]
    change(client, source, do="new_entry", line=line)
    source.refresh_from_db()
    assert any(e["text"].startswith("Le droit") for e in source.reading["entries"])
    change(client, source, do="make_heading", line=line)
    change(client, source, do=f"drop_entry:{agathe['id']}")
    source.refresh_from_db()
    assert "Agathe Lormeau" not in [e["author"] for e in source.reading["entries"]]


def test_who_speaks_is_attributed_to_a_member_with_a_like_name(client: Client, source: Source, world: World) -> None:
    member = MembershipFactory(
        cooperative=world.cooperative, person__first_name="Clémence", person__last_name="Vautrin"
    )
    page = client.get(page_of(source)).content.decode()
    assert f'name="member" value="{member.pk}"' in page
    clemence = entry(source, "Clémence Vautrin")
    change(
        client,
        source,
        do=f"attribute:{clemence['id']}",
        author="Clémence Vautrin",
        author_kind="outsider",
        member=member.pk,
        date="2024-05",
        tenure="elder",
    )
    client.post(page_of(source) + "confirmer/", {"guide": "1"})
    kept = Testimony.objects.get(author=member)
    assert (kept.author_kind, kept.tenure, kept.said_precision) == ("member", "elder", "month")


def test_questions_are_confirmed_one_by_one_or_all_at_once(client: Client, source: Source) -> None:
    dorian = entry(source, "Dorian Aubrac")
    start = dorian["answers"][0]["start"]
    change(client, source, do=f"set_question:{dorian['id']}:{start}", **{f"question-{start}": "Que propose-t-on ?"})
    answer = entry(source, "Dorian Aubrac")["answers"][0]
    assert (answer["question"], answer["question_state"]) == ("Que propose-t-on ?", "confirmed")
    change(client, source, do=f"confirm_questions:{dorian['id']}")
    change(client, source, do=f"retype:{dorian['id']}", kind="quote")
    assert entry(source, "Dorian Aubrac")["answers"] == []
    change(client, source, do=f"merge_with_previous:{dorian['id']}")
    source.refresh_from_db()
    assert len(source.reading["entries"]) == 4


@pytest.mark.parametrize(
    "form",
    [
        {"do": ""},
        {"do": "split_entry"},
        {"do": "split_entry", "line": "99999"},
        {"do": "drop_entry:nobody"},
        {"do": "retype:x", "kind": "poem"},
        {"do": "attribute:x", "date": "hier"},
        {"do": "set_question:x:y"},
        {"do": "__class__"},
        {"do": "attach_lines", "line": "11", "entry": "nobody"},
    ],
)
def test_what_is_not_possible_is_said_and_changes_nothing(client: Client, source: Source, form: dict[str, str]) -> None:
    before = source.reading
    answer = client.post(page_of(source) + "relire/", form, follow=True)
    assert answer.status_code == 200
    source.refresh_from_db()
    assert source.reading == before


def test_htmx_gets_only_the_review_and_a_word_about_it(client: Client, source: Source) -> None:
    agathe = entry(source, "Agathe Lormeau")
    answer = client.post(
        page_of(source) + "relire/",
        {"do": f"retype:{agathe['id']}", "kind": "feedback", "step": "0", "focus": "v2"},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert "<html" not in page
    assert 'id="relecture"' in page
    assert "toast" in answer.headers["HX-Trigger"]
    stale = client.post(
        page_of(source) + "relire/",
        {"do": f"drop_entry:{agathe['id']}", "step": "0"},
        headers={"HX-Request": "true"},
    )
    assert "entre-temps" in stale.headers["HX-Trigger"].encode().decode("unicode_escape")
    assert entry(source, "Agathe Lormeau")


def test_a_newer_version_shows_its_changes_to_accept_one_by_one(client: Client, world: World) -> None:
    first = imported(world)
    client.post(page_of(first) + "confirmer/", {"guide": "1"})
    newer = imported(world, NEWER)
    page = client.get(page_of(newer)).content.decode()
    assert "<ins>jamais</ins>" in page
    assert "<del>pas</del>" in page
    agathe = entry(newer, "Agathe Lormeau")
    client.post(page_of(newer) + "confirmer/", {"choisir": "1", "accepte": [agathe["id"]]})
    assert "jamais seul" in Testimony.objects.get(author_name="Agathe Lormeau").text
    assert Testimony.objects.get(author_name="Basile").state == "expected"


def test_a_confirmed_page_shows_its_lines_with_their_voices(client: Client, source: Source) -> None:
    client.post(page_of(source) + "confirmer/", {})
    page = client.get(page_of(source)).content.decode()
    agathe = Testimony.objects.get(author_name="Agathe Lormeau")
    assert f"/trois-feuilles/temoignages/paroles/{agathe.pk}/" in page
    assert client.post(page_of(source) + "relire/", {"do": "undo"}).status_code == 302  # said, not done


def test_the_review_costs_the_same_for_two_voices_and_for_twenty(
    world: World, client: Client, same_queries: Callable[..., None]
) -> None:
    pages: list[Source] = []

    def make(count: int) -> None:
        voices = "\n\n\n".join(
            f'Personne Numéro{chr(97 + n)}\n\n"Voici mes mots à moi, {n} fois."' for n in range(count)
        )
        pages.append(imported(world, "Témoignages\n\n\n" + voices, name=f"page-{count}.txt"))
        MembershipFactory.create_batch(count, cooperative=world.cooperative)

    same_queries(make, lambda: client.get(page_of(pages[-1])))
