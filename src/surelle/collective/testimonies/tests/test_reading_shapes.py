"""The same things said in other shapes: tables, mails, dialogues, numbers, italics, by other authors of other wikis.

The rows are those of `test_reading_pages`; every page is of invented people.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from surelle.collective.testimonies.gateways import read_source
from surelle.collective.testimonies.rules.reading import as_json, read
from surelle.collective.testimonies.rules.reading.source import Entry, Reading
from surelle.collective.testimonies.tests.made_files import docx, odt, paragraph
from surelle.collective.testimonies.tests.test_reading_pages import assert_accounted, rows_of, voice

SHAPES = Path(__file__).parent / "shapes"
SEEN = {
    "dialogue.txt": """
        3-8 | interview | Marthe Lagarde | working_group: TRANSMISSION | 2023-03-05
            4-4 stated: Bonjour Marthe. Comment es-tu arrivée ?
            6-7 stated: Et qu'est-ce que tu y as trouvé ?
    """,
    "groupes.txt": """
        5-5 | quote | Collectif Bois Debout | collective: Bois Debout | –
        9-9 | quote | Le groupe local Bresse | local_group: Bresse | –
        11-13 | quote | L'équipe d'appui | local_group: Bresse | –
        15-17 | quote | (Une entrepreneure (2 ans dans la coopérative)) | local_group: Bresse | –
    """,
    "guide.txt": """
        9-15 | interview | Agathe Lemoine | accueil | –
            11-11 proposed: Qu'est-ce que l'accueil chez nous ?
            13-13 proposed: Comment l'as-tu vécu ?
            15-15 proposed: Que proposes-tu ?
        18-24 | interview | Lucas | – | –
            20-20 proposed: Qu'est-ce que l'accueil chez nous ?
            22-22 proposed: Comment l'as-tu vécu ?
            24-24 proposed: Que proposes-tu ?
    """,
    "memoires.wiki": """
        6-6 | quote | Yolaine Ster | trade_group: Alimentation | –
        7-7 | quote | Ahmed | trade_group: Alimentation | –
        8-8 | quote | (une apprentie) | trade_group: Alimentation | –
        9-9 | quote empty | Josiane T. | trade_group: Alimentation | –
        12-12 | media | – | – | –
        13-13 | media | Yolaine Ster | – | –
        14-14 | media | – | – | –
        17-23 | interview | Anatole Ker | – | –
            19-19 stated: Ton métier ?
            21-22 stated: Ton plus beau souvenir ?
            23-23 stated: Ton souhait ?
        24-26 | interview | Bérangère | local_group: Trégor | –
            25-25 proposed: Ton métier ?
            26-26 proposed: Ton plus beau souvenir ?
        27-28 | media | Corentin | – | –
        30-31 | feedback | Anatole | – | 2023
        32-33 | feedback | Bérangère | – | 2023-05-03
        34-34 | quote empty | – | local_group: Léon | –
    """,
    "messages.txt": """
        4-17 | feedback | Clotilde Marin | – | 2022-06-07
        20-27 | feedback | Ismaël Dupré | – | 2022-06-08
    """,
    "noms.txt": """
        5-5 | quote empty | Josette Blanc | local_group: Morvan | –
        7-7 | quote empty | Kévin Marchal | local_group: Morvan | –
        9-9 | quote empty | Alix D. | local_group: Morvan | –
        11-11 | quote empty | Mme Thérèse Colin | local_group: Morvan | –
        13-13 | quote empty | Yves & Monique Ferrand | local_group: Morvan | –
        17-17 | quote empty | Bilal | trade_group: Restauration | –
        19-19 | quote empty | Chloé | trade_group: Restauration | –
    """,
    "numeros.txt": """
        3-3 | feedback | Yann | – | 2022-10
        4-4 | feedback | Maëlle Riou | – | 2022-10
        5-5 | feedback | Groupe de travail Com' | working_group: Com | 2022-10
        6-6 | feedback empty | Élise | – | 2022-10
        10-17 | interview | BASTIEN MOREL | – | –
            13-14 stated: Qu'offrons-nous ?
            17-17 stated: Qu'est-ce qui nous distingue ?
        19-22 | interview | INÈS CHAUVET | – | –
            21-21 proposed: Qu'offrons-nous ?
            22-22 proposed: Qu'est-ce qui nous distingue ?
        24-24 | interview empty | PAULINE | – | –
        28-31 | quote | Rémy Fontaine | local_group: Vosges | –
    """,
    "reformulations.wiki": """
        3-9 | interview | Noëlle Tardieu | local_group: Berry | –
            5-5 stated: Peux-tu te présenter et raconter ton parcours ?
            7-7 stated: Qu'est-ce que la coopérative change pour toi ?
            9-9 stated: Si tu avais une baguette magique ?
        10-16 | interview | Aymeric Sorel | local_group: Berry | –
            12-12 stated: Peux-tu te présenter, raconter ton parcours ?
            14-14 stated: Que change la coopérative pour toi ?
            16-16 stated: Avec une baguette magique, que ferais-tu ?
        17-22 | interview | Damien | local_group: Berry | –
            18-18 proposed: Peux-tu te présenter et raconter ton parcours ?
            20-20 proposed: Qu'est-ce que la coopérative change pour toi ?
            22-22 proposed: Si tu avais une baguette magique ?
        23-24 | media | Perle | local_group: Berry | –
    """,
    "rendu.html": """
        5-8 | quote | Ysaline Bonnet | local_group: Vercors | –
        10-10 | quote empty | Barthélémy | local_group: Vercors | –
        14-21 | interview | Cléo Marin | working_group: ÉCHANGER | –
            18-19 stated: Que faites-vous ?
            21-21 stated: Qu'en retirez-vous ?
        23-28 | interview | Octave Lenoir | working_group: ÉCHANGER | –
            25-25 proposed: Que faites-vous ?
            28-28 proposed: Qu'en retirez-vous ?
    """,
    "reponses.txt": """
        5-8 | interview | Irène Salaün | – | –
            6-6 proposed: Pourquoi êtes-vous là ?
            7-7 proposed: Qu'attendez-vous ?
            8-8 proposed: Que donnez-vous ?
        10-12 | interview | Loïg | – | –
            11-11 proposed: Pourquoi êtes-vous là ?
            12-12 proposed: Que donnez-vous ?
        14-15 | interview | Maryvonne Plouzané et Hervé Plouzané | – | –
            15-15 proposed: Pourquoi êtes-vous là ?
    """,
    "retours.md": """
        3-4 | feedback | Armand Petit | – | 2024-06-14
        6-6 | feedback | (Une coopératrice) | – | 2024-06-14
        8-8 | feedback | (Anonyme) | – | 2024-06-14
        10-10 | media | – | – | 2024-06-14
        12-12 | feedback | Groupe local Jura | local_group: Jura | 2024-06-14
        14-14 | feedback empty | Simone V. | – | 2024-06-14
        16-18 | feedback | Rose | – | 2024-06-14
    """,
    "signatures.txt": """
        1-4 | quote | Ursule Bernier | – | 2022-03
        6-8 | quote | Firmin | – | –
        10-10 | media | – | – | –
    """,
    "sur-une-ligne.txt": """
        1-5 | interview | Tiphaine Olivier | – | 2021-05-04
            3-3 stated: Comment es-tu arrivée ?
            4-4 stated: Que dirais-tu à un nouveau ?
            5-5 stated: Qu'est-ce qui coince ?
        8-12 | interview | Marc-Antoine Rey | – | 2021-05-11
            10-10 stated: Comment es-tu arrivé ?
            11-11 stated: Que dirais-tu à un nouveau ?
            12-12 stated: Qu'est-ce qui coince ?
        15-15 | interview empty | Fanny | – | –
    """,
    "table-de-retours.md": """
        7-10 | interview | Adélaïde Pons | local_group: Gard | –
            9-9 stated: D'où viens-tu ?
            10-10 stated: Où vas-tu ?
        12-15 | interview | Barnabé Quint | working_group: Récits | –
            14-14 proposed: D'où viens-tu ?
            15-15 proposed: Où vas-tu ?
        17-17 | interview empty | Dorothée | working_group: Récits | –
        24-24 | feedback | Adélaïde | – | 2024-04-03
        25-25 | feedback | Barnabé | – | 2024-04-04
    """,
    "tableaux.wiki": """
        5-9 | interview | Marthe Quillien | working_group: GOUVERNANCE | –
            7-7 stated: Pourquoi es-tu entrée dans la coopérative ?
            8-8 stated: Qu'est-ce que tu y as trouvé ?
            9-9 stated: Que manque-t-il ?
        12-16 | interview | Gwendal Le Corre | working_group: GOUVERNANCE | –
            14-14 stated: Pourquoi es-tu entré dans la coopérative ?
            15-15 stated: Qu'est-ce que tu y as trouvé ?
            16-16 stated: Que manque-t-il ?
        19-19 | interview empty | Solange | working_group: GOUVERNANCE | –
        23-23 | media | Yvon | – | –
        24-24 | media | L'atelier de Béa | – | –
        28-28 | interview | Basile Rey | local_group: Anjou | –
            28-28 stated: Pourquoi nous rejoindre ?
            28-28 stated: Que changer ?
        29-29 | interview | Yolande | local_group: Anjou | –
            29-29 stated: Pourquoi nous rejoindre ?
            29-29 stated: Que changer ?
        30-30 | interview empty | Marius K. | local_group: Anjou | –
    """,
}


def shape(name: str, *guide: str) -> Reading:
    return read(read_source(name, (SHAPES / name).read_bytes()), guide)


def entries(page: str, name: str = "page.txt", guide: tuple[str, ...] = ()) -> tuple[Entry, ...]:
    return read(read_source(name, page.encode()), guide).entries


@pytest.mark.parametrize("page", sorted(path.name for path in SHAPES.iterdir()))
def test_a_page_of_another_shape_is_read_as_a_person_reads_it(page: str) -> None:
    reading = shape(page)
    assert rows_of(reading) == dedent(SEEN[page]).strip().splitlines()
    assert reading.unread_lines == ()
    assert_accounted(reading)


def test_a_row_of_a_table_answers_each_column() -> None:
    entry = voice(shape("tableaux.wiki"), "Basile Rey")
    assert [(answer.question, answer.text) for answer in entry.answers] == [
        ("Pourquoi nous rejoindre ?", "Pour le statut"),
        ("Que changer ?", "Les délais"),
    ]


def test_a_message_keeps_its_signature_and_what_it_answers() -> None:
    first, second = shape("messages.txt").entries
    assert (first.addressee, second.addressee) == ("Bruno", "Bruno Lefort, Clotilde Marin")
    assert "qu'en pensez-vous ?" in first.text
    assert second.text.endswith("Menuisier")


def test_a_dialogue_is_that_of_who_answers_under_the_whole_name() -> None:
    (entry,) = shape("dialogue.txt").entries
    assert entry.answers[0].text == "Par hasard. Je cherchais un toit."
    assert "Merci" not in entry.text


def test_a_page_that_lists_its_questions_gives_a_guide() -> None:
    reading = shape("guide.txt")
    assert reading.heading_lines == (1, 3, 4, 5, 7)
    assert reading.guide[1] == "Comment l'as-tu vécu ?"


def test_one_free_question_between_two_neighbours_is_proposed_with_little_sureness() -> None:
    guide = ("Que faites-vous ?", "Qu'est-ce qui vous manque ?", "À qui en parleriez-vous ?")
    page = "Interview de Zoé Martel\n\n\nJe fais du pain.\n\n\nLes horaires.\n\n\nJ'en parlerais à ma sœur.\n"
    (entry,) = entries(page, guide=guide)
    assert [answer.question for answer in entry.answers] == list(guide)
    assert entry.answers[1].confidence < entry.answers[2].confidence
    assert "order" in entry.answers[1].reasons


def test_as_many_questions_as_paragraphs_make_no_interview_of_a_testimony() -> None:
    guide = ("Que faites-vous ?", "Qu'est-ce qui vous manque ?", "À qui en parleriez-vous ?")
    page = "Témoignages\n\nZoé Martel\n\nIl neigeait.\n\nJ'ai ouvert la porte.\n\nDepuis, tout va.\n"
    assert [entry.kind.value for entry in entries(page, guide=guide)] == ["quote"]


@pytest.mark.parametrize(
    ("line", "author", "addressee", "date"),
    [
        ("Le 3/02/2023 - Gaëtan à Marion : ça manque de souffle.", "Gaëtan", "Marion", "2023-02-03"),
        ("- Gaëtan Roy → à relire", "Gaëtan Roy", "", ""),
        ("Gaëtan Roy - Bonjour Marion, c'est long. Bien à toi", "Gaëtan Roy", "Marion", ""),
        ("Groupe local Jura : Trop long pour nous.", "Groupe local Jura", "", ""),
        ("**Une apprentie** : « trop long »", "", "", ""),
    ],
)
def test_a_comment_on_one_line(line: str, author: str, addressee: str, date: str) -> None:
    (entry,) = entries(f"Commentaires sur la proposition\n\n{line}\n")
    assert (entry.kind, entry.author, entry.addressee, entry.date) == ("feedback", author, addressee, date)


def test_documents_keep_empty_paragraphs_bold_and_the_place_of_links() -> None:
    there = '<w:hyperlink r:id="lien"><w:r><w:t>le voir</w:t></w:r></w:hyperlink>'
    link = f"<w:p><w:r><w:t>Son film</w:t></w:r><w:r><w:br/></w:r>{there}</w:p>"
    word = read_source(
        "voix.docx", docx(paragraph("Ana Roy", run="<w:b/>") + paragraph("") * 2 + paragraph("oui") + link)
    )
    assert [(line.text, line.is_strong) for line in word.lines[:4]] == [
        ("Ana Roy", True),
        ("", False),
        ("", False),
        ("oui", False),
    ]
    assert [len(line.links) for line in word.lines if line.text] == [0, 0, 0, 1]
    styles = '<style:style style:name="G"><style:text-properties fo:font-weight="bold"/></style:style>'
    text = odt('<text:p text:style-name="G">Ana Roy</text:p><text:p/><text:p/><text:p>oui</text:p>', styles)
    assert [line.is_strong for line in read_source("voix.odt", text).lines] == [True, False, False, False]
    page = (
        b"<html><body><p><b>Ana Roy</b></p><p><i>Pourquoi ?</i></p><p>a<br><br><br>b</p><p></p><p>c</p></body></html>"
    )
    lines = read_source("voix.html", page).lines
    assert [line.text for line in lines] == ["Ana Roy", "", "Pourquoi ?", "", "a", "", "", "b", "", "", "c"]
    assert (lines[0].is_strong, lines[2].is_italic) == (True, True)


def test_paragraphs_stand_apart_where_a_document_leaves_none_empty() -> None:
    source = read_source("voix.docx", docx(paragraph("Ana Roy") + paragraph("Je reste.")))
    assert [line.text for line in source.lines] == ["Ana Roy", "", "Je reste."]


@pytest.mark.parametrize("name", ["voix.html", "voix.md", "voix.docx", "voix.odt"])
def test_a_table_is_read_so_in_every_format(name: str) -> None:
    rows = [("Nom", "Que changer ?"), ("Ana Roy", "Les délais"), ("Noé", "")]
    cell = {
        "html": ("<table>{}</table>", "<tr>{}</tr>", "<td>{}</td>"),
        "md": ("{}", "|{}\n", "{}|"),
        "docx": ("<w:tbl>{}</w:tbl>", "<w:tr>{}</w:tr>", "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"),
        "odt": (
            "<table:table>{}</table:table>",
            "<table:table-row>{}</table:table-row>",
            "<table:table-cell><text:p>{}</text:p></table:table-cell>",
        ),
    }
    form = name.rpartition(".")[2]
    table, row, one = cell[form]
    written = [row.format("".join(one.format(words) for words in cells)) for cells in rows]
    if form == "md":
        written.insert(1, "|---|---|\n")
    page = table.format("".join(written))
    data = docx(page) if form == "docx" else odt(page) if form == "odt" else page.encode()
    found = read(read_source(name, data)).entries
    assert [(entry.author, [answer.text for answer in entry.answers]) for entry in found] == [
        ("Ana Roy", ["Les délais"]),
        ("Noé", []),
    ]


def test_what_was_noticed_is_said_in_the_language_asked_for() -> None:
    reading = read(read_source("page.wiki", b"======T======\n\nAna\n\n{{panel title=x\noui\n"))
    assert "« page.wiki »" in as_json(reading)["remarks"][0]
    assert "the first on line 5" in as_json(reading, "en")["remarks"][0]


def test_many_actions_left_open_are_read_once() -> None:
    reading = read(read_source("page.wiki", b"{{a " * 20_000))
    assert reading.unread_lines == ()
