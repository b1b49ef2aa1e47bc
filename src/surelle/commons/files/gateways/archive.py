"""What an archive is: a ZIP with one file of JSON lines per table, the media files, and a manifest with all SHA-256.

    manifest.json                       written last: format, version, migrations, members with size, SHA-256 and rows
    rows/members.person.jsonl           one row per line, {"column": value}
    media/<cooperative>/<aa>/<sha256>   as below MEDIA_ROOT

It knows no database: dates are ISO 8601, decimals are strings, bytes are base64.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, ForeignKey, Model
from django.utils.duration import duration_iso_string

from surelle.kernel.terminal import in_words

FORMAT = "surelle-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
MEDIA_NAME = re.compile(r"media/(\d+/([0-9a-f]{2})/(\2[0-9a-f]{62}))")
A_PIECE = 1024 * 1024
# What is no use elsewhere or later: who is signed in, jobs under way, and what Django makes by itself.
LEFT_BEHIND = {"sessions", "usersessions", "contenttypes", "auth", "django_tasks_database", "django_tasks_db", "admin"}
# Of these, what must not outlive a restore: a session would open the account that now has the same number.
EMPTIED = {"sessions", "usersessions", "django_tasks_database", "django_tasks_db"}


class ArchiveRefused(Exception):
    """This file cannot be restored; the message says why and what to do."""

    def __init__(self, french: str, english: str) -> None:
        super().__init__(in_words(french, english))


def kept_models() -> list[type[Model]]:
    """Return the models whose rows an archive keeps, in a stable order."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_BEHIND
    ]
    return sorted(models, key=lambda model: model._meta.label_lower)


def emptied_models() -> list[type[Model]]:
    """Return the models whose rows a restore removes."""
    return [model for model in apps.get_models() if model._meta.app_label in EMPTIED and not model._meta.proxy]


def kept_fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def member_of(model: type[Model]) -> str:
    return f"rows/{model._meta.label_lower}.jsonl"


def applied_migrations(using: str) -> dict[str, list[str]]:
    """Return the migrations of the kept apps that the database has had, by app."""
    labels = {model._meta.app_label for model in kept_models()}
    found: dict[str, list[str]] = {}
    for label, name in sorted(MigrationLoader(connections[using]).applied_migrations):
        if label in labels:
            found.setdefault(label, []).append(name)
    return found


def known_migrations() -> set[tuple[str, str]]:
    """Return every migration that this version of Surelle has."""
    return set(MigrationLoader(None).disk_migrations or ())


def plain(value: Any) -> Any:
    """Return a column's value as JSON can hold it; `json` calls this for what it does not know."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview | bytearray):
        return b64encode(bytes(value)).decode("ascii")
    raise TypeError(f"no plain form of {value!r}")


def as_line(columns: list[str], row: tuple[Any, ...]) -> bytes:
    """Return a row as a line of JSON."""
    named = dict(zip(columns, row, strict=True))
    return json.dumps(named, default=plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def as_instance(model: type[Model], fields: list[Field[Any, Any]], line: bytes) -> Model:
    """Return the row of a line as an unsaved instance; KeyError or ValueError when the line is none of this table."""
    values = json.loads(line)
    return model(**{field.attname: python_value(field, values[field.attname]) for field in fields})


def python_value(field: Field[Any, Any], value: Any) -> Any:
    while isinstance(field, ForeignKey):
        field = field.target_field
    return value if value is None else field.to_python(value)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(A_PIECE):
        yield piece


class Counted:
    """A file being written or read, with its size and SHA-256 so far."""

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()

    def count(self, piece: bytes) -> bytes:
        self.size += len(piece)
        self._digest.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()
