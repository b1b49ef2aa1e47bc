"""Pages of invented cooperatives, and what a careful person sees in each.

A row is `lines | kind | author | group | date`, an indented row an answer, `lines state: question`. Authors in brackets
are voices without a name, as the page calls them.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from surelle.collective.testimonies.gateways import read_source
from surelle.collective.testimonies.rules.reading import as_json, read
from surelle.collective.testimonies.rules.reading.source import Entry, Reading

PAGES = Path(__file__).parent / "pages"
SEEN = {
    "by-question.md": """
        7-7 | interview | Lucien Abgrall | – | 2024-05
            7-7 stated: Pourquoi avoir choisi la coopérative ?
        9-9 | interview | Fatou Sarr | local_group: Cornouaille | 2024-05
            9-9 stated: Pourquoi avoir choisi la coopérative ?
        11-11 | interview empty | Thibaut | – | 2024-05
        15-15 | interview | Lucien Abgrall | – | 2024-05
            15-15 stated: Qu'est-ce qui vous y retient ?
        17-20 | interview | Fatou Sarr | – | 2024-05
            18-20 stated: Qu'est-ce qui vous y retient ?
        24-24 | media | – | – | 2024-05
        25-25 | media | Fatou Sarr | – | 2024-05
    """,
    "carnet.txt": """
        10-16 | feedback | TM ROCHE | – | 2025-01-12
        19-28 | feedback | Philomène Ascoët | – | 2025-01-12
        31-31 | feedback empty | Joachim | – | 2025-01-12
        38-41 | quote | Ondine Castelnau | collective: Plateau Commun - Spectacle vivant | –
        47-62 | interview | Barnabé QUÉRÉ | local_group: VALLÉE DU LOIR | –
            52-54 stated: À QUI PARLEZ-VOUS QUAND ÇA COINCE ?
            58-60 stated: QUE SERAIT VOTRE MÉTIER SANS LA COOPÉRATIVE ?
            62-62 stated: QUE MANQUE-T-IL ENCORE ?
        65-78 | interview | Philomène Ascoët | local_group: VALLÉE DU LOIR | –
            69-69 proposed: À QUI PARLEZ-VOUS QUAND ÇA COINCE ?
            72-72 unknown: –
            75-75 proposed: QUE SERAIT VOTRE MÉTIER SANS LA COOPÉRATIVE ?
            78-78 proposed: QUE MANQUE-T-IL ENCORE ?
        80-80 | interview empty | Lubin Fauré | local_group: VALLÉE DU LOIR | –
        85-87 | quote | (nouvelle entrepreneuse) | – | – newcomer
        92-93 | media | – | external_network: Réseau Les Ponts | –
    """,
    "courriels.txt": """
        3-13 | feedback | Maud Castellan | – | 2023-09-14
        15-23 | feedback | Aurélien PRAT | – | 2023-09-15
        27-27 | feedback | Karim | – | –
        28-28 | feedback | Lucile | – | –
        29-29 | feedback empty | Sofia B. | – | –
    """,
    "english.md": """
        7-9 | quote | Alice Hartley | working_group: New Roots | –
        11-19 | interview | Tom Okafor | working_group: New Roots | – newcomer
            15-15 stated: What brought you here?
            19-19 stated: What would you change?
        21-23 | interview empty | Priya N. | working_group: New Roots | –
        28-28 | feedback | Alice Hartley | – | 2023-06
    """,
    "interviews.wiki": """
        3-19 | interview | Gwenola Le Bihan | local_group: Trégor | 2022-03-03
            8-9 stated: Votre parcours en deux mots ?
            12-17 stated: Ce que vous y avez trouvé ?
            19-19 stated: Et si c'était à refaire ?
        21-27 | interview | Hocine Belkacem | working_group: Habiter le travail | –
            23-23 stated: Votre parcours en deux mots ?
            25-25 stated: Ce que vous y avez trouvé ?
            27-27 stated: Et si c'était à refaire ?
        29-34 | interview | Perrine Joly | working_group: Habiter le travail | –
            30-30 proposed: Votre parcours en deux mots ?
            32-32 proposed: Ce que vous y avez trouvé ?
            34-34 proposed: Et si c'était à refaire ?
    """,
    "nos-voix.txt": """
        10-11 | media | – | external_network: Réseau des CAE du Grand Ouest | –
        18-18 | media | – | working_group: RACINES | –
        22-25 | quote | Solveig Maréchal | collective: Les Mains Dans l'Argile - Céramique et terre crue | –
        30-36 | quote | Anatole Guérande | – | – newcomer
        43-43 | interview empty | Baptiste | working_group: DIRE QUI NOUS SOMMES | –
        48-66 | interview | Ombeline Ferrand-Costes | working_group: DIRE QUI NOUS SOMMES | –
            52-54 proposed: QUE TROUVE-T-ON EN ARRIVANT À TROIS FEUILLES ?
            57-57 unknown: –
            60-60 proposed: QU'EST-CE QUI VOUS REND LA VIE PLUS SEREINE ?
            63-63 proposed: QU'EST-CE QUI NOUS DISTINGUE D'UNE COUVEUSE OU D'UN PORTAGE ?
            66-66 proposed: EN QUOI VALONS-NOUS PLUS QUE LA SOMME DE NOS ACTIVITÉS ?
        70-110 | interview | Yaëlle KERVADEC | working_group: DIRE QUI NOUS SOMMES | –
            75-85 stated: QUE TROUVE-T-ON EN ARRIVANT À TROIS FEUILLES ?
            90-96 stated: QU'EST-CE QUI VOUS REND LA VIE PLUS SEREINE ?
            99-99 stated: QU'EST-CE QUI NOUS DISTINGUE D'UNE COUVEUSE OU D'UN PORTAGE ?
            104-110 stated: EN QUOI VALONS-NOUS PLUS QUE LA SOMME DE NOS ACTIVITÉS ?
        112-112 | interview empty | Eulalie Brossard | working_group: DIRE QUI NOUS SOMMES | –
        123-143 | feedback | Eulalie Brossard | – | 2026-04
        146-146 | feedback empty | Baptiste Lenormand | – | 2026-04
        151-158 | feedback | JF TALEC | – | 2026-04
    """,
    "page.json": """
        4-5 | quote | Marguerite Olivier | working_group: ACCUEILLIR | –
        7-9 | media | Noé | working_group: ACCUEILLIR | –
        15-17 | feedback | Gildas Rohan | – | 2022
    """,
    "sans-questions.txt": """
        9-11 | interview | Tifenn Morvan | trade_group: Numérique | –
            11-11 stated: COMMENT AVEZ-VOUS CONNU LES DEUX RIVES ?
        14-16 | interview | Sacha LEVY-DURAND | trade_group: Numérique | –
            16-16 stated: COMMENT AVEZ-VOUS CONNU LES DEUX RIVES ?
        23-36 | interview | Désiré Mbaye | local_group: Loire | –
            28-28 stated: Comment êtes-vous arrivé ici ?
            32-32 stated: Qu'est-ce qui a changé dans votre travail ?
            36-36 stated: À qui conseilleriez-vous la coopérative ?
        39-51 | interview | Rosalie de La Motte | local_group: Loire | – newcomer
            42-42 proposed: Comment êtes-vous arrivé ici ?
            45-45 proposed: Qu'est-ce qui a changé dans votre travail ?
            48-48 proposed: À qui conseilleriez-vous la coopérative ?
            51-51 unknown: –
        55-55 | interview empty | Quentin | local_group: Loire | –
        58-58 | interview empty | Clémence ARNOULD | local_group: Loire | –
    """,
    "verbatims.wiki": """
        4-4 | quote | – | local_group: Haute-Vallée | –
        6-6 | quote | Aude | local_group: Haute-Vallée | –
        8-11 | quote | Rémi Castaing | local_group: Haute-Vallée | –
        15-15 | quote | (Un coopérateur) | trade_group: Bâtiment | –
        16-17 | quote | Mireille Faugère | trade_group: Bâtiment | –
        19-19 | quote empty | – | collective: Les Tisserandes | –
        22-23 | quote | (Une coopératrice récemment arrivée) | local_group: Causses | – newcomer
    """,
}


def reading_of(name: str, *guide: str) -> Reading:
    return read(read_source(name, (PAGES / name).read_bytes()), guide)


def rows_of(reading: Reading) -> list[str]:
    rows = []
    for entry in reading.entries:
        who = entry.author or (f"({entry.signed_as})" if entry.signed_as else "–")
        group = f"{entry.group_kind}: {entry.group}" if entry.group_kind else entry.group or "–"
        empty, newcomer = " empty" if entry.is_empty else "", " newcomer" if entry.tenure else ""
        lines = f"{entry.lines[0]}-{entry.lines[1]}"
        rows.append(f"{lines} | {entry.kind}{empty} | {who} | {group} | {entry.date or '–'}{newcomer}")
        for answer in entry.answers:
            lines = f"{answer.lines[0]}-{answer.lines[1]}"
            rows.append(f"    {lines} {answer.question_state}: {answer.question or '–'}")
    return rows


def voice(reading: Reading, author: str) -> Entry:
    return next(entry for entry in reading.entries if entry.author == author)


@pytest.mark.parametrize("page", sorted(path.name for path in PAGES.iterdir()))
def test_a_page_is_read_as_a_person_reads_it(page: str) -> None:
    assert rows_of(reading_of(page)) == dedent(SEEN[page]).strip().splitlines()


@pytest.mark.parametrize("page", sorted(SEEN))
def test_every_line_of_a_page_finds_its_place(page: str) -> None:
    reading = reading_of(page)
    assert reading.unread_lines == ()
    assert_accounted(reading)


def assert_accounted(reading: Reading) -> None:
    places = [range(entry.lines[0], entry.lines[1] + 1) for entry in reading.entries]
    inside = [number for place in places for number in place]
    assert len(inside) == len(set(inside)), "two entries share a line"
    others = [*reading.heading_lines, *reading.chrome_lines, *reading.unread_lines]
    assert len(others) == len(set(others))
    assert not set(inside) & set(others)
    words = {line.number for line in reading.source.lines if line.raw.strip()}
    assert words <= set(inside) | set(others)


def test_the_title_and_the_navigation_of_a_slide_show() -> None:
    reading = reading_of("nos-voix.txt")
    assert reading.title == "Nos voix : ce que disent les membres de Trois Feuilles"
    assert reading.chrome_lines == (1, 2, 13, 14, 38, 39, 117, 118)
    assert reading.heading_lines == (4, 7, 16, 20, 28, 41, 120)


def test_links_that_may_vanish_are_told() -> None:
    film, minutes = reading_of("nos-voix.txt").entries[:2]
    assert [(link.service, link.expires) for link in film.links + minutes.links] == [
        ("fromsmash", True),
        ("drive", True),
    ]
    lasting = reading_of("by-question.md").entries[-2:]
    assert [entry.links[0].service for entry in lasting] == ["peertube", "vimeo"]
    assert not any(entry.links[0].expires for entry in lasting)


def test_a_newcomer_speaks_in_a_context_and_names_a_third_person() -> None:
    entry = voice(reading_of("nos-voix.txt"), "Anatole Guérande")
    assert entry.context.startswith("premières impressions")
    assert entry.text.startswith("J'étais venu chercher un statut.")
    assert entry.text.endswith("une assemblée.")
    assert entry.mentions == ("Maïlys",)


def test_a_mail_has_an_addressee_and_keeps_its_signature() -> None:
    entry = next(
        e for e in reading_of("nos-voix.txt").entries if e.kind == "feedback" and e.author == "Eulalie Brossard"
    )
    assert entry.addressee == "Rozenn"
    assert entry.text.endswith("Eulalie")
    assert "Feuille 2 : entreprendre le cœur léger\nFeuille 3" in entry.text


def test_a_sentence_cut_over_two_lines_is_sewn_again() -> None:
    entry = voice(reading_of("carnet.txt"), "TM ROCHE")
    assert entry.text.splitlines()[0].endswith("métiers de la scène et rien sur les intermittents qui nous rejoignent!")
    assert "cut_sentence|13-14" in entry.reasons


def test_a_question_without_an_answer_is_kept() -> None:
    answer = voice(reading_of("nos-voix.txt"), "Yaëlle KERVADEC").answers[2]
    assert (answer.text, answer.lines, answer.question_line) == ("", (99, 99), 99)
    assert "no_answer" in answer.reasons


def test_missing_questions_are_proposed_never_stated() -> None:
    entry = voice(reading_of("nos-voix.txt"), "Ombeline Ferrand-Costes")
    states = [answer.question_state.value for answer in entry.answers]
    assert states == ["proposed", "unknown", "proposed", "proposed", "proposed"]
    assert all(0 < answer.confidence < 0.9 for answer in entry.answers)
    assert "non_answer" in entry.answers[3].reasons
    assert "same_as_before" in entry.answers[4].reasons


def test_a_guide_known_in_the_collection_is_proposed_too() -> None:
    page = "Interview de Zoé Martel\n\n\n1) Par une affiche.\n\n2) Mes tarifs ont doublé.\n"
    source = read_source("zoe.txt", page.encode())
    assert [a.question for a in read(source).entries[0].answers] == ["", ""]
    guided = read(source, ("Comment êtes-vous arrivée ?", "Qu'est-ce qui a changé ?"))
    assert [a.question for a in guided.entries[0].answers] == [
        "Comment êtes-vous arrivée ?",
        "Qu'est-ce qui a changé ?",
    ]
    assert {a.question_state.value for a in guided.entries[0].answers} == {"proposed"}


def test_a_group_without_a_voice_is_an_empty_entry() -> None:
    empty = next(entry for entry in reading_of("verbatims.wiki").entries if entry.is_empty)
    assert (empty.group, empty.group_kind, empty.lines) == ("Les Tisserandes", "collective", (19, 19))


def test_an_identifier_outlives_changes_elsewhere() -> None:
    text = (PAGES / "carnet.txt").read_text()
    before = {e.author: e.id for e in reading_of("carnet.txt").entries if e.author and e.kind != "feedback"}
    changed = text.replace("TM ROCHE", "TM ROCHEFORT").replace("Joachim\n", "Joachim\n\nOui, enfin presque.\n")
    after = {e.author: e.id for e in read(read_source("carnet.txt", changed.encode())).entries if e.kind != "feedback"}
    assert before.items() <= after.items()


def test_the_record_has_the_agreed_keys() -> None:
    record = as_json(reading_of("nos-voix.txt"))
    assert list(record)[:5] == ["source", "title", "entries", "chrome_lines", "unread_lines"]
    assert record["source"]["lines"] == 158
    assert len(record["source"]["sha256"]) == 64
    entry = record["entries"][0]
    assert list(entry)[:13] == [
        "id", "kind", "author", "group", "group_kind", "tenure", "state", "date", "lines", "links", "answers",
        "confidence", "reasons",
    ]  # fmt: skip
    assert entry["author"] is None
    assert "Smash" in " ".join(entry["reasons"])
    english = as_json(reading_of("nos-voix.txt"), "en")["entries"][0]["reasons"]
    assert "the link stands for the testimony" in english
