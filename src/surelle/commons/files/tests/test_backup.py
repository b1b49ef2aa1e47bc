"""A house comes back from its archive as it was, on either database; a bad archive changes nothing."""

import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.files.actions import keep
from surelle.commons.files.gateways import ArchiveRefused, check_archive, restore_backup, write_backup
from surelle.commons.files.gateways.archive import MANIFEST, as_line, kept_fields, kept_models
from surelle.commons.members.models import Person
from surelle.commons.members.tests.factories import MembershipFactory
from tests.rows import any_row
from tests.world import World

pytestmark = pytest.mark.django_db
Rows = dict[str, list[bytes]]


def all_rows() -> Rows:
    """Return every row that an archive keeps, as it would be written."""
    rows: Rows = {}
    for model in kept_models():
        columns = [field.attname for field in kept_fields(model)]
        found = model._base_manager.order_by("pk").values_list(*columns)
        rows[model._meta.label] = [as_line(columns, row) for row in found]
    return rows


@pytest.fixture
def house(world: World, settings: Any, tmp_path: Path) -> World:
    """A world with a row in every table and a file with its bytes."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for cooperative in (world.cooperative, world.other_cooperative):
        for model in apps.get_models(include_auto_created=True):
            if model.__module__.startswith("surelle.") and any(
                field.name == "cooperative" for field in model._meta.concrete_fields
            ):
                # A table whose constraints want more than plain values has its own factory, and may stay empty here.
                with suppress(IntegrityError, NotImplementedError), transaction.atomic():
                    any_row(model, cooperative)
    world.file = keep(
        cooperative=world.cooperative,
        name="voix.txt",
        media_type="text/plain",
        data=b"bonjour " * 9,
        member=world.alice,
    )
    # What any_row made of files has no bytes; here every file has.
    type(world.file).objects.exclude(pk=world.file.pk).filter(size_bytes__gt=0).update(sha256=world.file.sha256)
    other = world.file.path.parents[2] / str(world.other_cooperative.pk) / world.file.sha256[:2] / world.file.sha256
    other.parent.mkdir(parents=True)
    other.write_bytes(world.file.path.read_bytes())
    return world


@pytest.fixture
def archive(house: World, tmp_path: Path) -> Path:
    path = tmp_path / "house.zip"
    assert write_backup(path) == []
    return path


def disturb(house: World) -> None:
    """Change, add and lose things, in rows and files."""
    Person.objects.filter(pk=house.bob.person_id).update(first_name="Robert")
    MembershipFactory(cooperative=house.cooperative)
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now())
    house.file.path.unlink()


def test_a_house_comes_back_as_it_was(house: World, archive: Path) -> None:
    before = all_rows()
    disturb(house)
    assert all_rows() != before
    restore_backup(archive)
    assert all_rows() == before
    assert house.file.path.read_bytes() == b"bonjour " * 9
    assert not Session.objects.exists()


def test_new_rows_get_new_numbers_afterwards(house: World, archive: Path) -> None:
    restore_backup(archive)
    MembershipFactory(cooperative=house.cooperative, number=None)


def test_words_are_found_after_a_restore(house: World, archive: Path) -> None:
    """The index of words stands beside the kept tables, and follows them by triggers."""

    def words() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_words")
            return int(cursor.fetchone()[0])

    before = words()
    assert before
    restore_backup(archive)
    assert words() == before


def test_an_archive_is_its_owners_alone_and_leaves_nothing_unfinished(archive: Path) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    assert [path.name for path in archive.parent.glob("*.part")] == []


def test_the_manifest_lists_everything(archive: Path) -> None:
    manifest = check_archive(archive)
    with zipfile.ZipFile(archive) as opened:
        assert set(manifest["members"]) == set(opened.namelist()) - {MANIFEST}
    assert manifest["members"]["rows/members.person.jsonl"]["rows"] == Person.objects.count()
    assert "0001_initial" in manifest["migrations"]["members"]


def test_bytes_that_rotted_are_named(house: World, tmp_path: Path) -> None:
    house.file.path.write_bytes(b"rotten")
    target = tmp_path / "again.zip"
    assert write_backup(target) == [f"media/{house.cooperative.pk}/{house.file.sha256[:2]}/{house.file.sha256}"]
    check_archive(target)


def rewritten(source: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Return a copy of the archive with other contents, well-formed as a ZIP."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    target = source.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def with_manifest(change: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, bytes]], None]:
    def edit(members: dict[str, bytes]) -> None:
        manifest = json.loads(members[MANIFEST])
        change(manifest)
        members[MANIFEST] = json.dumps(manifest).encode()

    return edit


PERSONS = "rows/members.person.jsonl"
BAD = {
    "another word": lambda m: m.update({PERSONS: m[PERSONS].replace(b"Alice", b"Malice")}),
    "a table less": lambda m: m.pop(PERSONS),
    "a member more": lambda m: m.update({"rows/x.jsonl": b""}),
    "a way out": lambda m: m.update({"media/../../x": b""}),
    "no manifest": lambda m: m.pop(MANIFEST),
    "another program's": lambda m: m.update({MANIFEST: b'{"format": "other"}'}),
    "no object": lambda m: m.update({MANIFEST: b"[]"}),
    "a later format": with_manifest(lambda m: m.update(version=2)),
    "a later migration": with_manifest(lambda m: m["migrations"]["members"].append("0999_later")),
    "an earlier migration": with_manifest(lambda m: m["migrations"].pop("members")),
}


@pytest.mark.parametrize("how", BAD)
def test_a_bad_archive_changes_nothing(how: str, house: World, archive: Path) -> None:
    bad = rewritten(archive, BAD[how])
    disturb(house)
    before = all_rows()
    with pytest.raises(ArchiveRefused) as refusal:
        restore_backup(bad)
    assert all_rows() == before
    assert not house.file.path.exists()
    sentence = str(refusal.value)
    if how.startswith("a later"):
        assert "plus récente" in sentence
    if how == "an earlier migration":
        assert "plus ancienne" in sentence


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_archive_changes_nothing(share: float, archive: Path) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * share)])
    before = all_rows()
    with pytest.raises(ArchiveRefused, match="tronqué"):
        restore_backup(archive)
    assert all_rows() == before


def test_a_flipped_bit_is_seen(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    for place in range(0, len(content), max(1, len(content) // 40)):
        content[place] ^= 1
        archive.write_bytes(content)
        try:
            check_archive(archive)
        except ArchiveRefused:
            pass
        else:  # a bit that ZIP itself does not read, such as a date
            with zipfile.ZipFile(archive) as opened:
                assert opened.testzip() is None
        content[place] ^= 1


def test_rows_that_the_database_refuses_change_nothing(house: World, archive: Path) -> None:
    """A whole archive whose rows point at nobody: the transaction takes everything back."""
    import hashlib

    def orphan(members: dict[str, bytes]) -> None:
        members[PERSONS] = b""
        manifest = json.loads(members[MANIFEST])
        manifest["members"][PERSONS] = {"size": 0, "sha256": hashlib.sha256().hexdigest(), "rows": 0}
        members[MANIFEST] = json.dumps(manifest).encode()

    bad = rewritten(archive, orphan)
    before = all_rows()
    with pytest.raises(ArchiveRefused, match="refuse"):
        restore_backup(bad)
    assert all_rows() == before


def test_commands_speak(house: World, archive: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call_command("backup", tmp_path / "b.zip")
    call_command("restore", tmp_path / "b.zip", check=True)
    call_command("restore", tmp_path / "b.zip", yes=True)
    assert "Restauré" in capsys.readouterr().out
    with pytest.raises(CommandError, match="n'existe pas"):
        call_command("restore", tmp_path / "none.zip", yes=True)


def test_a_house_with_people_is_not_replaced_unasked(
    house: World, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda question: "non")
    Cooperative.objects.filter(pk=house.cooperative.pk).update(city="Ailleurs")
    with pytest.raises(CommandError, match="Rien n'a été changé"):
        call_command("restore", archive)
    assert Cooperative.objects.get(pk=house.cooperative.pk).city == "Ailleurs"
