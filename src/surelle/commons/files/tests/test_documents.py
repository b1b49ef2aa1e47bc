"""A kept file never becomes a page that runs something."""

from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from surelle.commons.files.documents import serve
from tests.world import World

from .factories import stored_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("media_type", "shown"),
    [
        ("image/png", True),
        ("video/mp4", True),
        ("application/pdf", True),
        ("text/html", False),
        ("image/svg+xml", False),
        ("text/xml", False),
        ("application/xhtml+xml", False),
    ],
)
def test_only_harmless_types_are_shown(world: World, media_type: str, shown: bool) -> None:
    answer = serve(stored_file(world.cooperative, b"<script>", "l'été.x", media_type), inline=True)
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer["Content-Type"] == (media_type if shown else "application/octet-stream")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    answer.close()


def test_without_inline_it_is_an_attachment(world: World) -> None:
    answer = serve(stored_file(world.cooperative, b"x", "photo.png", "image/png"))
    assert answer["Content-Disposition"] == 'attachment; filename="photo.png"'
    answer.close()


def test_a_recording_can_be_jumped_in(world: World) -> None:
    kept = stored_file(world.cooperative, b"0123456789", "son.mp3", "audio/mpeg")
    answer = serve(kept, inline=True, request=RequestFactory().get("/", headers={"Range": "bytes=2-4"}))
    assert (answer.status_code, answer["Content-Range"]) == (206, "bytes 2-4/10")
    assert b"".join(answer.streaming_content) == b"234"  # type: ignore[union-attr,arg-type]
    beyond = serve(kept, request=RequestFactory().get("/", headers={"Range": "bytes=10-"}))
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */10")


def test_lost_bytes_are_not_found(world: World) -> None:
    kept = stored_file(world.cooperative)
    kept.path.unlink()
    with pytest.raises(Http404):
        serve(kept)
