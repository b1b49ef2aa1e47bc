"""From bytes to text: encodings, line ends, NFC. The text that leaves here has LF ends and no control character."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from surelle.collective.testimonies.gateways.limits import LINES, TEXT_BYTES
from surelle.collective.testimonies.gateways.refusals import Octets, Place, PlaceKind, UnreadableSource
from surelle.collective.testimonies.gateways.remarks import Remark

# The byte order marks, UTF-32 first because it starts like UTF-16 LE.
MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# What no text holds: C0 and C1 controls but the ends of lines and the tabulation.
CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
LINE_ENDS: Final = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
UTF8_LETTER: Final = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x90-\xbf]")
MARKS_ON_A_LETTER: Final = 30  # as Unicode's stream-safe text
CONTROLS_OF_BINARY: Final = 0.01  # a share of the text past which it is no text at all


@dataclass(frozen=True)
class Decoded:
    """A text in NFC with LF ends, the encoding it came in, and what was noticed."""

    text: str
    encoding: str
    remarks: tuple[Remark, ...] = ()


def decode(name: str, data: bytes) -> Decoded:
    """The text of these bytes, whatever their encoding among UTF-8, UTF-16, UTF-32 and Windows-1252.

    Raises `UnreadableSource`: `too_long`, `empty`, `nul_bytes`, `binary`, `encoding`, `mixed_encoding`.
    """
    if len(data) > TEXT_BYTES:
        raise UnreadableSource("too_long", name, size=Octets(len(data)), limit=Octets(TEXT_BYTES))
    text, encoding = _decoded(name, data)
    return cleaned(name, text, encoding)


def cleaned(name: str, text: str, encoding: str) -> Decoded:
    """A decoded text brought to NFC and LF, refused when it is no text.

    Raises `UnreadableSource`: `empty`, `nul_bytes`, `binary`.
    """
    text = LINE_ENDS.sub("\n", text)
    controls = len(CONTROLS.findall(text)) - text.count("\0")
    if controls > max(2, CONTROLS_OF_BINARY * len(text)):
        raise UnreadableSource("binary", name)
    if (nul := text.find("\0")) >= 0:
        raise UnreadableSource("nul_bytes", name, Place(PlaceKind.LINE, text.count("\n", 0, nul) + 1))
    remarks = []
    if encoding != "utf-8":
        remarks.append(
            Remark(
                "decoded_as", file=name, encoding=encoding.upper() if encoding.startswith("utf") else encoding.title()
            )
        )
    if controls:
        text = CONTROLS.sub("", text)
        remarks.append(Remark("control_characters", count=controls))
    text = composed(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    if not text.strip():
        raise UnreadableSource("empty", name)
    if text.count("\n") > LINES:
        raise UnreadableSource("too_many_lines", name, limit=LINES)
    return Decoded(text, encoding, tuple(remarks))


def composed(text: str) -> str:
    """The text in NFC. A heap of marks over one letter is cut to `MARKS_ON_A_LETTER`: sorting it would take forever."""
    if text.isascii():
        return text
    marks = "".join(c for c in set(text) if unicodedata.combining(c))
    if marks:
        heap = f"([{re.escape(marks)}]{{{MARKS_ON_A_LETTER}}})[{re.escape(marks)}]+"
        text = re.sub(heap, r"\1", text)
    return unicodedata.normalize("NFC", text)


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(name, data, encoding, len(mark)), encoding
    if encoding := _unmarked_utf16(data):
        return _strictly(name, data, encoding, 0), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            place = Place(PlaceKind.LINE, data.count(b"\n", 0, error.start) + 1)
            raise UnreadableSource("mixed_encoding", name, place) from None
    return _strictly(name, data, "windows-1252", 0), "windows-1252"


def _strictly(name: str, data: bytes, encoding: str, start: int) -> str:
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        before = data[start : start + error.start].decode(encoding, errors="replace")
        if len(CONTROLS.findall(before)) > CONTROLS_OF_BINARY * len(before):
            raise UnreadableSource("binary", name) from None
        line = LINE_ENDS.sub("\n", before).count("\n") + 1
        code = "mixed_encoding" if encoding == "utf-8" else "encoding"
        raise UnreadableSource(code, name, Place(PlaceKind.LINE, line)) from None


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without its mark shows as a NUL beside nearly every letter of a European language."""
    head = data[:4096]
    half = len(head) // 2
    if half < 2 or len(data) % 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether a text that is no UTF-8 is one with a fault rather than Windows-1252.

    In Windows-1252 a UTF-8 letter would read "Ã©" or "â€™": nobody writes that, so one of them as often as stray
    high bytes tells.
    """
    letters = len(UTF8_LETTER.findall(data))
    strays = sum(1 for byte in UTF8_LETTER.sub(b"", data) if byte >= 0x80)
    return letters > 0 and letters >= strays
