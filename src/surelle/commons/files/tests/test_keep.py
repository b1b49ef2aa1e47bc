"""A file is kept whole, once, or not at all."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from surelle.commons.audit.models import AuditEvent
from surelle.commons.files.actions import EmptyFile, FileTooLarge, keep, purge
from surelle.commons.files.models import StoredFile
from tests.world import World

from .factories import stored_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def leftovers(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file()]


def test_the_bytes_lie_under_their_hash(world: World) -> None:
    data = b"voix " * 500_000
    kept = keep(
        cooperative=world.cooperative,
        name="C:\\films\\Entretien.mp4",
        media_type="Video/MP4; codecs=x",
        data=BytesIO(data),
        member=world.alice,
    )
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert kept.path.read_bytes() == data
    assert (kept.name, kept.media_type, kept.size_bytes) == ("Entretien.mp4", "video/mp4", len(data))
    assert AuditEvent.objects.filter(verb="keep", object_id=kept.pk, member=world.alice).exists()


def test_too_large_leaves_nothing(world: World, settings: Any, tmp_path: Path) -> None:
    settings.MOST_FILE_BYTES = 2_000_000
    with pytest.raises(FileTooLarge, match="2 Mo au plus"):
        stored_file(world.cooperative, b"x" * 2_000_001)
    assert not StoredFile.objects.exists()
    assert not leftovers(tmp_path)


def test_an_empty_file_is_refused(world: World) -> None:
    with pytest.raises(EmptyFile, match="vide"):
        stored_file(world.cooperative, b"")


def test_a_file_that_breaks_off_leaves_nothing(world: World, tmp_path: Path) -> None:
    class Broken:
        def read(self, size: int = -1, /) -> bytes:
            raise OSError("the connection is gone")

    with pytest.raises(OSError, match="gone"):
        keep(cooperative=world.cooperative, name="a", media_type="", data=Broken(), member=None)
    assert not leftovers(tmp_path)


def test_same_bytes_are_purged_with_their_last_row(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any], tmp_path: Path
) -> None:
    first, second = stored_file(world.cooperative), stored_file(world.cooperative, name="copie.txt")
    elsewhere = stored_file(world.other_cooperative)
    path = first.path
    assert second.path == path != elsewhere.path
    with django_capture_on_commit_callbacks(execute=True):
        purge(file=first, member=world.alice)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        purge(file=second, member=world.alice)
    assert not path.exists()
    assert leftovers(tmp_path) == [elsewhere.path]


def test_bytes_stay_until_the_purge_is_committed(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    kept = stored_file(world.cooperative)
    with django_capture_on_commit_callbacks(execute=False):
        purge(file=kept)
    assert kept.path.exists()
