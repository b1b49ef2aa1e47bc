"""Inviting, coming in, and one's own account, as people meet them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from surelle.commons.members.models import Invitation, Membership, Person
from surelle.commons.members.rules import Role
from surelle.commons.members.tests.factories import InvitationFactory, MembershipFactory
from surelle.kernel.identifiers import new_secret
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
MEMBERS = "/trois-feuilles/membres/"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


# --- invitations ------------------------------------------------------------------------------------------------------


def test_inviting_from_the_page(world: World, as_member: SignIn, django_capture_on_commit_callbacks: Any) -> None:
    client = as_member(world.dora)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            f"{MEMBERS}inviter/",
            {
                "first_name": "Inès",
                "email": "ines@example.org",
                "status": "cape",
                "roles": ["entrepreneur"],
                "language": "fr",
            },
            follow=True,
        )
    assert "Invitation envoyée à ines@example.org." in text_of(response)
    assert mail.outbox[0].to == ["ines@example.org"]
    again = client.post(
        f"{MEMBERS}inviter/", {"first_name": "Inès", "email": "bob@example.org", "status": "cape", "language": "fr"}
    )
    assert "Cette personne est déjà membre" in text_of(again)


def test_an_advisor_is_not_offered_the_mighty_roles(world: World, as_member: SignIn) -> None:
    advisor = MembershipFactory(cooperative=world.cooperative, roles=[Role.ADVISOR])
    client = as_member(advisor)
    page = text_of(client.get(f"{MEMBERS}inviter/"))
    assert 'value="entrepreneur"' in page
    assert 'value="administrator"' not in page
    client.post(
        f"{MEMBERS}inviter/",
        {"first_name": "X", "email": "x@example.org", "status": "cape", "language": "fr", "roles": ["administrator"]},
    )
    assert not Invitation.objects.exists()


def test_when_the_mail_does_not_go_one_is_told(
    world: World, as_member: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    invitation = InvitationFactory(invited_by=world.dora)
    with (
        patch("surelle.commons.members.emails.send_mail", side_effect=OSError),
        patch("surelle.commons.members.actions.invitations.transaction.on_commit", side_effect=lambda act: act()),
    ):
        response = as_member(world.dora).post(f"{MEMBERS}invitations/{invitation.pk}/renvoyer/", follow=True)
    assert "le courriel n’est pas parti" in text_of(response)


def test_the_list_of_invitations_says_what_became_of_each(
    world: World, as_member: SignIn, same_queries: Callable[..., None]
) -> None:
    past, now = datetime(2025, 1, 15, tzinfo=UTC), timezone.now()
    for name, facts in {
        "Attente": {},
        "Dépassée": {"expires_at": past},
        "Acceptée": {"accepted_at": now},
        "Retirée": {"revoked_at": now},
    }.items():
        InvitationFactory(invited_by=world.dora, first_name=name, **facts)
    InvitationFactory(invited_by=world.charlie, first_name="Ailleurs")
    client = as_member(world.dora)
    whole = text_of(client.get(f"{MEMBERS}invitations/"))
    assert "Ailleurs" not in whole
    for state, name in (
        ("waiting", "Attente"),
        ("expired", "Dépassée"),
        ("accepted", "Acceptée"),
        ("revoked", "Retirée"),
    ):
        page = client.get(f"{MEMBERS}invitations/", {"etat": state}).context["page"]
        assert [invitation.first_name for invitation in page] == [name]
    same_queries(
        lambda number: [
            InvitationFactory(invited_by=MembershipFactory(cooperative=world.cooperative)) for _ in range(number)
        ],
        lambda: client.get(f"{MEMBERS}invitations/"),
    )


# --- coming in --------------------------------------------------------------------------------------------------------


def link(world: World, **facts: Any) -> str:
    secret, fingerprint = new_secret()
    InvitationFactory(invited_by=world.dora, secret_hash=fingerprint, roles=["entrepreneur"], **facts)
    return f"/moi/invitation/{secret}/"


def test_a_new_person_chooses_a_password_and_is_home(world: World) -> None:
    client, path = Client(), link(world)
    page = text_of(client.get(path))
    assert "Bienvenue à Trois Feuilles" in page
    assert "Dora Exemple vous invite" in page
    weak = client.post(path, {"first_name": "Inès", "password": "motdepasse"})
    assert "12" in text_of(weak)
    response = client.post(path, {"first_name": "Inès", "password": "quatre feuilles portent chance"}, follow=True)
    assert response.redirect_chain[-1][0] == "/trois-feuilles/"
    assert response.status_code == 200
    assert response.wsgi_request.user.full_name == "Inès"
    assert "Cette invitation a déjà servi" in text_of(Client().get(path))


def test_the_password_must_not_be_like_the_name_or_the_address(world: World) -> None:
    response = Client().post(
        link(world, email="marie.josephine@example.org"),
        {"first_name": "Inès", "password": "marie.josephine@example.org"},
    )
    assert response.status_code == 200
    assert not Person.objects.filter(email="marie.josephine@example.org").exists()


def test_a_known_person_signs_in_and_comes_back_to_accept(world: World, as_member: SignIn) -> None:
    charlie = world.charlie.person
    path = link(world, email=charlie.email.upper())
    anonymous = text_of(Client().get(path))
    assert f"/compte/login/?next={path}" in anonymous
    assert "Mot de passe" not in anonymous
    client = as_member(charlie)
    assert "Oui, rejoindre" in text_of(client.get(path))
    assert client.post(path)["Location"] == "/trois-feuilles/"
    assert client.get("/trois-feuilles/").status_code == 200


def test_a_link_for_somebody_else_opens_nothing(world: World, as_member: SignIn) -> None:
    path = link(world)
    client = as_member(world.bob)
    assert "Déconnectez-vous" in text_of(client.get(path))
    client.post(path)
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"expires_at": datetime(2025, 1, 15, tzinfo=UTC)}, "Cette invitation n’est plus valable"),
        ({"revoked_at": datetime(2025, 1, 2, tzinfo=UTC)}, "Cette invitation a été retirée"),
    ],
)
def test_a_link_that_is_over_says_whom_to_ask(world: World, facts: dict[str, Any], sentence: str) -> None:
    path = link(world, **facts)
    for response in (Client().get(path), Client().post(path, {"first_name": "X", "password": "quatre feuilles"})):
        assert response.status_code == 410
        assert sentence in text_of(response)
        assert "Demandez à Dora Exemple" in text_of(response)
    assert not Person.objects.filter(first_name="X").exists()


def test_secrets_cannot_be_guessed_at_leisure(world: World) -> None:
    client = Client()
    answers = [client.get(f"/moi/invitation/essai-{number}/").status_code for number in range(31)]
    assert answers == [404] * 30 + [429]


def test_an_english_invitation_opens_in_english_and_says_so_in_the_page(world: World) -> None:
    assert '<html lang="en"' in text_of(Client().get(link(world, language="en")))


# --- one's own account ------------------------------------------------------------------------------------------------


def test_my_account_leads_everywhere(world: World, as_member: SignIn) -> None:
    page = text_of(as_member(world.bob).get("/moi/"))
    for path in ("/moi/profil/", "/moi/donnees/", "/moi/fermer/", "/compte/2fa/webauthn/", "/compte/sessions/"):
        assert f'href="{path}"' in page


def test_my_profile_is_saved_and_its_language_spoken_at_once(world: World, as_member: SignIn) -> None:
    client = as_member(world.bob)
    response = client.post(
        "/moi/profil/",
        {"first_name": "Robert", "last_name": "E", "language": "en", f"trade_{world.bob.pk}": "Ébéniste"},
        follow=True,
    )
    assert '<html lang="en"' in text_of(response)
    assert Membership.objects.get(pk=world.bob.pk).trade == "Ébéniste"


@pytest.mark.parametrize("path", ["/moi/donnees/archive/", "/moi/fermer/"])
def test_what_is_grave_asks_again_who_one_is(world: World, path: str) -> None:
    world.bob.person.set_password("trois feuilles sur une tige")
    world.bob.person.save()
    client = Client()
    client.force_login(world.bob.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(path)["Location"].startswith("/compte/reauthenticate/")
    client.post(f"/compte/reauthenticate/?next={path}", {"password": "faux"})
    assert client.get(path).status_code == 302
    response = client.post(f"/compte/reauthenticate/?next={path}", {"password": "trois feuilles sur une tige"})
    assert response["Location"] == path
    assert client.get(path).status_code == 200


def without_password(member: Membership) -> Membership:
    """Somebody who signs in by a code or elsewhere has nothing to be asked again."""
    member.person.set_unusable_password()
    member.person.save()
    return member


def test_closing_needs_the_tick_then_says_goodbye(world: World, as_member: SignIn, settings: Any) -> None:
    settings.FORGET_PERSON = []
    client = as_member(without_password(world.bob))
    assert "Cochez la case" in text_of(client.post("/moi/fermer/", follow=True))
    assert Person.objects.get(pk=world.bob.person_id).is_active
    response = client.post("/moi/fermer/", {"sure": "yes"}, follow=True)
    assert "Votre compte est fermé" in text_of(response)
    assert client.get("/moi/").status_code == 302
    assert not Person.objects.get(pk=world.bob.person_id).is_active


def test_the_last_administrator_is_told_why_not(world: World, as_member: SignIn, settings: Any) -> None:
    settings.FORGET_PERSON = []
    response = as_member(without_password(world.dora)).post("/moi/fermer/", {"sure": "yes"}, follow=True)
    assert "Donnez d’abord ce rôle à quelqu’un d’autre." in text_of(response)
