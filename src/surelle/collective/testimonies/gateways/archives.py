"""The one door to compressed files: everything is weighed before anything is opened."""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType
from typing import IO, Self

from lxml import etree

from surelle.collective.testimonies.gateways.limits import MEMBER_BYTES, MEMBERS, OPENED_BYTES, RATIO, RATIO_FROM_BYTES
from surelle.collective.testimonies.gateways.refusals import Octets, Place, PlaceKind, UnreadableSource

# All that zipfile and its decompressors raise on a damaged or hostile file.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)


class Archive:
    """A zip file whose members can be read safely, and are: number, weights and ratio are checked at opening.

    `opened_limit` weighs, in bytes, all the members whose name `weighed` does not leave out.
    Raises `UnreadableSource`: `damaged_archive`, `too_many_members`, `zip_bomb`, `encrypted`.
    """

    def __init__(
        self, name: str, data: bytes | IO[bytes], *, opened_limit: int = OPENED_BYTES, unweighed: tuple[str, ...] = ()
    ) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
        except DAMAGE:
            raise UnreadableSource("damaged_archive", name) from None
        try:
            self._weigh(opened_limit, unweighed)
        except UnreadableSource:
            self._zip.close()
            raise

    def _weigh(self, opened_limit: int, unweighed: tuple[str, ...]) -> None:
        members = self._zip.infolist()
        if len(members) > MEMBERS:
            raise UnreadableSource("too_many_members", self.name, count=len(members), limit=MEMBERS)
        weighed = [m for m in members if not m.filename.lower().endswith(unweighed or ("\0",))]
        opened = sum(m.file_size for m in weighed)
        compressed = sum(m.compress_size for m in weighed)
        if opened > opened_limit:
            raise UnreadableSource("zip_bomb", self.name, size=Octets(opened), limit=Octets(opened_limit))
        for size, packed in ((opened, compressed), *((m.file_size, m.compress_size) for m in weighed)):
            if size > RATIO_FROM_BYTES and size > RATIO * max(packed, 1):
                limit = max(RATIO_FROM_BYTES, RATIO * packed)
                raise UnreadableSource("zip_bomb", self.name, size=Octets(size), limit=Octets(limit))
        self.members = {m.filename: m for m in members if not m.is_dir()}

    def __contains__(self, member: str) -> bool:
        return member in self.members

    def read(self, member: str, limit: int = MEMBER_BYTES) -> bytes:
        """The bytes of one member, at most `limit`.

        Raises `UnreadableSource`: `missing_member`, `encrypted`, `zip_bomb`, `damaged_archive`.
        """
        place = Place(PlaceKind.MEMBER, member)
        info = self.members.get(member)
        if info is None:
            raise UnreadableSource("missing_member", self.name, place)
        if info.flag_bits & 0x1:
            raise UnreadableSource("encrypted", self.name)
        if info.file_size > limit:
            raise UnreadableSource("zip_bomb", self.name, place, size=Octets(info.file_size), limit=Octets(limit))
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)  # the declared size may lie: never more than this is opened
                if len(data) > limit or len(data) != info.file_size:
                    raise UnreadableSource("damaged_archive", self.name, place)
        except DAMAGE:
            raise UnreadableSource("damaged_archive", self.name, place) from None
        return data

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def parse_xml(name: str, data: bytes, member: str = "") -> etree._Element:
    """The root of an XML document in UTF-8 that declares neither DTD nor entities.

    Raises `UnreadableSource`: `xml_encoding`, `xml_entities`, `xml_broken`, `nesting`; the place is the member, or the
    line when the document stands alone.
    """
    place = Place(PlaceKind.MEMBER, member) if member else None
    # Refused on the bytes, before any parser sees them; a UTF-16 document could hide a DTD from this look.
    if b"\0" in data[:4096] or _declared_encoding(data) not in ("", "utf-8", "us-ascii", "ascii"):
        raise UnreadableSource("xml_encoding", name, place)
    for mark in (b"<!DOCTYPE", b"<!ENTITY"):
        if (found := data.find(mark)) >= 0:
            line = Place(PlaceKind.LINE, data.count(b"\n", 0, found) + 1)
            raise UnreadableSource("xml_entities", name, place or line)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        text = error.msg or ""
        if "depth" in text.lower():
            raise UnreadableSource("nesting", name, place, limit=256) from None
        line = Place(PlaceKind.LINE, error.lineno or 1)
        raise UnreadableSource("xml_broken", name, place or line, detail=text.split(", line ")[0]) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableSource("xml_entities", name, place)
    return root


def _declared_encoding(data: bytes) -> str:
    head = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"<?xml"):
        return ""
    declaration = head.partition(b"?>")[0]
    _, found, value = declaration.partition(b"encoding")
    if not found:
        return ""
    return value.strip().lstrip(b"=").strip().strip(b"\"'").split(b'"')[0].split(b"'")[0].decode("latin-1").lower()
