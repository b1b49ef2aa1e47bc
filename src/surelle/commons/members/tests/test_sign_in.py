"""Who gets in, and who does not: django-allauth as the house sets it."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory

from surelle.commons.members.models import Person
from surelle.commons.members.tests.factories import PASSWORD, PersonFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def verified(person: Person, *, is_verified: bool = True) -> Person:
    EmailAddress.objects.create(user=person, email=person.email, verified=is_verified, primary=True)
    return person


@pytest.fixture
def bob(world: World) -> Person:
    world.bob.person.set_password(PASSWORD)
    world.bob.person.save()
    return verified(world.bob.person)


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_password_whatever_the_case_of_the_address(bob: Person) -> None:
    client = Client()
    response = client.post("/compte/login/", {"login": "BOB@example.org", "password": PASSWORD}, follow=True)
    assert signed_in(client) == str(bob.pk)
    assert response.redirect_chain[-1][0] == "/trois-feuilles/"


def test_passwords_are_kept_by_argon2() -> None:
    from surelle.config.settings import PASSWORD_HASHERS

    assert PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_sign_up_is_closed_and_says_whom_to_ask(client: Client) -> None:
    page = client.get("/compte/signup/").content.decode()
    assert "On entre sur invitation" in page
    client.post("/compte/signup/", {"email": "moi@example.org", "password1": PASSWORD})
    assert not Person.objects.filter(email="moi@example.org").exists()


def test_sessions_are_listed_and_revoked(bob: Person) -> None:
    phone, desk = Client(HTTP_USER_AGENT="Téléphone"), Client(HTTP_USER_AGENT="Bureau")
    for client in (phone, desk):
        client.post("/compte/login/", {"login": bob.email, "password": PASSWORD})
    assert UserSession.objects.filter(user=bob).count() == 2
    assert desk.get("/compte/sessions/").status_code == 200
    desk.post("/compte/sessions/")
    assert signed_in(desk)
    assert phone.get("/moi/").status_code == 302
    assert UserSession.objects.get(user=bob).user_agent == "Bureau"


# --- limits on the doors of django-allauth ----------------------------------------------------------------------------


def test_five_wrong_passwords_for_one_address_then_one_waits(bob: Person) -> None:
    for number in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/compte/login/", {"login": bob.email, "password": "faux"})
    client = Client(REMOTE_ADDR="192.0.2.99")
    client.post("/compte/login/", {"login": bob.email, "password": PASSWORD})
    assert signed_in(client) is None


@pytest.mark.parametrize(
    ("path", "data", "rate"),
    [
        ("/compte/login/", {"login": "personne@example.org", "password": "faux"}, 30),
        ("/compte/login/code/", {"email": "personne@example.org"}, 20),
        ("/compte/password/reset/", {"email": "personne@example.org"}, 20),
    ],
)
def test_every_door_of_sign_in_has_its_limit(path: str, data: dict[str, str], rate: int) -> None:
    answers = []
    for number in range(rate + 1):
        varied = {name: value.replace("personne", f"p{number}") for name, value in data.items()}
        answers.append(Client(REMOTE_ADDR="192.0.2.7").post(path, varied).status_code)
    assert len(set(answers[:rate])) == 1
    assert answers[rate] != answers[0]
    assert Client(REMOTE_ADDR="192.0.2.8").get(path).status_code == 200


def test_asking_again_who_one_is_is_limited_too(bob: Person) -> None:
    client = Client()
    client.force_login(bob, backend="allauth.account.auth_backends.AuthenticationBackend")
    for _ in range(11):
        response = client.post("/compte/reauthenticate/", {"password": "faux"})
    assert response.status_code == 429 or "Trop" in response.content.decode()


# --- OpenID Connect ---------------------------------------------------------------------------------------------------


@pytest.fixture
def provider_says(settings: Any) -> Any:
    """`provider_says(email=…, email_verified=…)` goes through the end of an OpenID Connect sign-in."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "house",
                    "name": "La maison",
                    "client_id": "surelle",
                    "secret": "x",
                    "settings": {"server_url": "https://sso.example"},
                }
            ],
        }
    }

    def go(**claims: Any) -> tuple[str | None, Any]:
        request = RequestFactory().get("/compte/oidc/house/login/callback/")
        request.session = SessionStore()
        request.session.create()
        request._messages = CookieStorage(request)
        request.allauth = SimpleNamespace()
        from django.contrib.auth.models import AnonymousUser

        request.user = AnonymousUser()
        request.member = None
        request.resolver_match = None
        with context.request_context(request):
            provider = get_adapter().get_provider(request, "house")
            login = provider.sociallogin_from_response(request, {"userinfo": {"sub": "42", **claims}})
            response = complete_login(request, login)
        return request.session.get("_auth_user_id"), response

    return go


def test_a_known_person_with_a_verified_address_comes_in(bob: Person, provider_says: Any) -> None:
    who, _ = provider_says(email="Bob@Example.org", email_verified=True)
    assert who == str(bob.pk)
    assert SocialAccount.objects.get(uid="42").user == bob
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    who, _ = provider_says(email="nouvelle@adresse.example", email_verified=True)
    assert who == str(bob.pk), "once tied, the identity counts and not the address"


@pytest.mark.parametrize("unverified", [False, "false", None, "", 0, "no"])
def test_an_address_that_the_provider_did_not_verify_opens_nothing(
    bob: Person, provider_says: Any, unverified: Any
) -> None:
    who, _ = provider_says(email=bob.email, email_verified=unverified)
    assert who is None
    assert not SocialAccount.objects.exists()


def test_an_address_that_was_never_verified_here_opens_nothing(world: World, provider_says: Any) -> None:
    verified(world.bob.person, is_verified=False)
    who, _ = provider_says(email="bob@example.org", email_verified=True)
    assert who is None
    who, _ = provider_says(email=world.alice.person.email, email_verified=True)
    assert who is None


def test_a_stranger_gets_no_account_but_a_warm_sentence(world: World, provider_says: Any) -> None:
    who, response = provider_says(email="inconnue@example.org", email_verified=True, name="Inconnue")
    assert who is None
    assert not Person.objects.filter(email="inconnue@example.org").exists()
    assert "On entre sur invitation" in response.content.decode()


def test_a_closed_account_stays_closed(provider_says: Any) -> None:
    person = verified(PersonFactory(is_active=False))
    who, _ = provider_says(email=person.email, email_verified=True)
    assert who is None
