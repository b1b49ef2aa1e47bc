"""Bad input: each gets one clear sentence with the file, the place and the mend, in French and in English."""

from __future__ import annotations

import csv
import io
import random
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surelle.collective.testimonies.gateways import FORMATS, PlaceKind, UnreadableSource, read_source
from surelle.collective.testimonies.gateways.refusal_sentences import REFUSALS
from surelle.collective.testimonies.gateways.refusals import PLACES
from surelle.collective.testimonies.rules.reading.source import LineKind, Source
from surelle.collective.testimonies.tests.made_files import (
    DECLARATION,
    docx,
    encrypted,
    ods,
    ods_row,
    odt,
    packed,
    paragraph,
    xlsx,
)

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>'
)
EXTERNAL = f'{DECLARATION}<!DOCTYPE x SYSTEM "http://exemple.fr/x.dtd"><x/>'


def with_document(document: str | bytes) -> bytes:
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def bomb(name: str, size: int) -> bytes:
    return packed({"[Content_Types].xml": "<Types/>", name: b"0" * size})


def many_members() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for number in range(10_001):
            package.writestr(str(number), b"")
    return file.getvalue()


def far_corner() -> bytes:
    rows = [["Nom", "Q"], ["Ana", "x"]]
    file = io.BytesIO(xlsx(R=rows))
    with zipfile.ZipFile(file) as package:
        members = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = members[sheet].replace(b'r="B2"', b'r="XFD1048576"')
    return packed(members)


TABLE = [
    # name, data, format, code, the place in French, the place in English
    ("vide.txt", b"", "", "empty", "", ""),
    ("blanc.txt", b" \r\n\t\n", "", "empty", "", ""),
    ("a.txt", b"x" * 10_000_001, "", "too_long", "10 Mo", "10 MB"),
    ("a.txt", b"x\n" * 200_002, "", "too_many_lines", "200\u202f000", "200,000"),
    ("a.html", b"<html><body>" + b"x<br>" * 200_002, "", "too_many_lines", "200\u202f000", "200,000"),
    ("a.csv", b"a;" * 1_000_001 + b"a\nx", "", "too_many_rows", "", ""),
    ("a.txt", b"x", "word", "unknown_format", "", ""),
    ("a.docx", PNG, "", "image", "", ""),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20), "", "image", "", ""),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "", "old_office", "", ""),
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "", "encrypted", "", ""),
    ("a.pdf", b"%PDF-1.7\n", "", "pdf", "", ""),
    ("a.rtf", b"{\\rtf1 x}", "", "rich_text", "", ""),
    ("a.mp3", b"ID3\x04" + bytes(20), "", "media", "", ""),
    ("a.mp4", b"\0\0\0\x20ftypisom" + bytes(20), "", "media", "", ""),
    ("a.zip", packed({"a.txt": "x"}), "", "archive", "", ""),
    ("a.gz", b"\x1f\x8b\x08", "", "archive", "", ""),
    ("a.qdpx", packed({"project.qde": "<x/>"}), "", "qda_project", "", ""),
    ("a.sqlite3", b"SQLite format 3\0" + bytes(100), "", "qda_project", "", ""),
    ("a.docx", b"bonjour", "", "other_content", "", ""),
    ("a.docx", odt("<text:p>a</text:p>"), "docx", "other_content", "", ""),
    ("a.txt", docx(paragraph("a")), "text", "other_content", "", ""),
    ("a.docx", docx(paragraph("a"))[:200], "", "damaged_archive", "", ""),
    ("a.docx", encrypted(docx(paragraph("a"))), "", "encrypted", "", ""),
    ("a.odt", encrypted(odt("<text:p>a</text:p>")), "", "encrypted", "", ""),
    ("bombe.docx", bomb("word/document.xml", 30_000_000), "", "zip_bomb", "30 Mo", "30 MB"),
    ("bombe.docx", bomb("media.bin", 301_000_000), "", "zip_bomb", "301 Mo", "301 MB"),
    ("a.docx", many_members(), "", "too_many_members", "10\u202f001", "10,001"),
    ("a.docx", packed({"[Content_Types].xml": "<Types/>", "word/x.xml": "<x/>"}), "", "missing_member",
     "partie « word/document.xml »", "part “word/document.xml”"),
    ("a.docx", with_document(LAUGHS), "", "xml_entities", "partie « word/document.xml »", "part “word/document.xml”"),
    ("a.docx", with_document(EXTERNAL), "", "xml_entities", "partie « word/document.xml »", "part “word/document.xml”"),
    ("a.docx", with_document(EXTERNAL.replace("UTF-8", "UTF-16").encode("utf-16")), "", "xml_encoding",
     "partie « word/document.xml »", "part “word/document.xml”"),
    ("a.docx", with_document("<x><y></x>"), "", "xml_broken", "partie « word/document.xml »", "part “word"),
    ("a.docx", docx("<w:x>" * 300 + "</w:x>" * 300), "", "nesting", "partie", "part"),
    ("a.docx", docx(""), "", "no_words", "", ""),
    ("a.odt", odt(""), "", "no_words", "", ""),
    ("a.html", b"<html><body>" + b"<div>" * 100_000 + b"mot", "", "nesting", "250", "250"),
    ("a.html", b"<html><script>x</script></html>", "", "no_words", "", ""),
    ("a.json", b'{"a":\n\n x}', "", "json_broken", "ligne 3", "line 3"),
    ("a.json", b"[" * 100_000, "", "nesting", "", ""),
    ("a.txt", b"Ana\nBon\0jour", "", "nul_bytes", "ligne 2", "line 2"),
    ("a.txt", random.Random(1).randbytes(5_000), "", "binary", "", ""),
    ("a.txt", b"Ana\r\nB\x8donj", "", "encoding", "ligne 2", "line 2"),
    ("a.txt", "été\nnoël\n".encode() + b"caf\xe9", "", "mixed_encoding", "ligne 3", "line 3"),
    ("a.txt", b"\xff\xfea\0\nbb\xd8\0\xd8", "", "encoding", "ligne 1", "line 1"),
    ("a.csv", b"Nom;Q\nAna;x\nBob;y;z\n", "", "ragged_row", "rang\xe9e 3", "row 3"),
    ("a.csv", b"Nom;Q;R\nAna;x\n", "", "ragged_row", "rang\xe9e 2", "row 2"),
    ("a.csv", b'Nom;Q\nAna;x\nBob;"y\n', "", "unclosed_quote", "rang\xe9e 3", "row 3"),
    ("a.csv", b"Nom;Email\nAna;a@b.fr\n", "", "no_header", "", ""),
    ("a.csv", b"Nom;Q\n", "", "no_words", "", ""),
    ("a.xlsx", xlsx(R=[["Nom", "Q"], ["Ana", "x", "y"]]), "", "ragged_row", "rang\xe9e 2", "row 2"),
    ("a.xlsx", far_corner(), "", "too_many_rows", "1\u202f000\u202f000", "1,000,000"),
    ("a.ods", ods('<table:table-row table:number-rows-repeated="999999">'
                  '<table:table-cell table:number-columns-repeated="9999" office:value-type="string">'
                  "<text:p>a</text:p></table:table-cell></table:table-row>"), "", "too_many_rows", "", ""),
    ("a.ods", ods(ods_row("Nom", "Q"), **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "", "encrypted",
     "", ""),
    ("a.xlsx", packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), "", "broken_table", "", ""),
    ("a.srt", b"bonjour", "", "no_cues", "", ""),
    ("a.srt", b"1\n00:00:01,000 -> \nA\n\n2\n00:99:01,000 --> 00:00:02,000\nA", "", "cue_time", "ligne 6", "line 6"),
    ("a.srt", b"1\n00:00:09,000 --> 00:00:10,000\nA\n\n2\n00:00:01,000 --> 00:00:02,000\nB", "", "cue_order",
     "r\xe9plique 2", "cue 2"),
    ("a.vtt", b"WEBVTT\n\n00:09.000 --> 00:01.000\nA", "", "cue_backwards", "r\xe9plique 1", "cue 1"),
    ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>", "", "no_words", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "format", "code", "french", "english"), TABLE, ids=[f"{row[3]}-{row[0]}" for row in TABLE]
)
def test_bad_input_gets_a_sentence(name: str, data: bytes, format: str, code: str, french: str, english: str) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableSource) as caught:
        read_source(name, data, format)
    assert time.process_time() - started < 20  # an attack would take minutes: this is no measure
    error = caught.value
    assert error.code == code
    for language, place in (("fr", french), ("en", english)):
        sentence = error.message(language)
        assert name in sentence
        assert place in sentence
        assert "\n" not in sentence
        assert "{" not in sentence
        assert ("Pour y remédier" if language == "fr" else "To mend it") in sentence


def test_every_refusal_has_its_sentences_in_both_languages() -> None:
    for code, sentences in REFUSALS.items():
        assert set(sentences) == {"fr", "en"}, code
        assert all(sentence.what and sentence.mend for sentence in sentences.values()), code
    assert set(PLACES) == set(PlaceKind)


def test_a_hostile_name_stays_on_one_line() -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_source("a\n<b>{x}\x1b[31m" + "é" * 500, b"")
    assert "\n" not in caught.value.message()
    assert "\x1b" not in caught.value.message()
    assert len(caught.value.message()) < 400


def checked(source: Source) -> Source:
    assert [line.number for line in source.lines] == list(range(1, len(source.lines) + 1))
    assert all(line.text or line.kind in (LineKind.BLANK, LineKind.CHROME) for line in source.lines)
    return source


def said(error: UnreadableSource) -> None:
    assert all(error.file in error.message(language) for language in ("fr", "en"))


STARTS = st.sampled_from(
    [b"", b"PK\x03\x04", b"<html>", b"WEBVTT\n", b"\xff\xfe", b"\xef\xbb\xbf", b"Nom;Q\n", b"{", b"====== A ======\n",
     b"1\n00:00:01,000 --> 00:00:02,000\n", b"# ", b'"', b"RIFF"]
)  # fmt: skip
NAMES = st.sampled_from(["a", "a.txt", "a.csv", "a.html", "a.srt", "a.vtt", "a.json", "a.md", "a.wiki", "a.docx"])


@settings(max_examples=150, deadline=None)
@given(name=NAMES, start=STARTS, data=st.binary(max_size=400))
def test_any_bytes_give_a_source_or_a_refusal(name: str, start: bytes, data: bytes) -> None:
    try:
        checked(read_source(name, start + data))
    except UnreadableSource as error:
        said(error)


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from('ab é\n\r<>/=-"“«»;,:!.{}[]()*#&\u0301\u2028\x850123456789'), max_size=300),
    format=st.sampled_from([f for f in FORMATS if f not in ("docx", "odt", "xlsx", "ods")]),
)
def test_any_text_in_any_text_format_gives_a_source_or_a_refusal(text: str, format: str) -> None:
    try:
        source = checked(read_source("a", text.encode(), format))
    except UnreadableSource as error:
        said(error)
    else:
        assert source.format == format


@settings(max_examples=60, deadline=None)
@given(data=st.data(), made=st.sampled_from(["docx", "odt", "xlsx", "ods"]))
def test_a_damaged_document_gives_a_source_or_a_refusal(data: st.DataObject, made: str) -> None:
    whole = bytearray(MADE[made])
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        checked(read_source("a." + made, bytes(whole)))
    except UnreadableSource as error:
        said(error)


MADE = {
    "docx": docx(paragraph("Ana") * 3),
    "odt": odt("<text:p>Ana</text:p>" * 3),
    "xlsx": xlsx(R=[["Nom", "Q"], ["Ana", "x"]]),
    "ods": ods(ods_row("Nom", "Q") + ods_row("Ana", "x")),
}
CELL = st.text(alphabet=st.sampled_from("ab é;,\t|\"\n'=-+"), max_size=12).map(
    lambda text: "\n".join(part.strip() for part in text.split("\n")).strip("\n")
)


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=6),
    delimiter=st.sampled_from([";", ",", "\t", "|"]),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_any_rows_of_a_survey_come_back(rows: list[list[str]], delimiter: str, ends: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=ends, quoting=csv.QUOTE_ALL)
    writer.writerows([["Nom", "Pourquoi", "Comment"], *[[f"p{i}", *row] for i, row in enumerate(rows)]])
    source = checked(read_source("a.csv", file.getvalue().encode()))
    found: dict[str, dict[str, list[str]]] = {}
    for line in source.lines:
        if line.kind is LineKind.AUTHOR:
            person = found.setdefault(line.text, {})
        elif line.kind is LineKind.QUESTION:
            answer = person.setdefault(line.text, [])
        elif line.kind is LineKind.TEXT:
            answer.append(line.text)
    for index, row in enumerate(rows):
        expected = {
            question: [part.strip() for part in cell.split("\n") if part.strip()]
            for question, cell in zip(("Pourquoi", "Comment"), row, strict=True)
            if cell.strip()
        }
        assert found[f"p{index}"] == expected
