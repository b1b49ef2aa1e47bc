"""Names, types and byte ranges of files, as people and browsers send them."""

import re
import unicodedata

# What a browser may show inside a page without running anything. All else is handed over as an attachment.
SHOWN_INLINE = frozenset(
    {
        "application/pdf",
        "audio/aac",
        "audio/flac",
        "audio/mp4",
        "audio/mpeg",
        "audio/ogg",
        "audio/wav",
        "audio/webm",
        "audio/x-wav",
        "image/avif",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
        "text/plain",
        "video/mp4",
        "video/ogg",
        "video/quicktime",
        "video/webm",
    }
)
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
LONGEST_NAME = 200


def clean_name(name: str) -> str:
    """Return a file's name without folders, control characters and signs that some system refuses; never empty."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(c for c in base if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    if len(base) > LONGEST_NAME:
        stem, dot, ending = base.rpartition(".")
        base = (
            f"{stem[: LONGEST_NAME - 1 - len(ending)]}.{ending}" if dot and len(ending) <= 10 else base[:LONGEST_NAME]
        )
    return base or "fichier"


def clean_media_type(media_type: str) -> str:
    """Return a media type in lower case without parameters, or "application/octet-stream" for what is none."""
    plain = media_type.split(";", 1)[0].strip().lower()
    return plain if MEDIA_TYPE.fullmatch(plain) else "application/octet-stream"


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte that a Range header asks for, of a file of `size` bytes; None: all of it.

    Raises ValueError when the range lies outside of the file. Several ranges at once are answered with the whole file.
    """
    found = RANGE.fullmatch(header.strip())
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
        if int(found[2]) == 0:
            raise ValueError("an empty range")
    else:
        first, last = int(found[1]), min(int(found[2]) if found[2] else size - 1, size - 1)
    if first >= size or last < first:
        raise ValueError(f"bytes {first}-{last} of {size}")
    return first, last
