"""From the bytes of a file to the `Source` that the rules of reading understand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from surelle.collective.testimonies.gateways.archives import Archive
from surelle.collective.testimonies.gateways.decoding import decode
from surelle.collective.testimonies.gateways.docx import source_from_docx
from surelle.collective.testimonies.gateways.limits import FILE_BYTES, TAG_DEPTH
from surelle.collective.testimonies.gateways.odt import source_from_odt
from surelle.collective.testimonies.gateways.plain import source_from_markdown, source_from_text
from surelle.collective.testimonies.gateways.recognition import (
    COMPRESSED,
    EXTENSIONS,
    FORMATS,
    ZIP,
    compressed_format,
    extension,
    refuse_foreign,
    text_format,
)
from surelle.collective.testimonies.gateways.refusals import Octets, Place, PlaceKind, UnreadableSource
from surelle.collective.testimonies.gateways.surveys import source_from_csv
from surelle.collective.testimonies.gateways.transcripts import source_from_srt, source_from_vtt
from surelle.collective.testimonies.gateways.webpage import source_from_html, source_from_yeswiki_html
from surelle.collective.testimonies.gateways.wiki import (
    source_from_slides,
    source_from_yeswiki,
    source_from_yeswiki_json,
)
from surelle.collective.testimonies.gateways.workbooks import source_from_ods, source_from_xlsx
from surelle.collective.testimonies.rules.reading.source import LineKind, Source

FROM_TEXT: Final[Mapping[str, Callable[[str, str, str, str], Source]]] = {
    "yeswiki": source_from_yeswiki,
    "yeswiki-json": source_from_yeswiki_json,
    "yeswiki-html": source_from_yeswiki_html,
    "slides": source_from_slides,
    "markdown": source_from_markdown,
    "text": source_from_text,
    "html": source_from_html,
    "csv": source_from_csv,
    "srt": source_from_srt,
    "vtt": source_from_vtt,
}
FROM_ARCHIVE: Final[Mapping[str, Callable[[str, Archive, str], Source]]] = {
    "docx": source_from_docx,
    "odt": source_from_odt,
    "xlsx": source_from_xlsx,
    "ods": source_from_ods,
}


def read_source(name: str, data: bytes, format: str = "") -> Source:
    """The lines of a file, of the given format or of the one that its bytes, its name and its words show.

    `name` is the file's name, for its extension and for the sentences; `format` one of `FORMATS` or "". Line numbers
    start at 1 and follow each other. Raises `UnreadableSource` with any code of `REFUSALS`, and nothing else.
    """
    if format and format not in FORMATS:
        raise UnreadableSource("unknown_format", name, format=format, known=", ".join(FORMATS))
    if not data:
        raise UnreadableSource("empty", name)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        source = _read(name, data, format, sha256)
    except RecursionError:
        raise UnreadableSource("nesting", name, limit=TAG_DEPTH) from None
    if not any(line.kind is not LineKind.BLANK for line in source.lines):
        raise UnreadableSource("no_words", name)
    return source


def _read(name: str, data: bytes, format: str, sha256: str) -> Source:
    refuse_foreign(name, data)
    if data.startswith(ZIP):
        if len(data) > FILE_BYTES:
            raise UnreadableSource("too_large", name, size=Octets(len(data)), limit=Octets(FILE_BYTES))
        with Archive(name, data) as archive:
            found = compressed_format(name, archive)
            if format and format != found:
                raise UnreadableSource("other_content", name, format=format.upper())
            return FROM_ARCHIVE[found](name, archive, sha256)
    announced = format or EXTENSIONS.get(extension(name), "")
    if announced in COMPRESSED:
        raise UnreadableSource("other_content", name, format=announced.upper())
    decoded = decode(name, data)
    shape = format or text_format(name, decoded.text)
    if shape == "yeswiki-json":
        _check_json(name, decoded.text)
    source = FROM_TEXT[shape](name, decoded.text, sha256, decoded.encoding)
    return replace(source, remarks=decoded.remarks + tuple(source.remarks))


def _check_json(name: str, text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(PlaceKind.LINE, error.lineno)
        raise UnreadableSource("json_broken", name, place, detail=error.msg) from None
    except ValueError as error:  # a number of more digits than Python takes
        raise UnreadableSource("json_broken", name, detail=str(error)) from None
