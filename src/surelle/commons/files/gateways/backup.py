"""To write a whole house into one file, from one moment of its database, with flat memory."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Model
from django.utils import timezone

from ..models import StoredFile
from .archive import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    Counted,
    applied_migrations,
    as_line,
    kept_fields,
    kept_models,
    member_of,
    pieces,
)

ROWS_AT_ONCE = 500
Progress = Callable[[str, int], None]


@contextmanager
def one_moment(using: str) -> Iterator[None]:
    """See the database as it is now for the time of the block, without keeping others from writing."""
    connection = connections[using]
    if connection.in_atomic_block:  # the caller's own transaction is a moment already
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # Not Django's `atomic`, which takes the one place of a writer at once.
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def write_backup(target: Path, *, progress: Progress = lambda what, count: None, using: str = "default") -> list[str]:
    """Write the archive; return the names of media files that were missing or no longer what they were.

    The file appears whole or not at all: it is written beside its place and moved there when it is on the disk. Its
    owner alone may read it. Run it in the scope of everything.
    """
    unfinished = target.with_name(f"{target.name}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as archive:
                lost = write_members(archive, progress, using)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return lost


def write_members(archive: ZipFile, progress: Progress, using: str) -> list[str]:
    members: dict[str, dict[str, Any]] = {}
    with one_moment(using):
        migrations = applied_migrations(using)
        for model in kept_models():
            members[member_of(model)] = write_rows(archive, model, using)
            progress(model._meta.label_lower, members[member_of(model)]["rows"])
        paths = sorted({stored.path for stored in StoredFile.objects.using(using).only("cooperative_id", "sha256")})
    lost = []
    for number, path in enumerate(paths, start=1):
        name = f"media/{path.relative_to(settings.MEDIA_ROOT).as_posix()}"
        written = write_file(archive, name, path)
        if written is not None:
            members[name] = written
        if written is None or written["sha256"] != path.name:
            lost.append(name)
        if number % 100 == 0 or number == len(paths):
            progress("media", number)
    manifest = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made_at": timezone.now().isoformat(),
        "migrations": migrations,
        "lost": lost,
        "members": {name: facts for name, facts in members.items() if name not in lost},
    }
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return lost


def write_rows(archive: ZipFile, model: type[Model], using: str) -> dict[str, Any]:
    """Write a table; return its size, SHA-256 and count of rows."""
    columns = [field.attname for field in kept_fields(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*columns)
    counted, count = Counted(), 0
    with archive.open(member_of(model), "w", force_zip64=True) as member:
        for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
            member.write(counted.count(as_line(columns, row)))
            count += 1
    return {"size": counted.size, "sha256": counted.sha256, "rows": count}


def write_file(archive: ZipFile, name: str, path: Path) -> dict[str, Any] | None:
    """Write a media file, which is not compressed again; None when it is gone."""
    counted = Counted()
    info = ZipInfo(name)
    info.compress_type = ZIP_STORED
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return None
    with source, archive.open(info, "w", force_zip64=True) as member:
        for piece in pieces(source):
            member.write(counted.count(piece))
    return {"size": counted.size, "sha256": counted.sha256}
