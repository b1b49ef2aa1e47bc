"""To keep a file once per cooperative, and to purge it with its bytes."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from surelle.commons.audit.actions import record
from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.members.models import Membership

from .models import StoredFile
from .rules import clean_media_type, clean_name

A_PIECE = 1024 * 1024


class FileTooLarge(ValueError):
    """The file is larger than this house keeps."""


class EmptyFile(ValueError):
    """There is nothing in the file."""


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def pieces_of(data: bytes | Readable | IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file piece by piece, whatever its size."""
    if isinstance(data, bytes):
        yield data
        return
    while piece := data.read(A_PIECE):
        yield piece


def keep(
    *,
    cooperative: Cooperative,
    name: str,
    media_type: str,
    data: bytes | Readable | IO[bytes],
    member: Membership | None,
) -> StoredFile:
    """Keep a file and return its row; the same bytes are kept once per cooperative, each row with its own name.

    `data` is read piece by piece and written beside its place, then moved there: nobody ever sees half a file. Raises
    FileTooLarge above settings.MOST_FILE_BYTES, EmptyFile for none.
    """
    most = settings.MOST_FILE_BYTES
    root = Path(settings.MEDIA_ROOT) / str(cooperative.pk)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(prefix="being-written-", dir=root)
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in pieces_of(data):
                size += len(piece)
                if size > most:
                    raise FileTooLarge(
                        _("« %(name)s » est trop lourd : Surelle garde des fichiers de %(most)s Mo au plus.")
                        % {"name": clean_name(name), "most": most // 1_000_000}
                    )
                digest.update(piece)
                out.write(piece)
            if not size:
                raise EmptyFile(_("« %(name)s » est vide : choisissez un autre fichier.") % {"name": clean_name(name)})
            out.flush()
            os.fsync(out.fileno())
        with transaction.atomic():
            stored = StoredFile.objects.create(
                cooperative=cooperative,
                name=clean_name(name),
                media_type=clean_media_type(media_type),
                size_bytes=size,
                sha256=digest.hexdigest(),
                stored_by=member,
            )
            record(member=member, verb="keep", about=stored, size_bytes=size, media_type=stored.media_type)
            # Within the transaction: a row that is committed has its bytes. The same bytes may be there already.
            stored.path.parent.mkdir(parents=True, exist_ok=True)
            os.chmod(temporary, 0o640)
            os.replace(temporary, stored.path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return stored


def purge(*, file: StoredFile, member: Membership | None = None) -> None:
    """Delete a file's row, and its bytes once that is committed, unless another row of the cooperative has the same."""
    with transaction.atomic():
        path, cooperative_id, sha256 = file.path, file.cooperative_id, file.sha256
        record(member=member, verb="purge", about=file, size_bytes=file.size_bytes)
        file.delete()
        transaction.on_commit(lambda: _drop_bytes(path, cooperative_id, sha256))


def _drop_bytes(path: Path, cooperative_id: int, sha256: str) -> None:
    if not StoredFile.objects.filter(cooperative=cooperative_id, sha256=sha256).exists():
        path.unlink(missing_ok=True)
