"""Kept files for tests."""

from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.files.actions import keep
from surelle.commons.files.models import StoredFile


def stored_file(
    cooperative: Cooperative, data: bytes = b"bonjour", name: str = "mot.txt", media_type: str = "text/plain"
) -> StoredFile:
    """Keep real bytes under the tests' media folder."""
    return keep(cooperative=cooperative, name=name, media_type=media_type, data=data, member=None)
