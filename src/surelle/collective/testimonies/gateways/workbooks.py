"""XLSX and ODS workbooks, read by calamine after they were weighed and packed anew.

calamine lays a sheet out in full, so that one cell at the far corner would ask for the memory of all the others: the
extent is measured first. It also reads the zip by itself: what it gets is a plain copy of the members it needs, each
read through the safe door.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

import python_calamine
from lxml import etree

from surelle.collective.testimonies.gateways.archives import Archive, parse_xml
from surelle.collective.testimonies.gateways.elements import attribute, local, whole_number
from surelle.collective.testimonies.gateways.limits import CELLS
from surelle.collective.testimonies.gateways.odt import refuse_encrypted
from surelle.collective.testimonies.gateways.refusals import Place, PlaceKind, UnreadableSource
from surelle.collective.testimonies.gateways.surveys import Row, Table, source_from_tables, table_of, written
from surelle.collective.testimonies.rules.reading.source import Source

NEEDED: Final = (".xml", ".rels", "mimetype")
REFERENCE: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,4})(\d{1,9})""")


def source_from_xlsx(name: str, archive: Archive, sha256: str) -> Source:
    """The persons and answers of an Excel workbook, every sheet that has any.

    Raises `UnreadableSource`: `too_many_rows`, `broken_table`, `xml_entities`, `ragged_row`, `no_header`, `no_words`.
    """
    return source_from_tables(name, "xlsx", _tables(name, archive), sha256)


def source_from_ods(name: str, archive: Archive, sha256: str) -> Source:
    """The persons and answers of an OpenDocument spreadsheet; raises as `source_from_xlsx`."""
    refuse_encrypted(name, archive)
    return source_from_tables(name, "ods", _tables(name, archive), sha256)


def _tables(name: str, archive: Archive) -> list[Table]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as copy:
        for member in archive.members:
            if member.lower().endswith(NEEDED):
                data = archive.read(member)
                if member.lower().endswith(".xml") and not member.startswith("META-INF/"):
                    _measure(name, member, data, parse_xml(name, data, member))
                copy.writestr(zipfile.ZipInfo(member), data)
    packed.seek(0)
    tables = []
    try:
        workbook = python_calamine.load_workbook(packed)
        for sheet in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            cells = [Row(number, tuple(written(cell) for cell in row)) for number, row in enumerate(rows, start=1)]
            if table := table_of(sheet, cells, name):
                tables.append(table)
    except (UnreadableSource, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        raise UnreadableSource("broken_table", name, detail=type(error).__name__) from None
    return tables


def _measure(name: str, member: str, data: bytes, root: etree._Element) -> None:
    """Refuse a sheet whose extent, or whose repetitions, would fill the memory."""
    for rows, columns in [_references(data)] if member.startswith("xl/") else _repetitions(root):
        if rows * columns > CELLS:
            place = Place(PlaceKind.MEMBER, member)
            raise UnreadableSource("too_many_rows", name, place, count=rows * columns, limit=CELLS)


def _references(data: bytes) -> tuple[int, int]:
    """The extent of a sheet of XLSX, from the references `r="AB12"` of its cells and rows."""
    rows = columns = 1
    for letters, digits in REFERENCE.findall(data):
        rows = max(rows, int(digits))
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        columns = max(columns, column)
    return rows, columns


def _repetitions(root: etree._Element) -> list[tuple[int, int]]:
    """The extents of the sheets of ODS up to their last filled cell: empty rows and cells are repeated to the edge."""
    extents = []
    for table in (e for e in root.iter() if local(e) == "table"):
        rows = columns = below = 0
        for row in (e for e in table.iter() if local(e) == "table-row"):
            width = right = 0
            for cell in row:
                right += repeated(cell, "number-columns-repeated")
                width = right if len(cell) or attribute(cell, "value-type") else width
            below += repeated(row, "number-rows-repeated")
            rows, columns = (below, max(columns, width)) if width else (rows, columns)
        extents.append((rows, columns))
    return extents


def repeated(element: etree._Element, name: str) -> int:
    """How many times a row or cell stands; a number too long to be honest counts as too many."""
    text = attribute(element, name)
    return whole_number(text, CELLS + 1) if text else 1
