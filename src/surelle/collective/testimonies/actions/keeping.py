"""Files that come with testimonies: pages, media, proofs of consent."""

from dataclasses import dataclass
from typing import IO

from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.files.actions import EmptyFile, FileTooLarge, keep
from surelle.commons.files.models import StoredFile
from surelle.commons.members.models import Membership

from .refusals import Refused


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its name, its bytes (or where to read them), and the type that the sender claims."""

    name: str
    data: bytes | IO[bytes]
    media_type: str = "application/octet-stream"

    def head(self, size: int = 64) -> bytes:
        """Return the first bytes, and leave the file at its beginning."""
        if isinstance(self.data, bytes):
            return self.data[:size]
        first = self.data.read(size)
        self.data.seek(0)
        return first


def keep_upload(*, upload: Upload, cooperative: Cooperative, member: Membership | None) -> StoredFile:
    """Keep a file; what the house does not keep (empty, too heavy) is Refused with its sentence."""
    try:
        return keep(
            cooperative=cooperative,
            name=upload.name[:255],
            media_type=upload.media_type,
            data=upload.data,
            member=member,
        )
    except (EmptyFile, FileTooLarge) as error:
        raise Refused(str(error)) from error
