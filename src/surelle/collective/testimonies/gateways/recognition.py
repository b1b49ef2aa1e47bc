"""Which format a file is in: its bytes first, then its name, then its words.

A name is only believed when the bytes do not say otherwise: a picture named `.docx` is a picture.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from surelle.collective.testimonies.gateways.archives import Archive
from surelle.collective.testimonies.gateways.refusals import UnreadableSource

FORMATS: Final = (
    "yeswiki", "yeswiki-json", "yeswiki-html", "slides", "markdown", "text", "html", "docx", "odt", "csv", "xlsx",
    "ods", "srt", "vtt",
)  # fmt: skip
COMPRESSED: Final = frozenset({"docx", "odt", "xlsx", "ods"})
EXTENSIONS: Final = {
    ".wiki": "yeswiki", ".yeswiki": "yeswiki", ".json": "yeswiki-json", ".md": "markdown", ".markdown": "markdown",
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx",
    ".docm": "docx", ".dotx": "docx", ".odt": "odt", ".ott": "odt", ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".ods": "ods", ".srt": "srt", ".vtt": "vtt",
}  # fmt: skip

# First bytes → code of the refusal, and the kind it names.
SIGNATURES: Final = (
    (b"%PDF-", "pdf", ""),
    (b"\x89PNG\r\n\x1a\n", "image", "PNG"),
    (b"\xff\xd8\xff", "image", "JPEG"),
    (b"GIF87a", "image", "GIF"),
    (b"GIF89a", "image", "GIF"),
    (b"II*\0", "image", "TIFF"),
    (b"MM\0*", "image", "TIFF"),
    (b"{\\rtf", "rich_text", ""),
    (b"\x1f\x8b", "archive", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "7z"),
    (b"Rar!\x1a\x07", "archive", "RAR"),
    (b"BZh9", "archive", "bzip2"),
    (b"\xfd7zXZ\0", "archive", "xz"),
    (b"ID3", "media", "MP3"),
    (b"OggS", "media", "Ogg"),
    (b"fLaC", "media", "FLAC"),
    (b"\x1a\x45\xdf\xa3", "media", "WebM"),
    (b"SQLite format 3\0", "qda_project", "SQLite, Taguette"),
)
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
MIME_TYPES: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.spreadsheet-template": "ods",
}

# The patterns below meet hostile texts: each repetition is bounded, so that none looks twice at the whole.
HTML_START: Final = re.compile(r"<(?:!doctype\s{1,9}html|html|head|body)\b", re.I)
BEFORE_HTML: Final = re.compile(r"\s*<(?:\?|!--)")
HTML_TAGS: Final = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|blockquote|table|section|article|main)>", re.I)
YESWIKI_PAGE: Final = re.compile(
    r"<meta[^>]{1,300}generator[^>]{1,300}yeswiki|class=\"[^\"]{0,300}\byeswiki|\byw-(?:container|main|topnav|content)|"
    r"/tools/(?:templates|bazar|aceditor)/|\bwiki\s{0,9}=\s{0,9}\{[^}]{0,300}baseUrl",
    re.I,
)
YESWIKI_TEXT: Final = re.compile(
    r"^={2,6}[^=\n][^\n]{0,300}={2,6}[ \t]*$|^[ \t]*\{\{ ?\w+[^}]{0,300}\}\}|\[\[[^\]\n]{1,300}\]\]|^\"\"<", re.M
)
SLIDES_TEXT: Final = re.compile(
    r"::[ \t]{0,9}(?:suivant|next)\s{0,9}>>|<<\s{0,9}(?:pr[ée]c[ée]dent|previous)[ \t]{0,9}::", re.I
)
MARKDOWN_TEXT: Final = re.compile(r"^#{1,6} \S|^[ \t]*[-*] \[[ x]\] |\[[^\]\n]{1,300}\]\(https?://|^```", re.M)
TIMES: Final = re.compile(r"^(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}\s*-->", re.M)


def extension(name: str) -> str:
    """The extension of a file name, in lower case, with its dot."""
    return PurePath(name.replace("\\", "/")).suffix.lower()


def refuse_foreign(name: str, data: bytes) -> None:
    """Refuse what its first bytes show to be no document of words.

    Raises `UnreadableSource`: `pdf`, `image`, `media`, `archive`, `rich_text`, `old_office`, `encrypted`,
    `qda_project`.
    """
    for start, code, kind in SIGNATURES:
        if data.startswith(start):
            raise UnreadableSource(code, name, kind=kind)
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        raise UnreadableSource("image", name, kind="BMP")
    if data[:4] == b"RIFF":
        raise UnreadableSource("image" if data[8:12] == b"WEBP" else "media", name, kind=_letters(data[8:12]))
    if data[4:8] == b"ftyp":
        picture = data[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        raise UnreadableSource("image" if picture else "media", name, kind=_letters(data[8:12]))
    if data[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        raise UnreadableSource("media", name, kind="MP3")
    if data.startswith(OLE):
        # Word and Excel wrap an encrypted DOCX or XLSX in the old container.
        secret = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableSource("encrypted" if secret else "old_office", name)


def _letters(data: bytes) -> str:
    return data.decode("ascii", errors="replace").strip()


def compressed_format(name: str, archive: Archive) -> str:
    """The format of a zip file, from its members.

    Raises `UnreadableSource`: `qda_project`, `archive`, `encrypted`, `damaged_archive`.
    """
    if "mimetype" in archive and (found := MIME_TYPES.get(archive.read("mimetype", 200).strip())):
        return found
    if "project.qde" in archive:
        raise UnreadableSource("qda_project", name, kind="REFI-QDA")
    if "[Content_Types].xml" in archive:
        folders = {member.split("/")[0] for member in archive.members}
        if "word" in folders:
            return "docx"
        if "xl" in folders:
            return "xlsx"
    raise UnreadableSource("archive", name, kind="zip")


def text_format(name: str, text: str) -> str:
    """The format of a text, from what its words show, then from its extension; `text` when neither tells."""
    named = EXTENSIONS.get(extension(name), "")
    head = text[:20_000]
    if text.startswith("WEBVTT"):
        return "vtt"
    if named in ("srt", "vtt", "csv", "markdown", "yeswiki", "yeswiki-json"):
        return named
    if TIMES.search(head) and named != "html":
        return "srt"
    if starts_html(head) or named == "html" or (named != "text" and len(HTML_TAGS.findall(head)) > 2):
        return "yeswiki-html" if YESWIKI_PAGE.search(text[:200_000]) else "html"
    if SLIDES_TEXT.search(text):
        return "slides"
    if len(YESWIKI_TEXT.findall(head)) > 1 or re.search(r"^={4,6}[^=\n]{1,300}={4,6}[ \t]*$|^\{\{\w+", head, re.M):
        return "yeswiki"
    if not named and head.lstrip()[:1] in "{[" and re.match(r"\s*[{\[]\s*[\"{\[]", head):
        return "yeswiki-json"
    if not named and MARKDOWN_TEXT.search(head):
        return "markdown"
    return "text"


def starts_html(head: str) -> bool:
    """Whether a text opens as a page does, declarations and comments passed over."""
    position = 0
    while BEFORE_HTML.match(head, position):
        end = head.find(">", position)
        if head.startswith("<!--", head.find("<", position)):
            end = head.find("-->", position)
        if end < 0:
            return False
        position = head.find(">", end) + 1
    return HTML_START.match(head[position : position + 200].lstrip()) is not None
