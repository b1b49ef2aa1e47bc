"""Every page in a real browser: nothing that axe finds, no error in the console, nothing wider than a phone.

The pages are those of the access matrix (GET, 200 for somebody) and those of sign-in. With SURELLE_PICTURES a picture
of each is kept there: `python -m tests.pictures`.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from .access import Door
from .browser import DESKTOP, PHONE
from .test_access_matrix import matrix
from .world import World

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("SURELLE_PICTURES", "")
ONLY = os.environ.get("SURELLE_PICTURES_ONLY", "")
OF_VISITORS = ["account_login", "account_request_login_code", "account_reset_password", "account_signup"]
OF_ACCOUNTS = [
    "mfa_index",
    "mfa_list_webauthn",
    "account_email",
    "account_change_password",
    "usersessions_list",
    "account_reauthenticate",
    "socialaccount_connections",
    "account_logout",
]
# Colours have changed by then.
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@dataclass(frozen=True)
class Seen:
    """A page, its address, and the name of the person in the world who looks (empty: a visitor)."""

    name: str
    path: str
    who: str


def in_the_matrix(world: World, app: str) -> Iterator[Seen]:
    for name, doors in sorted(matrix().items()):
        if app_of(name) != app:
            continue
        for number, door in enumerate([doors] if isinstance(doors, Door) else doors):
            if door.method != "get" or 200 not in door.columns().values():
                continue
            who = (
                "" if door.anonymous == 200 else next(str(who) for who, found in door.columns().items() if found == 200)
            )
            path = reverse(name, kwargs=door.kwargs(world)) + (f"?{door.query}" if door.query else "")
            yield Seen(f"{name.replace(':', '-')}{number or ''}", path, who)


def pages_of(world: World, app: str) -> Iterator[Seen]:
    if app != "sign-in":
        yield from in_the_matrix(world, app)
        return
    yield from (Seen(name, reverse(name), "") for name in OF_VISITORS)
    yield from (Seen(name, reverse(name), "alice") for name in OF_ACCOUNTS)
    yield Seen("404", f"/{world.cooperative.slug}/rien/du/tout/", "alice")


def app_of(name: str) -> str:
    return name.partition(":")[0]


APPS = ["sign-in", *(app for app, _ in groupby(sorted(app_of(name) for name in matrix())))]


def is_a_page(world: World, seen: Seen) -> bool:
    """Say whether the address answers with a whole page, rather than a file, data or a fragment."""
    client = Client()
    if seen.who:
        client.force_login(
            getattr(world, seen.who).person, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    answer = client.get(seen.path)
    whole = answer.get("Content-Type", "").startswith("text/html") and b"<html" in b"".join(answer)
    answer.close()
    return whole


def trouble_with(page: "Page", seen: Seen, width: str, light: str) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the page as it now stands."""
    from axe_playwright_python.sync_playwright import Axe

    place = f"{seen.name} ({seen.path}, {width}, {light})"
    violations = Axe().run(page, options=AXE).response["violations"]
    if violations:  # Chromium may keep old colours for a while after the change of light: ask a fresh page
        page.reload(wait_until="load")
        violations = Axe().run(page, options=AXE).response["violations"]
    for violation in violations:
        nodes = "; ".join(f"{node['target']} {node['failureSummary']}" for node in violation["nodes"][:3])
        yield f"{place}: {violation['id']}: {violation['help']}: {nodes}"
    if (spill := page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) > 0:
        wide = page.evaluate(
            "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
            ".slice(0, 6).map(e => e.tagName + '.' + e.getAttribute('class'))"
        )
        yield f"{place}: {spill} px wider than the window: {json.dumps(wide)}"


def keep_picture(page: "Page", seen: Seen, width: str, light: str) -> None:
    if PICTURES:
        # A window as high as the page, so that what is fixed to its edges stands where it belongs.
        size = page.viewport_size or DESKTOP
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height, 8000))})
        page.screenshot(path=Path(PICTURES) / f"{seen.name}-{width}-{light}.png", full_page=True)
        page.set_viewport_size(size)


@pytest.mark.parametrize("app", APPS)
def test_every_page(app: str, world: World, open_page: Callable[..., Any]) -> None:
    trouble: list[str] = []
    pages: dict[str, Page] = {}
    for seen in list(pages_of(world, app)):
        if (ONLY and ONLY not in seen.name) or (seen.name != "404" and not is_a_page(world, seen)):
            continue
        page = pages.get(seen.who)
        if page is None:
            page = pages[seen.who] = open_page(getattr(world, seen.who) if seen.who else None)
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="light")
        if seen.name == "404":  # the browser would log its status as an error
            page.route(f"**{seen.path}", lambda route: route.fulfill(response=route.fetch(), status=200))
        page.goto(seen.path, wait_until="load")
        page.evaluate("document.fonts.ready")
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            for light in ("light", "dark"):
                page.emulate_media(color_scheme=light)
                page.evaluate(TWO_FRAMES)
                trouble += trouble_with(page, seen, str(viewport["width"]), light)
                keep_picture(page, seen, str(viewport["width"]), light)
    assert not trouble, "\n".join(trouble)
