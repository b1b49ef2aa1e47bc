"""Whatever the text, reading gives an account of every line, always the same, in time that grows with the text only."""

from __future__ import annotations

import hashlib
import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from surelle.collective.testimonies.gateways.plain import source_from_markdown, source_from_text
from surelle.collective.testimonies.gateways.wiki import (
    source_from_slides,
    source_from_yeswiki,
    source_from_yeswiki_json,
)
from surelle.collective.testimonies.rules.reading import as_json, read
from surelle.collective.testimonies.rules.reading.folding import fold
from surelle.collective.testimonies.rules.reading.source import Line, LineKind, Reading, Source
from surelle.collective.testimonies.tests.test_reading_pages import assert_accounted

READERS = (source_from_text, source_from_markdown, source_from_yeswiki, source_from_slides)
# Lines that mean something to the rules, so that random pages look like pages.
SAID = st.sampled_from(
    (
        "", "", "", "Claire Dumas", "Claire", "Hugo LE GALL :", "Hugo : oui", "Témoignages / Groupe de travail OSIER",
        "Groupe local Drôme", "Interviews", "Interview de Zoé Martel", "Retours sur la charte (mars 2024)", "Verbatims",
        "QUE PROPOSE LA MAISON ?", "Pourquoi êtes-vous là ?", "Q2. Et demain ?", "R. Rien.", "1) Un", "2) Deux",
        "« Je reste. »", "« Je reste", "et je pars »", '"Oui"', "— Paul", "Bonjour Anne,", "A bientôt", "Idem",
        "Difficile à dire.", "à venir", "https://fromsmash.com/a", "Vidéo : https://youtu.be/b", "une phrase coupée,",
        "suivie de sa fin.", "== Titre ==", "======Grand titre======", "{{panel title=\"Noé\"}}", "{{video id=",
        "**Inès**", "| Nom | Que changer ? |", "| Ana Roy | tout | rien |", "| Ana Roy | |", "|---|---|",
        "//Pourquoi ?//", "Hugo : Et vous ?", "R2 : du lien", "Groupe local Jura : non",
        "# Titre", "## Nos voix", "> cité", "- point", "---", "[[https://a.fr b]]", '""<b>x</b>""', "Une coopératrice",
        ":: suivant >>", "Éditer :: []->", "Le 3 mars 2022, Ana a écrit :", "De : Ana Roy", "Date : 03/04/2024",
    )
)  # fmt: skip
PAGES = st.one_of(st.text(max_size=400), st.lists(SAID | st.text(max_size=40), max_size=40).map("\n".join))


def source_of(reader, text: str) -> Source:
    return reader("page.txt", text, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), "utf-8")


def assert_sound(reading: Reading) -> None:
    assert_accounted(reading)
    ranges = [entry.lines for entry in reading.entries]
    assert all(first <= last for first, last in ranges)
    assert ranges == sorted(ranges)
    assert len({entry.id for entry in reading.entries}) == len(reading.entries)
    for entry in reading.entries:
        assert 0 < entry.confidence <= 1
        assert entry.reasons
        previous = entry.lines[0] - 1
        for answer in entry.answers:
            first, last = answer.lines
            assert entry.lines[0] <= first <= last <= entry.lines[1]
            assert first >= previous  # the cells of a row of a table share its line
            previous = last
            assert bool(answer.question) == (answer.question_state != "unknown")
    json.dumps(as_json(reading), ensure_ascii=True)
    as_json(reading, "en")


@settings(max_examples=300, deadline=None)
@given(PAGES, st.sampled_from(READERS))
def test_any_text_is_read_whole_and_twice_the_same(text: str, reader) -> None:
    reading = read(source_of(reader, text))
    assert_sound(reading)
    assert read(source_of(reader, text)) == reading


@settings(max_examples=150, deadline=None)
@given(PAGES, st.sampled_from(READERS))
def test_lines_keep_their_numbers_and_their_words(text: str, reader) -> None:
    source = source_of(reader, text)
    raws = text.split("\n")
    if len(raws) > 1 and not raws[-1]:
        raws.pop()
    assert [line.number for line in source.lines] == list(range(1, len(raws) + 1))
    assert [line.raw for line in source.lines] == raws
    assert all((line.kind is LineKind.BLANK) == (not line.raw.strip()) for line in source.lines)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(LineKind)), SAID, st.sampled_from(("", "Ana", "Bob")), st.booleans())))
@example(
    [(LineKind.TEXT, "QUE PROPOSE LA MAISON ?", "", False), (LineKind.AUTHOR, "https://fromsmash.com/a", "", False)]
)
def test_any_kinds_of_lines_are_read(lines: list[tuple[LineKind, str, str, bool]]) -> None:
    made = tuple(
        Line(
            number,
            text,
            text,
            kind if text else LineKind.BLANK,
            2,
            speaker if kind is LineKind.SPEAKER else "",
            (),
            bold,
        )
        for number, (kind, text, speaker, bold) in enumerate(lines, start=1)
    )
    assert_sound(read(Source("x", "any", "0" * 64, made)))


@settings(max_examples=60, deadline=None)
@given(PAGES, st.lists(st.text(max_size=60), max_size=4))
def test_any_guide_does_no_harm(text: str, guide: list[str]) -> None:
    assert_sound(read(source_of(source_from_text, text), guide))


@settings(max_examples=60, deadline=None)
@given(PAGES)
def test_a_page_in_json_reads_as_its_body(text: str) -> None:
    page = json.dumps({"tag": "Page", "body": "Voix : " + text, "html": ""})
    assert_sound(read(source_of(source_from_yeswiki_json, page)))


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_hostile_pages_take_no_more_time_than_their_length() -> None:
    for hostile in (
        '"a\n',
        '[[ {{ "" ====\n',
        "Claire Dumas\n\n",
        "« a\n\n",
        "Pourquoi vous ?\n\noui\n\n",
        "> > - a\n",
    ):
        for reader in (source_from_text, source_from_yeswiki):
            assert_accounted(read(source_of(reader, hostile * 3_000)))
    assert_accounted(read(source_of(source_from_text, "mot : « oui » " * 100_000)))
