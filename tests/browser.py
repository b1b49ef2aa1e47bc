"""Fixtures for tests in a real browser: the system's Chromium, headless; mark such tests with `@pytest.mark.browser`.

`page` is a desktop page; `signed_in(member)` is one of a signed-in member; `page.goto("/…")` opens an address.
A console error or an exception on a page fails the test.
"""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from surelle.commons.members.models import Membership, Person

from .programs import find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
QUIET = [
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One Chromium for the session."""
    path = find_chromium()
    if path is None:
        pytest.skip("Chromium is not on this machine")
    from playwright.sync_api import sync_playwright

    # Playwright's synchronous face runs a loop in this thread, which makes Django fear for its connections.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET, chromium_sandbox=os.geteuid() != 0)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: "Browser", live_server: Any) -> Iterator[Callable[..., "Page"]]:
    """`open_page(member=None, viewport=DESKTOP, dark=False, language="fr")` gives a page, signed in as the member."""
    contexts = []
    errors: list[str] = []

    def open_one(
        member: Membership | None = None,
        *,
        viewport: dict[str, int] = DESKTOP,
        dark: bool = False,
        language: str = "fr",
        **more: Any,
    ) -> "Page":
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=viewport,
            locale={"fr": "fr-FR", "en": "en-GB"}[language],
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if member is not None:
            # Who is signed in reads in the language they chose, whatever the browser says.
            Person.objects.filter(pk=member.person_id).update(language=language)
            client = Client()
            client.force_login(member.person, backend="allauth.account.auth_backends.AuthenticationBackend")
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("console", lambda message: message.type == "error" and errors.append(f"{page.url}: {message.text}"))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not errors, "\n".join(errors)


@pytest.fixture
def page(open_page: Callable[..., "Page"]) -> "Page":
    """A desktop page, nobody signed in."""
    return open_page()


@pytest.fixture
def signed_in(open_page: Callable[..., "Page"]) -> Callable[..., "Page"]:
    """`signed_in(world.alice)` is a desktop page of Alice's."""
    return open_page
