"""The whole way of a voice, as a person of the working group walks it in a browser.

Import a page, review it, read it as a slide show, mark what is said, see the themes, and let an author take their words
back. The half about marks stands in `mark_and_count`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from surelle.collective.testimonies.models import Testimony
from surelle.collective.testimonies.tests.voices_page import PAGE

from .browser import PHONE
from .world import World

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COLLECTION = "/trois-feuilles/temoignages/nos-voix/"
AGATHE = "on ne refait pas seul un toit"


def import_and_review(page: "Page", tmp_path: Path) -> None:
    """Drop the page of the wiki, read its voices beside their lines, put two things right, and confirm."""
    from playwright.sync_api import expect

    file = tmp_path / "paroles.txt"
    file.write_text(PAGE, encoding="utf-8")
    page.goto(COLLECTION)
    page.get_by_role("link", name="Importer une page").first.click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Lire la page").click()
    expect(page.locator(".voice-card")).to_have_count(5)
    expect(page.locator(".review-sum")).to_contain_text("Toutes les lignes ont leur place")

    page.wait_for_load_state()
    # By keyboard to the second voice: its lines light up on the left.
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".voice-card.is-here .voice-name")).to_have_text("Agathe Lormeau")
    expect(page.locator(".line.is-shown").first).to_contain_text("Agathe Lormeau")
    page.keyboard.press("e")
    expect(page.locator("#author-2")).to_be_focused()
    page.locator("#author-2").fill("Agathe L.")
    page.locator("#v2 button[value^=attribute]").click()
    expect(page.locator("#v2 .voice-name")).to_have_text("Agathe L.")
    expect(page.locator("#v2")).to_contain_text("Revu")
    page.keyboard.press("u")  # on second thoughts
    expect(page.locator("#v2 .voice-name")).to_have_text("Agathe Lormeau")

    # The last line of Dorian is nobody's: choose it on the left, and a key says so.
    page.locator("label.line-label", has_text="Le droit de se tromper").click()
    page.keyboard.press("h")
    expect(page.locator("#v5")).not_to_contain_text("Le droit de se tromper")
    page.get_by_role("button", name="Annuler le dernier changement").click()
    expect(page.locator("#v5")).to_contain_text("Le droit de se tromper")
    assert not Testimony.objects.filter(author_name="Agathe Lormeau").exists()

    page.get_by_role("button", name="Confirmer cette lecture").click()
    expect(page.locator("main")).to_contain_text("Agathe Lormeau")
    expect(page.locator(".tab-count")).to_have_text("1")  # Basile has not spoken yet


def show(page: "Page") -> None:
    """Walk the slide show by keyboard, with its notes, an empty chair, and addresses that can be shared."""
    from playwright.sync_api import expect

    page.goto(COLLECTION)
    page.get_by_role("link", name="Diaporama").first.click()
    expect(page.locator(".slide h2")).to_have_text("Nos voix")
    page.wait_for_load_state()
    for _n in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".slide-words")).to_contain_text(AGATHE)
    expect(page).to_have_url(re.compile(r"voix=\d+-1"))
    expect(page.locator(".slide-notes")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator(".slide-notes")).to_contain_text("Les Toits Sobres")
    page.keyboard.press(" ")
    expect(page.locator(".slide-chair")).to_contain_text("Basile")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".slide-words")).to_contain_text(AGATHE)
    page.go_back()
    expect(page.locator(".slide-chair")).to_contain_text("Basile")
    page.keyboard.press("End")
    expect(page.locator(".slide h2")).to_have_text("Merci à chaque voix")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(re.escape(COLLECTION) + "$"))


def mark_and_count(page: "Page", testimony: Testimony) -> None:
    """Mark words by keyboard with a theme, tone and memo, undo and do again, and find them among the themes."""
    from playwright.sync_api import expect

    page.goto(f"/trois-feuilles/temoignages/paroles/{testimony.pk}/marquer/")
    page.wait_for_load_state()
    notes = page.locator(".mark-note")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#panel-words")).to_contain_text(AGATHE)
    page.keyboard.press("Enter")
    page.keyboard.type("Toits")
    expect(page.locator("#panel-new")).to_contain_text("créer le thème « Toits »")
    page.keyboard.press("Enter")
    expect(notes).to_have_count(1)
    expect(notes.first).to_contain_text("Toits")
    page.keyboard.press("+")
    expect(notes.first.locator(".tone-sign")).to_have_text("+1")
    page.keyboard.press("m")
    page.keyboard.type("à citer")
    page.keyboard.press("Enter")
    expect(notes.first.locator(".mark-memo")).to_have_text("à citer")
    page.keyboard.press("z")
    expect(notes.first.locator(".mark-memo")).to_have_count(0)
    page.keyboard.press("y")
    expect(notes.first.locator(".mark-memo")).to_have_text("à citer")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    expect(page.locator("#offers li")).not_to_have_count(0)
    # The first letters are enough, accents or not; then the words have both themes' marks under them.
    page.keyboard.type("sol")
    page.keyboard.press("Enter")
    expect(notes).to_have_count(2)
    expect(page.locator(".passage-text .under")).not_to_have_count(0)

    page.get_by_role("link", name="Thèmes").first.click()
    page.get_by_role("link", name="Toits").click()
    expect(page.locator(".excerpt-words")).to_contain_text(AGATHE)
    page.goto(COLLECTION + "analyse/")
    page.get_by_role("row", name="Toits").get_by_role("link").nth(1).click()
    expect(page.locator(".excerpt-words")).to_contain_text(AGATHE)
    page.goto(COLLECTION + "rapport/")
    expect(page.locator("main")).to_contain_text("aucune n’a encore accepté d’être imprimée")
    assert AGATHE not in page.content()  # it is counted, and not quoted before she agrees


def consent_and_withdraw(page: "Page", testimony: Testimony) -> None:
    """Note the author's agreement, publish, then take the words back: they are gone from every page."""
    from playwright.sync_api import expect

    address = f"/trois-feuilles/temoignages/paroles/{testimony.pk}/"
    page.goto(address)
    expect(page.locator(".publish button").first).to_be_disabled()
    page.locator("summary", has_text="Noter un accord").click()
    page.get_by_label("Lire dans la coopérative").check()
    page.get_by_label("Courriel", exact=True).check()
    page.get_by_label("Où est la preuve ?").fill("courriel du 3 mars")
    page.get_by_role("button", name="Noter cet accord").click()
    page.get_by_role("button", name="Dans la coopérative", exact=True).click()
    expect(page.locator(".page-head")).to_contain_text("Dans la coopérative")
    page.locator("#retirer > summary").click()
    page.get_by_role("button", name="Oui, retirer partout").click()
    expect(page).to_have_url(re.compile(re.escape(COLLECTION) + "$"))
    expect(page.locator("main")).not_to_contain_text("Agathe Lormeau")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Cette voix a été retirée")
    for place in (
        COLLECTION + "?q=toit",
        COLLECTION + "diaporama/?imprimer",
        "/trois-feuilles/recherche/?q=toit",
        COLLECTION + "themes/",
        COLLECTION + "extraits/",
        COLLECTION + "analyse/",
        COLLECTION + "rapport/",
    ):
        page.goto(place)
        assert AGATHE not in page.content(), place


def test_the_way_of_a_voice(world: World, open_page: Callable[..., Any], tmp_path: Path) -> None:
    page = open_page(world.alice)
    import_and_review(page, tmp_path)
    show(page)
    agathe = Testimony.objects.get(author_name="Agathe Lormeau")
    mark_and_count(page, agathe)
    consent_and_withdraw(page, agathe)


def test_somebody_answers_on_a_phone_in_two_times(world: World, open_page: Callable[..., Any]) -> None:
    from playwright.sync_api import expect

    from surelle.collective.testimonies import actions
    from surelle.collective.testimonies.actions import QuestionDraft

    actions.save_guide(
        member=world.alice, collection=world.collection, questions=[QuestionDraft("Pourquoi être venu ici ?")]
    )
    secret = actions.speak_up(member=world.bob, collection=world.collection)
    page = open_page(None, viewport=PHONE)
    page.goto(f"/parole/{secret}/")
    page.get_by_label("Pourquoi être venu ici ?").press_sequentially("Pour ne plus compter seul.")
    expect(page.locator("[data-save-state]")).to_have_text("Enregistré")
    page.reload()
    expect(page.get_by_label("Pourquoi être venu ici ?")).to_have_value("Pour ne plus compter seul.")
    assert page.locator(":checked[type=checkbox]").count() == 0
    page.get_by_label("Lire dans la coopérative").check()
    page.get_by_role("button", name="Envoyer mes paroles").click()
    expect(page.locator("h1")).to_contain_text("Merci pour votre voix")
    said = Testimony.objects.get(author=world.bob)
    assert (said.state, said.text) == ("awaiting_consent", "Pour ne plus compter seul.")
    page.wait_for_load_state()
    page.locator("#retirer > summary").click()
    page.get_by_role("button", name="Oui, retirer partout").click()
    expect(page.locator("h1, h2").first).to_contain_text("retirées")


def test_the_slide_show_turns_by_swipe_and_fits_a_phone(world: World, open_page: Callable[..., Any]) -> None:
    from playwright.sync_api import expect

    page = open_page(world.alice, viewport=PHONE, has_touch=True)
    page.goto(COLLECTION + "diaporama/")
    swipe = """(by) => {
      const scene = document.getElementById('scene');
      const at = (type, x) => scene.dispatchEvent(new PointerEvent(type, {
        bubbles: true, pointerType: 'touch', isPrimary: true, clientX: x, clientY: 300 }));
      at('pointerdown', 200); at('pointerup', 200 + by);
    }"""
    page.evaluate(swipe, -120)
    expect(page.locator(".slide-words")).to_contain_text("ne plus travailler seule")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(swipe, 120)
    expect(page.locator(".slide h2")).to_have_text("Nos voix")


def test_words_after_an_emoji_are_marked_exactly(world: World, open_page: Callable[..., Any]) -> None:
    from playwright.sync_api import expect

    from surelle.collective.testimonies.models import Excerpt
    from surelle.collective.testimonies.tests.factories import TestimonyFactory

    voice = TestimonyFactory(
        collection=world.collection,
        text="Ça pousse 🌱🌱 bien. 👩\u200d🌾 Ici on cultive ensemble.\nEt l'on récolte 🌻 aussi.",
    )
    page = open_page(world.alice)
    page.goto(f"/trois-feuilles/temoignages/paroles/{voice.pk}/marquer/")
    page.wait_for_load_state()
    choose = """(words) => {
      const walker = document.createTreeWalker(document.getElementById('marking-text'), NodeFilter.SHOW_TEXT);
      for (let node; (node = walker.nextNode());) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at); range.setEnd(node, at + words.length);
        getSelection().removeAllRanges(); getSelection().addRange(range);
      }
    }"""
    for count, words in enumerate(("bien", "cultive", "🌻 aussi"), start=1):
        page.evaluate(choose, words)
        expect(page.locator("#panel-words")).to_have_text(words)
        page.keyboard.press("1")
        expect(page.locator(".mark-note")).to_have_count(count)
    assert set(Excerpt.objects.filter(testimony=voice).values_list("quote", flat=True)) == {
        "bien",
        "cultive",
        "🌻 aussi",
    }


def test_marking_without_script(world: World, open_page: Callable[..., Any]) -> None:
    from surelle.collective.testimonies.models import Excerpt

    page = open_page(world.alice, java_script_enabled=False)
    page.goto(f"/trois-feuilles/temoignages/paroles/{world.testimony.pk}/marquer/")
    page.get_by_label("De la phrase n°").fill("2")
    page.get_by_label("à la phrase n°").fill("2")
    page.locator("#theme-sought").fill("Entraide")
    page.get_by_role("button", name="Marquer", exact=True).click()
    made = Excerpt.objects.get(themes__name="Entraide")
    assert made.quote == "On apprend des autres chaque semaine."


def test_marking_by_finger_on_a_phone(world: World, open_page: Callable[..., Any]) -> None:
    from playwright.sync_api import expect

    page = open_page(world.alice, viewport=PHONE, has_touch=True)
    page.goto(f"/trois-feuilles/temoignages/paroles/{world.testimony.pk}/marquer/")
    page.wait_for_load_state()
    expect(page.locator("#marking-panel")).to_be_hidden()
    page.evaluate("getSelection().selectAllChildren(document.querySelectorAll('.sentence')[1])")
    expect(page.locator("#marking-panel")).to_be_visible()
    page.locator(".theme-choice", has_text="Apprendre").tap()
    expect(page.locator(".mark-note", has_text="Apprendre")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
