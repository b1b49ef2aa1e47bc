"""The pages that every cooperative shares: style guide, sign-in and security, errors; and the choices of a reader."""

from collections.abc import Callable

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse

from surelle.web.templatetags import surelle as tags
from tests.world import World

pytestmark = pytest.mark.django_db
AsMember = Callable[..., Client]

ENTRANCE = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_signup",
    "account_inactive",
]
SECURITY = [
    "mfa_index",
    "mfa_list_webauthn",
    "account_email",
    "account_change_password",
    "usersessions_list",
    "account_reauthenticate",
    "socialaccount_connections",
    "account_logout",
]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_styleguide_shows_every_component(client: Client, language: str) -> None:
    page = client.get(reverse("web:styleguide"), headers={"accept-language": language})
    assert page.status_code == 200
    assert "<c-" not in page.text
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance(client: Client, name: str) -> None:
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert "UNDEFINED" not in page.text


@pytest.mark.parametrize("name", SECURITY)
def test_security_of_an_account(as_member: AsMember, world: World, name: str) -> None:
    page = as_member(world.alice).get(reverse(name))
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert "UNDEFINED" not in page.text


def test_a_wrong_password_is_said_kindly(client: Client, world: World) -> None:
    page = client.post(reverse("account_login"), {"login": world.alice.person.email, "password": "wrong"})
    assert 'role="alert"' in page.text


def test_lost(as_member: AsMember, world: World) -> None:
    page = as_member(world.alice).get(f"/{world.cooperative.slug}/rien/du/tout/")
    assert page.status_code == 404
    assert "Cette feuille est tombée" in page.text


def test_form_too_old(world: World) -> None:
    page = Client(enforce_csrf_checks=True).post(reverse("web:theme"), {"theme": "dark"})
    assert page.status_code == 403
    assert "Le formulaire a expiré" in page.text


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_pages_that_stand_alone(name: str) -> None:
    page = engines["django"].get_template(name).render()
    assert 'lang="en"' in page


@pytest.mark.parametrize("name", ["403.html", "429.html"])
def test_refusals(rf: RequestFactory, name: str) -> None:
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    assert 'href="/"' in engines["django"].get_template(name).render({"messages": []}, request)


@pytest.mark.parametrize(
    ("given", "target"),
    [("/charte/?a=1", "/charte/?a=1"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/")],
)
def test_choice_of_light_returns_where_one_was(client: Client, given: str, target: str) -> None:
    answer = client.post(reverse("web:theme"), {"theme": "dark", "next": given})
    assert answer["Location"] == target
    assert client.cookies["surelle_theme"].value == "dark"
    assert 'data-theme="dark"' in client.get(reverse("web:styleguide")).text


def test_choice_of_no_light(client: Client) -> None:
    client.post(reverse("web:theme"), {"theme": "<script>"})
    assert "surelle_theme" not in client.cookies


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Anne-Laure Martin", "AM"), ("camille", "C"), ("", "?"), ("Groupe · Lyon", "GL"), ("« »", "?")],
)
def test_initials(name: str, letters: str) -> None:
    assert tags.initials(name) == letters


@pytest.mark.parametrize(("value", "whole", "share"), [(1, 4, 25), (5, 4, 100), (1, 0, 0), (None, 4, 0), ("x", 4, 0)])
def test_share(value: object, whole: object, share: int) -> None:
    assert tags.share_of(value, whole) == share


@pytest.mark.parametrize(
    ("given", "url"), [("undo:/a/b/ safe", "/a/b/"), ("undo://evil", ""), ("undo:https://e", ""), ("", "")]
)
def test_undo_stays_in_the_house(given: str, url: str) -> None:
    assert tags.undo_url(given) == url


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox · Windows"),
        ("", "Appareil inconnu"),
    ],
)
def test_device(said: str, words: str) -> None:
    assert tags.device(said) == words
