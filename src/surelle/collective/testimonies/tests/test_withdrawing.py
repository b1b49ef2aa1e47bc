"""After a withdrawal nothing of the words is left: not in the database, not in the files, not in the index."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection

from surelle.collective.testimonies import actions
from surelle.collective.testimonies.actions import marking
from surelle.collective.testimonies.actions.keeping import Upload
from surelle.collective.testimonies.actions.refusals import NotYours, WrongState
from surelle.collective.testimonies.models import Consent, MediaLink, Testimony
from surelle.collective.testimonies.rules.states import Audience, Channel
from surelle.commons.search.queries import matching_ids
from tests.world import World

from .factories import TestimonyFactory
from .test_importing import imported
from .voices_page import PAGE

TRACES = ("ne refait pas seul un toit", "que l'on se parle davantage", "Lormeau", "agathe@example.org", "son-agathe")


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def everything_kept(media: Path) -> Iterator[tuple[str, str]]:
    """Yield every value of every table as text, and every file."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith("django_") or "_fts" in table:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    yield table, value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    for path in media.rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes().decode("utf-8", "replace")


def places_of(trace: str, media: Path) -> list[str]:
    folded = trace.casefold()
    return [place for place, value in everything_kept(media) if folded in value.casefold()]


def test_nothing_is_left_of_a_withdrawn_voice(
    world: World, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        source = imported(world)
        actions.confirm_reading(member=world.alice, source=source)
        # The same page again, under another name and a little changed: still in review.
        imported(world, PAGE + "\nMerci à toutes.\n", name="autre-page.txt")
        agathe = Testimony.objects.get(author_name="Agathe Lormeau")
        excerpt = marking.mark_words(
            member=world.alice,
            testimony=agathe,
            start=0,
            end=40,
            themes=[world.theme],
            memo="que l'on se parle davantage",
        )
        marking.change_mark(member=world.alice, excerpt=excerpt, tone=2)
        actions.add_media(
            member=world.alice,
            testimony=agathe,
            upload=Upload("son-agathe.mp3", ContentFile(b"ID3 que l'on se parle davantage")),
        )
        actions.record_consent(
            member=world.alice,
            testimony=agathe,
            channels=[Channel.INSIDE],
            proof="mail",
            proof_note="courriel de agathe@example.org",
            proof_upload=Upload("agathe.txt", b"oui, Agathe Lormeau"),
            given_on=agathe.created_at.date(),
        )
        actions.publish_testimony(member=world.alice, testimony=agathe, audience=Audience.INSIDE)
        world.theme.example = "« On ne refait pas seul un toit, ni une entreprise. »"
        world.theme.save()
    for trace in TRACES:
        assert places_of(trace, media), f"the test does not see {trace!r} beforehand"
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_testimony(member=world.alice, testimony=agathe)
    for trace in TRACES:
        left = places_of(trace, media)
        if trace == "Lormeau":  # the page still in review names her in a heading of its own, without a word of hers
            left = [place for place in left if place != "testimonies_source"]
        assert not left, f"{trace!r} is still in {left}"
    assert agathe.pk not in matching_ids(world.alice, "testimony", "toit")
    agathe.refresh_from_db()
    assert (agathe.state, agathe.text, agathe.author_name, agathe.author_id) == ("withdrawn", "", "", None)
    assert agathe.withdrawn_at is not None
    # Other voices of the page stay, with their lines.
    clemence = Testimony.objects.get(author_name="Clémence Vautrin")
    assert clemence.text
    source.refresh_from_db()
    assert "Un cadre juridique et un salaire" in source.text
    # The fact of what was agreed when stays, ended.
    consent = Consent.objects.get(testimony=agathe)
    assert consent.ended_at is not None
    assert consent.proof_file is None


def test_only_who_coordinates_withdraws_for_another(world: World) -> None:
    with pytest.raises(NotYours):
        actions.withdraw_testimony(member=world.bob, testimony=world.testimony)


def test_an_author_withdraws_their_own(world: World) -> None:
    mine = TestimonyFactory(collection=world.collection, author=world.bob, author_kind="member", author_name="Bob")
    actions.withdraw_testimony(member=world.bob, testimony=mine, by="author")
    mine.refresh_from_db()
    assert mine.state == "withdrawn"


def test_withdrawing_twice_is_refused(world: World) -> None:
    actions.withdraw_testimony(member=world.alice, testimony=world.testimony)
    with pytest.raises(WrongState):
        actions.withdraw_testimony(member=world.alice, testimony=Testimony.objects.get(pk=world.testimony.pk))


def test_undoing_a_mark_does_not_undo_a_withdrawal(world: World) -> None:
    from surelle.collective.testimonies.actions import steps

    marking.mark_words(member=world.alice, testimony=world.testimony, start=0, end=9, themes=[world.theme])
    actions.withdraw_testimony(member=world.alice, testimony=world.testimony)
    with pytest.raises(steps.NothingToUndo):
        steps.undo(member=world.alice, collection=world.collection)


def test_closing_an_account_withdraws_words_but_keeps_what_nobody_signed(world: World) -> None:
    signed = TestimonyFactory(
        collection=world.collection,
        author=world.bob,
        author_kind="member",
        author_name="Bob Exemple",
        text="Signé ainsi.",
    )
    unsigned = TestimonyFactory(
        collection=world.collection,
        author=world.bob,
        author_kind="member",
        author_name="Bob Exemple",
        state="awaiting_consent",
        text="Publié sans nom, pour la coopérative.",
    )
    waiting = TestimonyFactory(
        collection=world.collection,
        author=world.bob,
        author_kind="member",
        author_name="Bob Exemple",
        state="awaiting_consent",
    )
    for testimony, channels in ((signed, [Channel.INSIDE, Channel.NAME]), (unsigned, [Channel.INSIDE])):
        actions.record_consent(
            member=world.alice,
            testimony=testimony,
            channels=channels,
            proof="oral",
            proof_note="réunion",
            given_on=testimony.created_at.date(),
        )
        actions.publish_testimony(member=world.alice, testimony=testimony, audience=Audience.INSIDE)
    actions.forget_person(person=world.bob.person)
    for row in (signed, unsigned, waiting):
        row.refresh_from_db()
    assert (signed.state, waiting.state) == ("withdrawn", "withdrawn")
    assert (unsigned.state, unsigned.author_id, unsigned.author_name) == ("published", None, "")
    assert unsigned.text == "Publié sans nom, pour la coopérative."
    assert not Testimony.objects.filter(author_name__icontains="Bob").exists()


def test_every_model_that_hangs_on_a_testimony_is_thought_of() -> None:
    """A new table that points at testimonies must be purged, or be known to hold no words."""
    pointing = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is Testimony and getattr(field, "many_to_one", False)
    }
    assert pointing == {
        "Answer",
        "AnswerInvitation",
        "Consent",
        "Excerpt",
        "MarkingStep",
        "MediaLink",
        "Mention",
        "RoundTestimony",
    }
    assert MediaLink._meta.app_label in {config.label for config in apps.get_app_configs()}
    assert settings.MEDIA_ROOT
