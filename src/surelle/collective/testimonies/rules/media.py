"""What may be hosted and shown: told by the first bytes of a file, never by its name alone."""

from typing import Final

MEDIA_MEGABYTES: Final = 500

# (offset, bytes, media type); what a browser plays or shows without running anything.
SIGNATURES: Final = (
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (0, b"%PDF-", "application/pdf"),
)
RIFF: Final = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
BRANDS: Final = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime", b"avif": "image/avif"}


def media_type_of(data: bytes, name: str = "") -> str | None:
    """Return the media type of a sound, video, picture or PDF; None for anything else.

    An Ogg file is a sound unless its name says video.
    """
    for offset, magic, media_type in SIGNATURES:
        if data[offset : offset + len(magic)] == magic:
            if media_type == "audio/ogg" and name.lower().endswith((".ogv", ".ogm")):
                return "video/ogg"
            return media_type
    if data[:4] == b"RIFF":
        return RIFF.get(data[8:12])
    if data[4:8] == b"ftyp":
        return BRANDS.get(data[8:12], "video/mp4")
    return None


def shown_as(media_type: str) -> str:
    """Return how a page shows a medium: video, audio, image, or link."""
    kind = media_type.partition("/")[0]
    return kind if kind in ("video", "audio", "image") else "link"
