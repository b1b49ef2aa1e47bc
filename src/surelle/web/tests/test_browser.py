"""What the pages' own script does, in a real browser: keys, dialogs, menus, confirmations, light, two columns."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.browser import PHONE
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Any]


@pytest.fixture
def charte(open_page: OpenPage) -> Any:
    page = open_page()
    page.goto(reverse("web:styleguide"))
    return page


def test_keys(charte: Any) -> None:
    charte.keyboard.press("/")
    assert charte.evaluate("document.activeElement.name") == "q"
    charte.keyboard.type("?")  # in a field a key is a letter
    assert not charte.locator("#shortcuts").is_visible()
    charte.locator("h1").click()
    charte.keyboard.press("Shift+?")
    assert charte.locator("#shortcuts").is_visible()
    assert "Graphiques" in charte.locator("#shortcuts").inner_text()
    charte.keyboard.press("Escape")
    assert not charte.locator("#shortcuts").is_visible()
    charte.keyboard.press("g")
    assert charte.url.endswith("#charts")


def test_rows_are_walked(charte: Any) -> None:
    charte.locator("h1").click()
    charte.keyboard.press("j")
    first = charte.evaluate("document.activeElement.textContent")
    charte.keyboard.press("j")
    second = charte.evaluate("document.activeElement.textContent")
    charte.keyboard.press("k")
    assert first == charte.evaluate("document.activeElement.textContent") != second


def test_confirmation_is_a_modal_that_lets_go(charte: Any) -> None:
    charte.locator("#sample-confirm > summary").click()
    dialog = charte.locator("#sample-confirm dialog")
    assert dialog.evaluate("dialog => dialog.matches(':modal')")
    charte.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert charte.evaluate("document.activeElement.parentElement.id") == "sample-confirm"
    charte.locator("#sample-confirm > summary").click()
    assert dialog.evaluate("dialog => dialog.matches(':modal')")
    charte.get_by_text("Ne rien changer").click()
    assert not dialog.is_visible()


def test_a_confirmation_works_without_script(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(reverse("web:styleguide"))
    page.locator("#sample-confirm > summary").click()
    assert page.get_by_text("Oui, retirer").is_visible()


def test_menu(charte: Any) -> None:
    charte.locator(".menu > summary", has_text="Exporter").click()
    charte.keyboard.press("ArrowDown")
    assert charte.evaluate("document.activeElement.textContent") == "XLSX"
    charte.keyboard.press("Escape")
    assert charte.locator("details.menu[open]").count() == 0


def test_a_message_from_htmx_offers_undo(charte: Any) -> None:
    detail = "{text: 'Retiré', tone: 'success', undo: '/x/'}"
    charte.evaluate(f"document.body.dispatchEvent(new CustomEvent('toast', {{detail: {detail}}}))")
    toast = charte.locator("#toasts .toast")
    assert "Retiré" in toast.inner_text()
    assert toast.locator("form").get_attribute("action") == "/x/"
    toast.locator("[data-toast-close]").click()
    assert toast.count() == 0


def test_light_is_chosen_and_kept(charte: Any) -> None:
    charte.get_by_role("button", name="Sombre").click()
    charte.wait_for_load_state()
    dark = charte.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    charte.reload()
    assert charte.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark == "rgb(21, 26, 22)"
    charte.get_by_role("button", name="Clair").click()
    charte.wait_for_load_state()
    assert charte.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(250, 246, 236)"


def test_two_columns_are_tabs_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE)
    page.goto(reverse("web:styleguide"))
    sides = page.locator("#sample-sides")
    assert sides.locator(".side-first").is_visible()
    assert not sides.locator(".side-second").is_visible()
    sides.locator("label", has_text="Lecture").click()
    assert sides.locator(".side-second").is_visible()
    assert not sides.locator(".side-first").is_visible()


def test_thumbs_reach_the_leaves(open_page: OpenPage, world: World) -> None:
    page = open_page(world.alice, viewport=PHONE)
    page.goto(reverse("home:home", args=[world.cooperative.slug]))
    bar = page.locator(".bricks").bounding_box()
    assert bar["y"] + bar["height"] == PHONE["height"]
    assert page.locator(".brick").count() == 4
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


PASSWORD = "trois feuilles sur une tige"


def sign_in(page: Any, world: World) -> None:
    """Sign Bob in by his password, as he would."""
    bob = world.bob.person
    bob.set_password(PASSWORD)
    bob.save()
    bob.emailaddress_set.update_or_create(email=bob.email, defaults={"verified": True, "primary": True})
    page.goto(reverse("account_login"))
    page.get_by_label("Courriel").fill(bob.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"**/{world.cooperative.slug}/")


def test_sign_in_by_password(open_page: OpenPage, world: World) -> None:
    sign_in(page := open_page(), world)
    assert page.locator(".bricks").is_visible()


SECOND_PROOFS = ["mfa_add_webauthn", "mfa_activate_totp"]


def test_second_proofs_open_after_the_password_once_more(open_page: OpenPage, world: World) -> None:
    sign_in(page := open_page(), world)
    page.goto(reverse(SECOND_PROOFS[0]))
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    for name in SECOND_PROOFS:
        page.goto(reverse(name))
        assert page.url.endswith(reverse(name))
        assert page.locator("h1").count() == 1
        assert "UNDEFINED" not in page.content()
    assert page.locator("img.qr").evaluate("image => image.naturalWidth > 0")
