"""The pages about people, as people meet them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from surelle.commons.cooperatives.tests.factories import BranchFactory
from surelle.commons.members.models import Invitation, Membership, Person
from surelle.commons.members.rules import Panel, Role
from surelle.commons.members.tests.factories import InvitationFactory, MembershipFactory
from surelle.kernel.identifiers import new_secret
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
MEMBERS = "/trois-feuilles/membres/"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


# --- the directory ----------------------------------------------------------------------------------------------------


def rows(client: Client, **query: Any) -> list[str]:
    page = client.get(MEMBERS, query).context["page"]
    return [row.first_name for row in page]


def test_the_directory_shows_those_who_are_there(world: World, as_member: SignIn) -> None:
    assert rows(as_member(world.bob)) == ["Alice", "Bob", "Dora"]


def test_words_are_found_without_accents_and_in_any_order(world: World, as_member: SignIn) -> None:
    MembershipFactory(
        cooperative=world.cooperative, person__first_name="Élodie", person__last_name="Lefèvre", trade="Œnologue"
    )
    client = as_member(world.bob)
    for words in ("elodie", "LEFEVRE élo", "oenologue", "œno elodie"):
        assert rows(client, q=words) == ["Élodie"]
    assert "Personne ne correspond" in text_of(client.get(MEMBERS, {"q": "introuvable"}))


def test_filters_of_branch_status_and_role(world: World, as_member: SignIn) -> None:
    branch = BranchFactory(cooperative=world.cooperative)
    Membership.objects.filter(pk=world.bob.pk).update(branch=branch)
    client = as_member(world.bob)
    assert rows(client, branch=branch.pk) == ["Bob"]
    assert rows(client, status="staff") == ["Dora"]
    assert rows(client, role="coordinator") == ["Alice"]
    assert rows(client, role="nonsense", branch="x", sort="nonsense", page="nonsense") == ["Alice", "Bob", "Dora"]
    page = text_of(client.get(MEMBERS, {"status": "staff"}))
    assert '<option value="staff" selected>' in page
    assert "1 personne trouvée" in page


def test_sorting_by_name_knows_french(world: World, as_member: SignIn) -> None:
    for name in ("Zoé", "Émile", "ève"):
        MembershipFactory(cooperative=world.cooperative, person__first_name=name, person__last_name="")
    client = as_member(world.bob)
    assert rows(client) == ["Émile", "ève", "Alice", "Bob", "Dora", "Zoé"]
    assert rows(client, sort="-name") == ["Zoé", "Dora", "Bob", "Alice", "ève", "Émile"]
    by_number = rows(client, sort="number")
    assert by_number == [m.person.first_name for m in Membership.objects.filter(
        cooperative=world.cooperative, left_on=None).order_by("number")]  # fmt: skip


def test_those_who_left_are_found_only_by_who_manages(world: World, as_member: SignIn) -> None:
    world.left.statuses.update(status="left")
    assert rows(as_member(world.dora), status="left") == ["Yann"]
    assert rows(as_member(world.bob), status="left") == ["Alice", "Bob", "Dora"]  # unknown to the form: no filter


def test_a_closed_account_is_in_no_directory(world: World, as_member: SignIn) -> None:
    Person.objects.filter(pk=world.alice.person_id).update(closed_at=timezone.now())
    assert rows(as_member(world.bob)) == ["Bob", "Dora"]


def test_the_exports_hold_what_the_page_shows(world: World, as_member: SignIn) -> None:
    MembershipFactory(
        cooperative=world.cooperative, person__first_name="=1+1", person__last_name="Éa", trade="@métier", number=777
    )
    client = as_member(world.bob)
    response = client.get(f"{MEMBERS}export/csv/", {"q": "ea"})
    assert re.search(r'filename="membres-trois-feuilles-\d{4}-\d\d-\d\d\.csv"', response["Content-Disposition"])
    [heading, line] = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert heading[:3] == ["Numéro", "Prénom", "Nom"]
    assert line[:5] == ["777", "'=1+1", "Éa", line[3], "'@métier"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{MEMBERS}export/xlsx/").content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert len(sheet) == 5
    assert [777, "=1+1", "Éa"] in [row[:3] for row in sheet]


def test_a_full_house_costs_no_more_queries(world: World, as_member: SignIn, same_queries: Callable[..., None]) -> None:
    client = as_member(world.bob)

    def make(number: int) -> None:
        for _ in range(number):
            MembershipFactory(
                cooperative=world.cooperative,
                branch=BranchFactory(cooperative=world.cooperative),
                roles=[Role.ENTREPRENEUR, Role.ADVISOR],
            )

    same_queries(make, lambda: client.get(MEMBERS))


def test_pages(world: World, as_member: SignIn) -> None:
    for _ in range(55):
        MembershipFactory(cooperative=world.cooperative)
    client = as_member(world.bob)
    assert len(rows(client)) == 50
    assert len(rows(client, page=2)) == 8


# --- a member ---------------------------------------------------------------------------------------------------------


def test_a_member_and_their_timeline(world: World, as_member: SignIn) -> None:
    world.bob.statuses.update(ends_on=date(2025, 2, 28))
    world.bob.statuses.create(cooperative=world.cooperative, status="associate", starts_on=date(2025, 3, 1))
    page = text_of(as_member(world.alice).get(f"{MEMBERS}{world.bob.pk}/"))
    assert "bob@example.org" in page
    assert page.index("depuis le 1 mars 2025") < page.index("jusqu’au 28 février 2025")
    assert "Ce qui a été fait" not in page
    assert "Changer le statut" not in page


def test_an_administrator_sees_the_acts_and_what_was_done(world: World, as_member: SignIn) -> None:
    client = as_member(world.dora)
    client.post(f"{MEMBERS}{world.bob.pk}/roles/accountant/donner/")
    page = text_of(client.get(f"{MEMBERS}{world.bob.pk}/"))
    assert "Changer le statut" in page
    assert "a donné un rôle à Bob Exemple" in page


def a_panel(*, reader: Membership, of: Membership) -> Panel:
    return Panel(title="Groupes", rows=[("Témoignages", "/ici/", "anime")], empty="Aucun groupe.")


def no_panel(*, reader: Membership, of: Membership) -> None:
    return None


def test_other_apps_have_their_place_on_the_page(world: World, as_member: SignIn, settings: Any) -> None:
    settings.MEMBER_PANELS = [f"{__name__}.a_panel", f"{__name__}.no_panel"]
    page = text_of(as_member(world.alice).get(f"{MEMBERS}{world.bob.pk}/"))
    assert '<a href="/ici/">Témoignages</a>' in page


def test_a_long_timeline_costs_no_more_queries(
    world: World, as_member: SignIn, same_queries: Callable[..., None]
) -> None:
    client = as_member(world.dora)
    day = iter(range(1, 100))

    def make(number: int) -> None:
        for _ in range(number):
            start = date(2020, 1, 1).replace(day=1 + next(day) % 28)
            world.bob.statuses.create(
                cooperative=world.cooperative, status="cape", starts_on=start, ends_on=date(2021, 1, 1)
            )
            client.post(f"{MEMBERS}{world.bob.pk}/modifier/", {"trade": "Menuisier"})

    same_queries(make, lambda: client.get(f"{MEMBERS}{world.bob.pk}/"))


def test_changing_a_status_offers_what_may_follow_and_to_take_it_back(world: World, as_member: SignIn) -> None:
    client = as_member(world.dora)
    page = text_of(client.get(f"{MEMBERS}{world.bob.pk}/statut/"))
    assert 'value="associate"' in page
    assert 'value="candidate"' not in page
    response = client.post(
        f"{MEMBERS}{world.bob.pk}/statut/", {"status": "associate", "starts_on": "2025-03-01"}, follow=True
    )
    assert "Bob Exemple : Associé·e." in text_of(response)
    undo = re.search(r'action="(/[^"]*/annuler/)"', text_of(response))
    assert undo
    assert "de nouveau : En CESA" in text_of(client.post(undo[1], follow=True))
    assert world.bob.statuses.get().ends_on is None


def test_a_refusal_is_said_in_the_form(world: World, as_member: SignIn) -> None:
    response = as_member(world.dora).post(
        f"{MEMBERS}{world.bob.pk}/statut/", {"status": "associate", "starts_on": "2020-01-01"}
    )
    assert response.status_code == 200
    assert "La date doit venir après le début du statut actuel" in text_of(response)
    taken = as_member(world.dora).post(f"{MEMBERS}{world.bob.pk}/modifier/", {"number": world.alice.number})
    assert "Ce numéro est déjà celui d’un autre membre." in text_of(taken)


def test_roles_say_what_they_allow_and_the_last_administrator_stays(world: World, as_member: SignIn) -> None:
    client = as_member(world.dora)
    assert "lire le journal de ce qui a été fait" in text_of(client.get(f"{MEMBERS}{world.bob.pk}/roles/"))
    given = client.post(f"{MEMBERS}{world.bob.pk}/roles/accountant/donner/", follow=True)
    assert "Bob Exemple a maintenant le rôle « Comptable »." in text_of(given)
    assert f'action="{MEMBERS}{world.bob.pk}/roles/accountant/retirer/"' in text_of(given)
    kept = client.post(f"{MEMBERS}{world.dora.pk}/roles/administrator/retirer/", follow=True)
    assert "la dernière personne qui administre" in text_of(kept)


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
