"""What leaves the house: tables, projects, the report; and what is brought back."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from python_calamine import CalamineWorkbook

from surelle.collective.testimonies.actions.exchanging import UnknownProject, import_project
from surelle.collective.testimonies.actions.refusals import NotYours
from surelle.collective.testimonies.documents.projects import write_qdc, write_qdpx
from surelle.collective.testimonies.documents.report import report_data, report_pdf
from surelle.collective.testimonies.documents.tables import harmless, heads, marks_csv
from surelle.collective.testimonies.gateways import UnreadableSource
from surelle.collective.testimonies.gateways.refi_qda import read_codebook, read_project
from surelle.collective.testimonies.models import Excerpt, Source, Testimony, Theme
from surelle.collective.testimonies.queries.excerpts import Asked
from surelle.collective.testimonies.queries.report import report_of
from surelle.collective.testimonies.tests.factories import (
    CollectionFactory,
    ConsentFactory,
    ExcerptFactory,
    TestimonyFactory,
    ThemeFactory,
)
from surelle.collective.testimonies.tests.test_taguette import database

pytestmark = pytest.mark.django_db
STEM = "/trois-feuilles/temoignages/nos-voix"


def table(world: Any, **asked: str) -> list[dict[str, str]]:
    text = b"".join(marks_csv(world.collection, Asked.from_address(asked))).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_table_opens_in_a_french_spreadsheet(world: Any) -> None:
    raw = b"".join(marks_csv(world.collection, Asked()))
    assert raw.startswith(b"\xef\xbb\xbf")
    [row] = table(world)
    assert list(row) == heads()
    assert (row["Voix"], row["Extrait"], row["Thèmes"], row["Ton"]) == (
        "Maud Invente", "ne plus travailler seule", "Solitude", "1",
    )  # fmt: skip
    assert row["Impression accordée"] == "non"


def test_no_cell_is_taken_for_a_formula(world: Any) -> None:
    voice = TestimonyFactory(collection=world.collection, author_name="@Léa", text='=HYPERLINK("http://x") dit-elle')
    ExcerptFactory(testimony=voice, start=0, end=22, tone=-2, memo="+33 appelle")
    row = next(row for row in table(world) if "HYPERLINK" in row["Extrait"])
    assert row["Extrait"].startswith("'=")
    assert (row["Voix"], row["Mémo"], row["Ton"]) == ("'@Léa", "'+33 appelle", "-2")
    assert harmless("simple") == "simple"


def test_the_table_follows_the_filters(world: Any) -> None:
    ExcerptFactory(testimony=world.testimony, words="On apprend", given=[world.other_theme])
    assert [row["Extrait"] for row in table(world, theme=str(world.other_theme.pk))] == ["On apprend"]


def test_the_streamed_table_is_whole_for_a_member(world: Any, as_member: Any) -> None:
    response = as_member(world.bob).get(f"{STEM}/extraits.csv")
    assert response.streaming
    assert "ne plus travailler seule" in b"".join(response.streaming_content).decode()
    assert response["Content-Disposition"].startswith('attachment; filename="nos-voix-')


def test_the_workbook_has_the_same_rows(world: Any, as_member: Any) -> None:
    voice = TestimonyFactory(collection=world.collection, text="=1+1 ou presque")
    ExcerptFactory(testimony=voice, start=0, end=4)
    response = as_member(world.bob).get(f"{STEM}/extraits.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == heads()
    assert {row[8] for row in rows[1:]} == {"ne plus travailler seule", "=1+1"}


def exported(world: Any) -> bytes:
    file = io.BytesIO()
    write_qdpx(world.collection, file)
    return file.getvalue()


def test_a_project_goes_out_and_comes_back_whole(world: Any) -> None:
    child = ThemeFactory(collection=world.collection, parent=world.theme, name="Soirs", definition="La nuit")
    voice = TestimonyFactory(collection=world.collection, text="🌱 Avant. Les mots marqués. Après.", tenure="elder")
    ExcerptFactory(testimony=voice, words="Les mots marqués.", given=[child, world.theme], tone=-2, memo="à voir")
    data = exported(world)
    project = read_project("nos-voix.qdpx", data)
    assert sum(len(source.selections) for source in project.sources) == 2
    other = CollectionFactory(group=world.group, created_by=world.alice)
    brought = import_project(member=world.alice, collection=other, name="nos-voix.qdpx", data=data)
    assert (brought.testimonies, brought.themes, brought.excerpts) == (2, 3, 2)
    back = Excerpt.objects.get(collection=other, memo="à voir")
    assert back.quote == "Les mots marqués." == back.testimony.text[back.start : back.end]
    assert (back.tone, set(back.themes.values_list("name", flat=True))) == (-2, {"Soirs", "Solitude"})
    assert Theme.objects.get(collection=other, name="Soirs").parent.name == "Solitude"  # type: ignore[union-attr]
    assert (back.testimony.state, back.testimony.tenure) == ("awaiting_consent", "elder")


def test_the_same_file_twice_changes_nothing(world: Any) -> None:
    data = exported(world)
    other = CollectionFactory(group=world.group, created_by=world.alice)
    import_project(member=world.alice, collection=other, name="a.qdpx", data=data)
    counts = (Testimony.objects.count(), Theme.objects.count(), Excerpt.objects.count())
    assert not import_project(member=world.alice, collection=other, name="b.qdpx", data=data).is_new
    assert (Testimony.objects.count(), Theme.objects.count(), Excerpt.objects.count()) == counts


def test_what_was_exported_from_here_brings_nothing_new(world: Any) -> None:
    data = exported(world)
    brought = import_project(member=world.alice, collection=world.collection, name="a.qdpx", data=data)
    assert (brought.testimonies, brought.themes, brought.excerpts, brought.known) == (0, 0, 0, 1)


def test_a_withdrawn_voice_does_not_come_back_by_a_file(world: Any) -> None:
    from surelle.collective.testimonies.actions import withdraw_testimony

    data = exported(world)
    withdraw_testimony(member=world.alice, testimony=world.testimony)
    brought = import_project(member=world.alice, collection=world.collection, name="a.qdpx", data=data)
    assert (brought.testimonies, brought.withdrawn) == (0, 1)
    assert not Testimony.objects.filter(text__contains="coopérative").exists()


def test_themes_alone(world: Any) -> None:
    ThemeFactory(collection=world.collection, parent=world.theme, name="Soirs", definition="La nuit", example="Tard.")
    file = io.BytesIO()
    write_qdc(world.collection, file)
    codebook = read_codebook("themes.qdc", file.getvalue())
    assert {code.name for code in codebook.codes} == {"Solitude", "Apprendre"}
    other = CollectionFactory(group=world.group, created_by=world.alice)
    brought = import_project(member=world.alice, collection=other, name="themes.qdc", data=file.getvalue())
    assert (brought.themes, brought.testimonies) == (3, 0)
    assert Theme.objects.get(collection=other, name="Soirs").definition == "La nuit\n\nExemple : Tard."


def test_what_is_refused_leaves_nothing(world: Any, as_member: Any) -> None:
    for name, data, refusal in [
        ("photo.jpg", b"\xff\xd8\xff", UnknownProject),
        ("abime.qdpx", b"PK\x03\x04abime", UnreadableSource),
        ("abime.sqlite3", b"SQLite format 3\0abime", UnreadableSource),
    ]:
        with pytest.raises(refusal):
            import_project(member=world.alice, collection=world.collection, name=name, data=data)
    with pytest.raises(NotYours):
        import_project(member=world.bob, collection=world.collection, name="a.qdpx", data=exported(world))
    assert not Source.objects.exists()
    page = as_member(world.alice).post(
        f"{STEM}/echanges/importer/", {"file": SimpleUploadedFile("abime.qdpx", b"PK\x03\x04abime")}
    )
    assert page.status_code == 422
    assert "abime.qdpx" in page.content.decode()


def test_a_taguette_project_comes_in_with_its_highlights(world: Any) -> None:
    other = CollectionFactory(group=world.group, created_by=world.alice)
    data = database()
    brought = import_project(member=world.alice, collection=other, name="projet.sqlite3", data=data)
    assert (brought.testimonies > 0, brought.themes > 0, brought.excerpts > 0) == (True, True, True)
    for excerpt in Excerpt.objects.filter(collection=other).select_related("testimony"):
        assert excerpt.testimony.text[excerpt.start : excerpt.end] == excerpt.quote
        assert excerpt.testimony.state == "awaiting_consent"
    assert not import_project(member=world.alice, collection=other, name="projet.sqlite3", data=data).is_new


def consent(testimony: Testimony, *channels: str, **more: Any) -> None:
    for channel in channels:
        ConsentFactory(testimony=testimony, channel=channel, **more)


def test_the_report_quotes_and_names_only_who_agreed(world: Any) -> None:
    printed = TestimonyFactory(collection=world.collection, author_name="Anonyme Imprimée")
    ExcerptFactory(testimony=printed, words="On apprend des autres", given=[world.theme])
    consent(printed, "print")
    named = TestimonyFactory(collection=world.collection, author_name="Nommée Imprimée")
    ExcerptFactory(testimony=named, words="Je le referais", given=[world.theme])
    consent(named, "print", "name")
    only_named = TestimonyFactory(collection=world.collection, author_name="Nommée Seulement")
    ExcerptFactory(testimony=only_named, words="Le plus dur", given=[world.theme])
    consent(only_named, "name")
    past = TestimonyFactory(collection=world.collection, author_name="Accord Passé")
    ExcerptFactory(testimony=past, words="trésorerie", given=[world.theme])
    consent(past, "print", expires_on=timezone.localdate() - timedelta(days=1))
    TestimonyFactory(collection=world.collection, author_name="Rose Attendue", state="expected", text="")
    data = json.dumps(report_data(report_of(world.collection)), ensure_ascii=False)
    assert "On apprend des autres" in data
    assert "Je le referais" in data
    assert "Nommée Imprimée" in data
    for hidden in (
        "Anonyme Imprimée", "Nommée Seulement", "Le plus dur", "Accord Passé", "\"trésorerie\"", "Maud Invente",
        "ne plus travailler seule", "Rose Attendue",
    ):  # fmt: skip
        assert hidden not in data
    [theme] = report_of(world.collection).themes
    assert (theme.voices, len(theme.quotes)) == (5, 2)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_printed_report_takes_no_words_for_markup(world: Any) -> None:
    nasty = '#panic("x") *gras* $x^2$ #import "a.typ" <b> \\ [fin] _s_ @ref'
    voice = TestimonyFactory(collection=world.collection, author_name='#read("/etc/passwd")', text=nasty)
    ExcerptFactory(testimony=voice, start=0, end=len(nasty), given=[world.theme])
    consent(voice, "print", "name")
    world.theme.name = "= Titre #(1+1)"
    world.theme.save()
    world.collection.purpose = "#quote[vide]"
    text = words_of(report_pdf(report_of(world.collection)))
    for part in ('#panic("x") *gras*', '#read("/etc/passwd")', "= Titre #(1+1)"):
        assert part in text.replace("\r\n", " ").replace("\n", " ")


def test_the_report_page_and_its_file(world: Any, as_member: Any) -> None:
    client = as_member(world.bob)
    assert "Qui a parlé" in client.get(f"{STEM}/rapport/").content.decode()
    response = client.get(f"{STEM}/rapport.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert "Nos voix" in words_of(response.content)


def test_an_empty_collection_has_a_report_too(world: Any) -> None:
    empty = CollectionFactory(group=world.group, created_by=world.alice)
    assert "0 voix" in words_of(report_pdf(report_of(empty)))
