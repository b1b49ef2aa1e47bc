"""A medium comes home before its link dies, and is served only to those who may hear it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from surelle.collective.testimonies import actions
from surelle.collective.testimonies.actions.keeping import Upload
from surelle.collective.testimonies.actions.refusals import AlreadyHosted, NotYours, WrongMedium
from surelle.collective.testimonies.models import MediaLink
from surelle.collective.testimonies.rules.media import media_type_of, shown_as
from surelle.commons.members.tests.factories import MembershipFactory
from tests.world import World

SOUND = b"ID3\x04" + b"son" * 50


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def link(world: World) -> MediaLink:
    return MediaLink.objects.create(
        cooperative=world.cooperative,
        testimony=world.testimony,
        url="https://fromsmash.com/film",
        service="fromsmash",
        is_likely_to_expire=True,
    )


@pytest.mark.parametrize(
    ("head", "name", "media_type"),
    [
        (b"ID3\x03", "x.mp3", "audio/mpeg"),
        (b"OggS", "x.ogg", "audio/ogg"),
        (b"OggS", "x.ogv", "video/ogg"),
        (b"\0\0\0\x18ftypmp42", "x", "video/mp4"),
        (b"\0\0\0\x18ftypM4A ", "x", "audio/mp4"),
        (b"RIFF\0\0\0\0WAVE", "x", "audio/wav"),
        (b"\xff\xd8\xff\xe0", "x.png", "image/jpeg"),
        (b"<svg onload='x'>", "x.svg", None),
        (b"<html>", "x.mp4", None),
        (b"", "x", None),
    ],
)
def test_bytes_say_what_a_file_is(head: bytes, name: str, media_type: str | None) -> None:
    assert media_type_of(head, name) == media_type


def test_what_is_shown_how() -> None:
    assert [shown_as(t) for t in ("video/mp4", "audio/ogg", "image/png", "application/pdf")] == [
        "video",
        "audio",
        "image",
        "link",
    ]


def test_a_link_that_may_die_asks_for_its_file_and_gets_it(
    world: World, link: MediaLink, as_member: Callable[..., Client]
) -> None:
    client, base = as_member(world.alice), f"/trois-feuilles/temoignages/paroles/{world.testimony.pk}/"
    assert "risque d’expirer" in client.get(base).content.decode()
    client.post(f"{base}medias/{link.pk}/heberger/", {"file": SimpleUploadedFile("film.mp3", SOUND)})
    link.refresh_from_db()
    assert link.hosted is not None
    assert link.hosted.media_type == "audio/mpeg"
    page = client.get(base).content.decode()
    assert "risque d’expirer" not in page
    assert "<audio" in page
    answer = client.get(f"{base}medias/{link.pk}/")
    assert b"".join(answer.streaming_content) == SOUND  # type: ignore[arg-type]
    part = client.get(f"{base}medias/{link.pk}/", headers={"Range": "bytes=0-2"})
    assert part.status_code == 206


def test_outside_the_team_a_medium_is_heard_only_with_the_consent_for_it(
    world: World, link: MediaLink, as_member: Callable[..., Client]
) -> None:
    actions.host_media(member=world.alice, media=link, upload=Upload("film.mp3", SOUND))
    stranger = as_member(MembershipFactory(cooperative=world.cooperative))
    base = f"/trois-feuilles/temoignages/paroles/{world.testimony.pk}/"
    assert stranger.get(f"{base}medias/{link.pk}/").status_code == 404
    assert "<audio" not in stranger.get(base).content.decode()
    from surelle.collective.testimonies.rules.states import Channel

    actions.record_consent(
        member=world.alice,
        testimony=world.testimony,
        channels=[Channel.IMAGE],
        proof="mail",
        proof_note="x",
        given_on=world.testimony.created_at.date(),
    )
    answer = stranger.get(f"{base}medias/{link.pk}/")
    assert answer.status_code == 200
    answer.close()


def test_what_is_no_medium_is_refused_and_nothing_is_kept(world: World, link: MediaLink) -> None:
    with pytest.raises(WrongMedium):
        actions.host_media(member=world.alice, media=link, upload=Upload("film.mp4", b"<html>"))
    with pytest.raises(NotYours):
        actions.host_media(member=world.bob, media=link, upload=Upload("film.mp3", SOUND))
    with pytest.raises(WrongMedium):
        actions.add_media(member=world.alice, testimony=world.testimony, upload=Upload("x.exe", b"MZ"))
    assert MediaLink.objects.count() == 1
    actions.host_media(member=world.alice, media=link, upload=Upload("film.mp3", SOUND))
    with pytest.raises(AlreadyHosted):
        actions.host_media(member=world.alice, media=link, upload=Upload("film.mp3", SOUND))


def test_a_removed_medium_takes_its_bytes_along(
    world: World, link: MediaLink, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    actions.host_media(member=world.alice, media=link, upload=Upload("film.mp3", SOUND))
    assert link.hosted
    path = link.hosted.path
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_media(member=world.alice, media=link)
    assert not path.exists()
