"""The pages about people, as people meet them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from surelle.commons.cooperatives.tests.factories import BranchFactory
from surelle.commons.members.models import Membership, Person
from surelle.commons.members.rules import Panel, Role
from surelle.commons.members.tests.factories import MembershipFactory
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
        cooperative=world.cooperative,
        person__first_name="=1+1",
        person__last_name="Éa",
        trade="@métier",
        number=1_000_777,
    )
    client = as_member(world.bob)
    response = client.get(f"{MEMBERS}export/csv/", {"q": "ea"})
    assert re.search(r'filename="membres-trois-feuilles-\d{4}-\d\d-\d\d\.csv"', response["Content-Disposition"])
    [heading, line] = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert heading[:3] == ["Numéro", "Prénom", "Nom"]
    assert line[:5] == ["1000777", "'=1+1", "Éa", line[3], "'@métier"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{MEMBERS}export/xlsx/").content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert len(sheet) == 5
    assert [1_000_777, "=1+1", "Éa"] in [row[:3] for row in sheet]


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
