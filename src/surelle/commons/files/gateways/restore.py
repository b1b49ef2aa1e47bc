"""To bring a whole house back from one file: everything is verified first, then loaded in one transaction.

Killed at any moment it leaves the database as it was, or as the archive has it. Media files are laid in place before,
under the hash of their bytes, where they harm nobody.
"""

import json
import lzma
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, connections
from django.db.models import Model

from surelle.commons.cooperatives.access import restoring

from .archive import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    MEDIA_NAME,
    ArchiveRefused,
    Counted,
    applied_migrations,
    as_instance,
    emptied_models,
    kept_fields,
    kept_models,
    known_migrations,
    member_of,
    pieces,
)

Progress = Callable[[str, int], None]
ROWS_AT_ONCE = 500
LARGEST_MANIFEST = 64 * 1024 * 1024
# What zipfile raises on bytes that are not what they should be; a flipped bit can make up a password or a method.
UNREADABLE = (BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, UnicodeDecodeError)


@contextmanager
def verified(source: Path, progress: Progress) -> Iterator[tuple[ZipFile, dict[str, Any]]]:
    """Open the archive and yield it with its manifest, once every byte was held to it; ArchiveRefused otherwise."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(ZipFile(source))
            manifest = verify(archive, progress)
        except FileNotFoundError:
            raise ArchiveRefused(f"{source} n'existe pas.", f"{source} does not exist.") from None
        except UNREADABLE as error:
            raise ArchiveRefused(
                f"{source} est abîmé, tronqué, ou n'est pas une sauvegarde de Surelle ({error}). Rien n'a été changé ; "
                "prenez une autre copie.",
                f"{source} is damaged, truncated, or no backup of Surelle ({error}). Nothing was changed; take another "
                "copy.",
            ) from None
        yield archive, manifest


def read_manifest(archive: ZipFile) -> dict[str, Any]:
    """Return the manifest of an archive of Surelle that this version can read."""
    foreign = ArchiveRefused(
        "Ce fichier n'est pas une sauvegarde de Surelle : il n'a pas de manifeste. Rien n'a été changé.",
        "This file is no backup of Surelle: it has no manifest. Nothing was changed.",
    )
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise foreign
        manifest = json.loads(archive.read(MANIFEST))
        version = manifest["version"] if manifest["format"] == FORMAT else 0
    except (KeyError, ValueError, TypeError):
        raise foreign from None
    if not isinstance(version, int) or version < 1:
        raise foreign
    if version > FORMAT_VERSION:
        raise newer()
    return manifest


def newer() -> ArchiveRefused:
    return ArchiveRefused(
        "Cette sauvegarde vient d'une version plus récente de Surelle. Rien n'a été changé ; mettez d'abord Surelle à "
        "jour.",
        "This backup comes from a newer version of Surelle. Nothing was changed; upgrade Surelle first.",
    )


def hold_to_migrations(manifest: dict[str, Any], using: str) -> None:
    """Refuse an archive whose tables have not the shape of the database's."""
    theirs = {(label, name) for label, names in manifest["migrations"].items() for name in names}
    ours = {(label, name) for label, names in applied_migrations(using).items() for name in names}
    if theirs - known_migrations():
        raise newer()
    if theirs - ours:
        raise ArchiveRefused(
            "La base n'est pas à jour. Lancez d'abord : ./surelle manage migrate",
            "The database is not up to date. First run: ./surelle manage migrate",
        )
    if ours - theirs:
        first = ".".join(min(ours - theirs))
        raise ArchiveRefused(
            f"Cette sauvegarde vient d'une version plus ancienne de Surelle (avant {first}). Rien n'a été changé ; "
            "restaurez-la avec cette version-là, puis mettez à jour.",
            f"This backup comes from an older version of Surelle (before {first}). Nothing was changed; restore it "
            "with that version, then upgrade.",
        )


def damaged(name: str) -> ArchiveRefused:
    return ArchiveRefused(
        f"La sauvegarde est abîmée : {name} n'a pas le contenu annoncé. Rien n'a été changé ; prenez une autre copie.",
        f"The backup is damaged: {name} has not the content that was announced. Nothing was changed; take another "
        "copy.",
    )


def verify(archive: ZipFile, progress: Progress) -> dict[str, Any]:
    """Read every byte of the archive and hold it to its manifest, which is returned."""
    manifest = read_manifest(archive)
    members, lost = manifest["members"], set(manifest["lost"])
    present = set(archive.namelist()) - {MANIFEST} - lost
    if present != set(members) or len(archive.namelist()) != len(set(archive.namelist())):
        raise damaged(min(present ^ set(members), default=MANIFEST))
    tables = {member_of(model) for model in kept_models()}
    for number, (name, facts) in enumerate(members.items(), start=1):
        media = MEDIA_NAME.fullmatch(name)
        if media is None and name not in tables:
            # A table that this version does not have: the migrations say whether it is newer.
            if not name.startswith("rows/"):
                raise damaged(name)
            continue
        counted, lines = Counted(), 0
        with archive.open(name) as member:
            for piece in pieces(member):
                counted.count(piece)
                lines += piece.count(b"\n")
        is_whole = (counted.size, counted.sha256) == (facts["size"], facts["sha256"])
        if not is_whole or (media and media[3] != counted.sha256) or (not media and lines != facts["rows"]):
            raise damaged(name)
        if number % 100 == 0:
            progress("verified", number)
    return dict(manifest)


def check_archive(source: Path, *, progress: Progress = lambda what, count: None) -> dict[str, Any]:
    """Return the manifest of an archive that is whole; raise ArchiveRefused otherwise. Needs no database."""
    with verified(source, progress) as (_, manifest):
        return manifest


def restore_backup(
    source: Path, *, progress: Progress = lambda what, count: None, using: str = "default"
) -> dict[str, Any]:
    """Replace everything in the database by what the archive holds; return its manifest. Raises ArchiveRefused.

    Run it in the scope of everything. Sessions end, since they would open accounts of other people.
    """
    with verified(source, progress) as (archive, manifest):
        hold_to_migrations(manifest, using)
        for name in manifest["members"]:
            if found := MEDIA_NAME.fullmatch(name):
                place_file(archive, name, Path(settings.MEDIA_ROOT) / found[1])
        try:
            with restoring(using):
                load(archive, progress, using)
                connections[using].check_constraints()
        except (IntegrityError, ValidationError, KeyError, ValueError, TypeError) as error:
            raise ArchiveRefused(
                f"La base refuse ces données, et rien n'a été changé : {error}",
                f"The database refuses these rows, and nothing was changed: {error}",
            ) from error
    cache.clear()
    return manifest


def place_file(archive: ZipFile, name: str, path: Path) -> None:
    """Lay a media file in place, whole or not at all; bytes of that hash that are there already stay."""
    if path.exists() and path.stat().st_size == archive.getinfo(name).file_size:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with archive.open(name) as member, unfinished.open("wb") as file:
            for piece in pieces(member):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o640)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def load(archive: ZipFile, progress: Progress, using: str) -> None:
    """Empty every table and fill it from the archive; foreign keys are held at the end of the transaction."""
    connection = connections[using]
    models = kept_models()
    with connection.cursor() as cursor:
        for model in [*models, *emptied_models()]:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
    for model in models:
        progress(model._meta.label_lower, load_rows(archive, model, using))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def load_rows(archive: ZipFile, model: type[Model], using: str) -> int:
    """Fill a table just as its rows were written, without the life that models give to new rows; return how many."""
    fields, count = kept_fields(model), 0
    with archive.open(member_of(model)) as member:
        lines = iter(member)
        while rows := [as_instance(model, fields, line) for line in islice(lines, ROWS_AT_ONCE)]:
            at_once = connections[using].ops.bulk_batch_size(fields, rows)
            for first in range(0, len(rows), at_once):
                model._base_manager._insert(  # type: ignore[attr-defined]
                    rows[first : first + at_once], fields=fields, using=using, raw=True
                )
            count += len(rows)
    return count
