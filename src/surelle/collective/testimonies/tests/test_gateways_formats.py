"""What each format gives: the lines a careful person would copy out."""

from __future__ import annotations

import hashlib
import pickle
from datetime import date

import pytest

from surelle.collective.testimonies.gateways import FORMATS, Remark, read_source
from surelle.collective.testimonies.gateways.recognition import text_format
from surelle.collective.testimonies.gateways.remarks import REMARKS
from surelle.collective.testimonies.rules.reading.source import LineKind, Source
from surelle.collective.testimonies.tests.made_files import docx, ods, ods_row, odt, paragraph, xlsx

K = LineKind


def said(source: Source) -> list[tuple[LineKind, str]]:
    return [(line.kind, line.text) for line in source.lines if line.kind is not K.BLANK]


def codes(source: Source) -> list[str]:
    return [remark.code for remark in source.remarks if isinstance(remark, Remark)]


PAGE = """<!doctype html><html><head><title>Nos voix</title><style>p{}</style></head><body class="yeswiki">
<nav><a href="/">Menu</a></nav><div id="yw-container"><div class="page">
<h2 onclick="steal()">Groupe local <em>Lyon</em></h2>
<p>Ana Roy<br><br>On se <a href="https://drive.google.com/file/d/1">voit ici</a>, <a href="javascript:x()">là</a></p>
<blockquote><p>On tient ensemble.</p><footer>Ana</footer></blockquote>
<ul><li>premier<ul><li>dessous</li></ul></li><li>second</li></ul>
<p><strong>Pourquoi ?</strong></p><iframe src="https://www.youtube.com/embed/1"></iframe>
<table><tr><td>question</td><td>réponse</td></tr></table>
<script>alert(1)</script><div class="breadcrumb">fil</div></div></div><footer>pied</footer></body></html>"""


def test_a_wiki_page_gives_its_content_and_neither_menus_nor_scripts() -> None:
    source = read_source("page.html", PAGE.encode())
    assert source.format == "yeswiki-html"
    assert source.title == "Nos voix"
    assert said(source) == [
        (K.HEADING, "Groupe local Lyon"),
        (K.TEXT, "Ana Roy"),
        (K.TEXT, "On se voit ici, là"),
        (K.QUOTE, "On tient ensemble."),
        (K.QUOTE, "Ana"),
        (K.ITEM, "premier"),
        (K.ITEM, "dessous"),
        (K.ITEM, "second"),
        (K.TEXT, "Pourquoi ?"),
        (K.TEXT, "https://www.youtube.com/embed/1"),
        (K.TEXT, "question"),
        (K.TEXT, "réponse"),
        (K.CHROME, "fil"),
    ]
    by_text = {line.text: line for line in source.lines}
    assert by_text["Groupe local Lyon"].level == 2
    assert [by_text[text].level for text in ("premier", "dessous", "second")] == [1, 2, 1]
    assert [link.url for link in by_text["On se voit ici, là"].links] == ["https://drive.google.com/file/d/1"]
    assert by_text["On se voit ici, là"].links[0].expires
    assert [line.text for line in source.lines if line.is_strong] == ["Pourquoi ?"]
    assert codes(source) == ["scripts_dropped", "outside_content"]


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("<main><p>Dedans</p></main><p>Dehors</p>", ["Dedans"]),
        ("<article><p>Dedans</p></article><p>Dehors</p>", ["Dedans"]),
        ("<p>un<p>deux</p>trois", ["un", "deux", "trois"]),
        ("<html><body><pre>a\n  b</pre><p>c &amp; d&nbsp;!</p>", ["a", "b", "c & d\xa0!"]),
        ("<html><body><p>Il dit <q>oui</q></p><p hidden>caché</p>", ['Il dit "oui"']),
        ("<html><body><video><source src='/film.mp4'></video><p>mot</p>", ["/film.mp4", "mot"]),
    ],
)
def test_any_page_gives_its_visible_lines(page: str, texts: list[str]) -> None:
    assert [text for _, text in said(read_source("page.html", page.encode()))] == texts


def test_a_word_document_keeps_headings_lists_quotes_and_links() -> None:
    body = (
        paragraph("Nos voix", "Titre")
        + paragraph("Groupe de travail Cap", "Titre1")
        + paragraph("Sous", "Sous")
        + paragraph("dit", "Citation")
        + paragraph("point", "Puces")
        + paragraph("dessous", "", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>')
        + paragraph("Pourquoi ?", run="<w:b/>")
        + "<w:p/>"
        + '<w:p><w:hyperlink r:id="lien"><w:r><w:t>ici</w:t></w:r></w:hyperlink>'
        "<w:del><w:r><w:t>non</w:t></w:r></w:del>"
        '<w:r><w:t xml:space="preserve"> et</w:t><w:br/><w:t>là</w:t></w:r></w:p>'
        + "<w:tbl><w:tr><w:tc>"
        + paragraph("case 1")
        + "</w:tc><w:tc>"
        + paragraph("case 2")
        + "</w:tc></w:tr></w:tbl>"
    )
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment/></w:comments>'
    )
    source = read_source("voix.docx", docx(body, comments=comments))
    assert source.title == "Nos voix"
    assert said(source) == [
        (K.HEADING, "Nos voix"),
        (K.HEADING, "Groupe de travail Cap"),
        (K.HEADING, "Sous"),
        (K.QUOTE, "dit"),
        (K.ITEM, "point"),
        (K.ITEM, "dessous"),
        (K.TEXT, "Pourquoi ?"),
        (K.TEXT, "ici et"),
        (K.TEXT, "là"),
        (K.TEXT, "case 1"),
        (K.TEXT, "case 2"),
    ]
    by_text = {line.text: line for line in source.lines}
    assert by_text["dessous"].level == 2
    assert [line.text for line in source.lines if line.is_strong] == ["Pourquoi ?"]
    assert by_text["ici et"].links[0].service == "wetransfer"
    assert codes(source) == ["comments_ignored", "deletions_ignored"]


def test_an_opendocument_text_keeps_the_same() -> None:
    styles = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
    body = (
        '<text:h text:outline-level="2">Groupe local Lyon</text:h><text:p>Ana<text:s text:c="2"/>Roy</text:p><text:p/>'
        '<text:p text:style-name="P1">dit</text:p><text:list><text:list-item><text:p>point</text:p><text:list>'
        "<text:list-item><text:p>dessous</text:p></text:list-item></text:list></text:list-item></text:list>"
        '<text:p>voir <text:a xlink:href="https://we.tl/t-1">ici</text:a><office:annotation><text:p>note</text:p>'
        "</office:annotation><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>bas</text:p>"
        "</text:note-body></text:note></text:p>"
    )
    source = read_source("voix.odt", odt(body, styles))
    assert said(source) == [
        (K.HEADING, "Groupe local Lyon"),
        (K.TEXT, "Ana  Roy"),
        (K.QUOTE, "dit"),
        (K.ITEM, "point"),
        (K.ITEM, "dessous"),
        (K.TEXT, "voir ici"),
        (K.TEXT, "bas"),
    ]
    assert codes(source) == ["comments_ignored"]


SURVEY = [
    ["Horodateur", "Prénom", "Nom", "Adresse e-mail", "Groupe local", "Qu'apporte-t-elle ?", "Autorisez-vous ?"],
    ["2026-03-02", "Ana", "Roy", "ana@exemple.fr", "Lyon", "Un cadre.\n\nDes pairs.", "oui"],
    ["2026-03-03", "", "", "", "", "", "non"],
    ["2026-03-04", "Léo", "", "", "Lyon", "Idem", "oui"],
]
SURVEY_LINES = [
    (K.HEADING, "Groupe local Lyon"),
    (K.AUTHOR, "Ana Roy"),
    (K.CHROME, "2026-03-02"),
    (K.CHROME, "oui"),
    (K.QUESTION, "Qu'apporte-t-elle ?"),
    (K.TEXT, "Un cadre."),
    (K.TEXT, "Des pairs."),
    (K.HEADING, "Témoignages"),
    (K.AUTHOR, "Anonyme 1"),
    (K.CHROME, "2026-03-03"),
    (K.CHROME, "non"),
    (K.HEADING, "Groupe local Lyon"),
    (K.AUTHOR, "Léo"),
    (K.CHROME, "2026-03-04"),
    (K.CHROME, "oui"),
    (K.QUESTION, "Qu'apporte-t-elle ?"),
    (K.TEXT, "Idem"),
]


def test_a_survey_gives_a_person_a_row_and_a_question_a_column() -> None:
    source = read_source("enquete.xlsx", xlsx(Réponses=SURVEY))
    assert said(source) == SURVEY_LINES
    assert [line.speaker for line in source.lines if line.kind is K.CHROME] == ["date", "consent"] * 3
    assert codes(source) == ["columns_left_out"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
def test_a_survey_in_csv_reads_the_same_in_any_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    def quoted(cell: str) -> str:
        return f'"{cell}"' if any(c in cell for c in "\n;,|\t") else cell

    text = "\r\n".join(delimiter.join(quoted(cell) for cell in row) for row in SURVEY)
    source = read_source("enquete.csv", text.encode(encoding))
    assert said(source) == SURVEY_LINES


def test_a_survey_in_ods_and_its_sheets() -> None:
    rows = ods_row("Nom", "Pourquoi ?") + ods_row("Ana", "Pour voir")
    edge = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    lines = [(K.AUTHOR, "Ana"), (K.QUESTION, "Pourquoi ?"), (K.TEXT, "Pour voir")]
    assert said(read_source("enquete.ods", ods(rows + edge))) == lines
    two = read_source(
        "enquete.xlsx", xlsx(Un=[["Nom", "Q"], ["Ana", 3]], Vide=[], Deux=[["Q"], [date(2026, 1, 2).isoformat()]])
    )
    assert (K.HEADING, "Un") in said(two)
    assert (K.TEXT, "3") in said(two)
    assert codes(two) == ["several_sheets", "no_name_column"]


SRT = """1
00:00:01,000 --> 00:00:03,000
ANA: Bonjour

2
00:00:02,500 --> 00:00:05,000
<i>et voilà.</i>

3
00:00:06,000 --> 00:00:07,000
- Attention : oui
- LÉO : Non
"""


def test_a_transcript_gives_turns_of_speech_and_tells_overlaps() -> None:
    source = read_source("film.srt", SRT.encode())
    assert [(line.kind, line.speaker, line.text) for line in source.lines if line.text] == [
        (K.SPEAKER, "ANA", "Bonjour et voilà."),
        (K.TEXT, "", "Attention : oui"),
        (K.SPEAKER, "LÉO", "Non"),
    ]
    (overlap,) = source.remarks
    assert isinstance(overlap, Remark)
    for language in ("fr", "en"):
        assert "film.srt" in overlap.message(language)
        assert "2" in overlap.message(language)
        assert "6" in overlap.message(language)


def test_webvtt_voices_and_notes() -> None:
    text = (
        "WEBVTT - titre\n\nNOTE\nrien\n\nSTYLE\n::cue {}\n\nintro\n00:01.000 --> 00:03.000 align:start\n"
        "<v.fort Ana Roy>Bonjour &amp; <b>merci</b></v>\n\n00:03.000 --> 00:05.000\n"
        "<v Ana Roy>Encore <v Léo>Oui\n\nreste\n"
    )
    source = read_source("film.vtt", text.encode())
    assert [(line.speaker, line.text) for line in source.lines] == [
        ("Ana Roy", "Bonjour & merci Encore"),
        ("Léo", "Oui reste"),
    ]
    assert codes(source) == ["words_without_time"]


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.txt", "Ana\n\nBonjour", "text"),
        ("a.md", "# Ana\n\n<div>Bonjour</div>", "markdown"),
        ("a", "# Ana\n\nBonjour", "markdown"),
        ("a.txt", "====== Ana ======\nBonjour", "yeswiki"),
        ("a", '{{panel title="x"}}\nBonjour', "yeswiki"),
        ("a.txt", ":: suivant >>\néditer :: []->\nAna", "slides"),
        ("a.json", "[]", "yeswiki-json"),
        ("a", '{"Voix": {"body": "x"}}', "yeswiki-json"),
        ("a.txt", "<!-- x --> <!DOCTYPE html><p>a", "html"),
        ("a", "<div class='x'><p>a</p><p>b</p></div>", "html"),
        ("a.txt", "1\n00:00:01,000 --> 00:00:02,000\nAna", "srt"),
        ("a.txt", "WEBVTT\n\n", "vtt"),
        ("a.tsv", "Nom\tQ", "csv"),
    ],
)
def test_a_text_is_recognised_by_its_words_then_by_its_name(name: str, text: str, format: str) -> None:
    assert text_format(name, text) == format
    assert format in FORMATS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "windows-1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_lines(encoding: str, ends: str) -> None:
    page = ends.join(["<html><body><p>Élodie\u2019s", "œuvre…</p>", "<p>Noël</p>"])
    source = read_source("page.html", page.encode(encoding))
    assert [text for _, text in said(source)] == ["Élodie\u2019s œuvre…", "Noël"]


def test_decomposed_letters_are_composed() -> None:
    source = read_source("page.html", "<html><body><p>e\u0301te\u0301".encode())
    assert source.lines[0].text == "été"


def test_a_remark_says_itself_in_two_languages_and_survives_pickling() -> None:
    for code, sentences in REMARKS.items():
        assert set(sentences) == {"fr", "en"}, code
    remark = Remark("comments_ignored", count=1200)
    copy = pickle.loads(pickle.dumps(remark))
    assert copy == remark == "Commentaires laissés de côté : 1\u202f200."
    assert copy.message("en") == "Comments left out: 1,200."


def test_the_sha_is_of_the_bytes_as_received() -> None:
    data = b"\xef\xbb\xbf<html><body>x"
    assert read_source("a.html", data).sha256 == hashlib.sha256(data).hexdigest()
