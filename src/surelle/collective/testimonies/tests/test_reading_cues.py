"""The cues one by one: names, dates, links, headings, wiki markup, surveys and transcripts."""

from __future__ import annotations

import pytest

from surelle.collective.testimonies.gateways import read_source
from surelle.collective.testimonies.gateways.wiki import lines_of_wiki
from surelle.collective.testimonies.rules.reading import read
from surelle.collective.testimonies.rules.reading.dates import date_in, without_date
from surelle.collective.testimonies.rules.reading.groups import group_in
from surelle.collective.testimonies.rules.reading.links import link_to, links_in
from surelle.collective.testimonies.rules.reading.names import name_shape
from surelle.collective.testimonies.rules.reading.reasons import LANGUAGES, REASONS, reason, sentence
from surelle.collective.testimonies.rules.reading.source import Entry, LineKind
from surelle.collective.testimonies.rules.reading.wording import without_quotation_marks


def entries(page: str, name: str = "page.txt") -> tuple[Entry, ...]:
    return read(read_source(name, page.encode())).entries


@pytest.mark.parametrize(
    "text",
    ["Maud Castellan", "Gwen LE GALL", "JF TALEC", "Jean-Marc D.", "Rosalie de La Motte", "Anne-Sophie O'Brien",
     "Mme Durand", "Lucie et Paul", "Nadia Ben Saïd", "Léa (graphiste)", "Tom Rival, groupe local Die", "Inès :"],
)  # fmt: skip
def test_these_are_names(text: str) -> None:
    shape = name_shape(text)
    assert shape is not None
    assert shape.author


@pytest.mark.parametrize(
    "text",
    ["Un équilibre", "Développement Durable", "NosParoles", "Brique 1", "Idem", "Qui es-tu ?", "Remarques :",
     "Une personne qui vous suit", "Groupe Local", "Ça va", "https://a.fr", "", "Tom Rival : « Oui »"],
)  # fmt: skip
def test_these_are_none(text: str) -> None:
    assert name_shape(text) is None


@pytest.mark.parametrize("text", ["Anonyme", "Une coopératrice", "Un·e entrepreneur·e", "Anonyme 4", "A member"])
def test_these_are_voices_without_a_name(text: str) -> None:
    shape = name_shape(text)
    assert shape is not None
    assert shape.is_anonymous
    assert not shape.author


@pytest.mark.parametrize(
    ("text", "date"),
    [("septembre 2021", "2021-09"), ("14/09/2021", "2021-09-14"), ("2021-09-14", "2021-09-14"), ("v. 1.2.3", ""),
     ("le 3 mars 2022", "2022-03-03"), ("1er août 2020", "2020-08-01"), ("31/02/2021", ""), ("12.01.25", "2025-01-12"),
     ("March 3, 2022", "2022-03-03"), ("14 sept. 2023", "2023-09-14"), ("09/2021", "2021-09"), ("en 2021", "")],
)  # fmt: skip
def test_dates_keep_the_precision_they_have(text: str, date: str) -> None:
    assert date_in(text) == date


def test_a_date_is_taken_off_a_name() -> None:
    assert without_date("Maud Castellan, le 3 mars 2022") == "Maud Castellan"
    assert date_in("Avis (2021)", bare_year=True) == "2021"


@pytest.mark.parametrize(
    ("heading", "name", "kind"),
    [
        ("Témoignages / Groupe de travail OSIER", "OSIER", "working_group"),
        ("Groupe local de la Drôme - Interviews", "Drôme", "local_group"),
        ("GT communication", "communication", "working_group"),
        ("Les voix d'un collectif / Plein-Vent ? - Marchés", "Plein-Vent ? - Marchés", "collective"),
        ("Paroles / CAE du Pays Bleu :", "CAE du Pays Bleu", "external_network"),
        ("Groupe métier Bois (2023)", "Bois", "trade_group"),
    ],
)
def test_headings_name_groups(heading: str, name: str, kind: str) -> None:
    group = group_in(heading)
    assert group is not None
    assert (group.name, group.kind) == (name, kind)


@pytest.mark.parametrize(
    "text", ["groupe local où nous avons parlé", "Le collectif, c'est nous", "Des groupes métiers"]
)
def test_sentences_about_groups_name_none(text: str) -> None:
    assert group_in(text) is None


@pytest.mark.parametrize(
    ("url", "service", "expires"),
    [
        ("https://fromsmash.com/x", "fromsmash", True),
        ("https://we.tl/t-x", "wetransfer", True),
        ("https://www.swisstransfer.com/d/x", "swisstransfer", True),
        ("https://docs.google.com/x", "drive", True),
        ("https://maison.sharepoint.com/x", "onedrive", True),
        ("https://nuage.exemple.org/s/AbC", "nextcloud", True),
        ("https://youtu.be/x", "youtube", False),
        ("https://tube.exemple.org/w/x", "peertube", False),
        ("https://exemple.org/w/x", "", False),
        ("http://[", "", False),
    ],
)
def test_services_are_known_by_their_addresses(url: str, service: str, expires: bool) -> None:
    assert (link_to(url).service, link_to(url).expires) == (service, expires)


def test_the_punctuation_of_a_sentence_is_no_part_of_an_address() -> None:
    assert [link.url for link in links_in("voir (https://a.fr/b), puis www.c.fr/d_(e).")] == [
        "https://a.fr/b",
        "www.c.fr/d_(e)",
    ]


def test_wiki_markup_is_taken_off_and_told() -> None:
    page = (
        '======Nos voix======\n{{panel title="Noé" type="x"}}\n**Inès**\n - //oui//\n'
        '[[https://a.fr/b_c le film]]\n""<b>gras</b><script>alert(1)\n</script>""\n{{video id="x" serveur="vimeo"}}\n'
        '{{attach file="a.mp3" desc="Sa voix"\n----\nhttps://x.fr/__y__//z\n[| \n| Ana | oui |\n|]'
    )
    lines = lines_of_wiki(page)
    assert [(line.kind, line.level, line.text) for line in lines] == [
        (LineKind.HEADING, 1, "Nos voix"),
        (LineKind.HEADING, 2, "Noé"),
        (LineKind.TEXT, 0, "Inès"),
        (LineKind.ITEM, 1, "oui"),
        (LineKind.TEXT, 0, "le film"),
        (LineKind.TEXT, 0, "gras"),
        (LineKind.CHROME, 0, ""),
        (LineKind.TEXT, 0, "https://vimeo.com/x"),
        (LineKind.TEXT, 0, "Sa voix"),
        (LineKind.CHROME, 0, ""),
        (LineKind.TEXT, 0, "https://x.fr/__y__//z"),
        (LineKind.CHROME, 0, ""),
        (LineKind.TEXT, 0, "Ana : oui"),
        (LineKind.CHROME, 0, ""),
    ]
    assert lines[2].is_strong
    assert [link.url for line in lines for link in line.links] == [
        "https://a.fr/b_c", "https://vimeo.com/x", "a.mp3", "https://x.fr/__y__//z",
    ]  # fmt: skip


def test_a_transcript_is_an_interview_of_who_answers() -> None:
    srt = (
        "1\n00:00:01,000 --> 00:00:02,000\nANNE : Bonjour.\n\n2\n00:00:02,000 --> 00:00:03,000\nANNE : Et alors ?\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nPAUL : Rien.\n\n4\n00:00:04,000 --> 00:00:05,000\nANNE : Vraiment ?\n\n"
        "5\n00:00:05,000 --> 00:00:06,000\nPAUL : Presque.\n"
    )
    (entry,) = entries(srt, "film.srt")
    assert (entry.kind, entry.author) == ("interview", "PAUL")
    assert [answer.text for answer in entry.answers] == ["Rien.", "Presque."]


def test_a_survey_gives_people_questions_and_dates() -> None:
    csv = "Horodateur,Nom,Groupe local,Qu'est-ce qui vous plaît ?\n2024-03-02 10:00,Ana Roy,Die,Tout\n"
    csv += "2024-03-04 10:00,Zoé,Die,\n"
    ana, zoe = entries(csv, "enquete.csv")
    assert (ana.author, ana.group, ana.date) == ("Ana Roy", "Die", "2024-03-02")
    assert ana.answers[0].reasons == ("given_question",)
    assert (zoe.kind, zoe.is_empty, zoe.date) == ("interview", True, "2024-03-04")


def test_a_page_may_belong_to_one_person() -> None:
    (entry,) = entries(
        "# Interview de Lucie Garnier\n\n**Qui es-tu ?**\n\nMaraîchère.\n\n## Et demain\n\nPareil.\n", "l.md"
    )
    assert entry.author == "Lucie Garnier"
    assert [answer.question for answer in entry.answers] == ["Qui es-tu ?", "Et demain"]


def test_names_may_stand_under_the_quotations() -> None:
    page = 'Verbatims\n\n"Un."\nClaire Dumas\n\n"Deux."\nAnonyme\n\n"Trois."\n— Paul, groupe local Die\n'
    found = [(entry.text, entry.author or entry.signed_as, entry.group) for entry in entries(page)]
    assert found == [("Un.", "Claire Dumas", ""), ("Deux.", "Anonyme", ""), ("Trois.", "Paul", "Die")]


def test_a_question_one_asks_oneself_makes_no_interview() -> None:
    page = "Témoignages\n\nClaire Dumas\n\nJe suis restée.\n\nPourquoi partir ?\n\nRien ne presse.\n"
    (entry,) = entries(page)
    assert (entry.kind, entry.answers) == ("quote", ())


def test_quotation_marks_go_only_when_they_enclose_all() -> None:
    assert without_quotation_marks("« Un « mot » doux. »") == "Un « mot » doux."
    assert without_quotation_marks("« Oui » et « non »") == "« Oui » et « non »"
    assert without_quotation_marks("« Un.\n\n« Deux. »") == "Un.\n\nDeux."


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_can_be_said(code: str) -> None:
    for language in LANGUAGES:
        said = sentence(reason(code, "X"), language)
        assert said
        assert "{}" not in said


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(KeyError):
        reason("because")
