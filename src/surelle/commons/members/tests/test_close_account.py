"""Closing one's account."""

from datetime import date
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from surelle.commons.audit.models import AuditEvent
from surelle.commons.members.actions import accept_invitation, close_account
from surelle.commons.members.actions.refusals import AlreadyClosed, LastAdministrator
from surelle.commons.members.models import Membership, Person
from surelle.commons.members.rules import Role
from surelle.commons.members.tests.factories import InvitationFactory, MembershipFactory
from tests.world import World

pytestmark = pytest.mark.django_db
asked: list[Person] = []


def forget_person(*, person: Person) -> None:
    assert person.first_name, "other apps are asked while the person still has a name"
    asked.append(person)


@pytest.fixture(autouse=True)
def only_our_own_data(settings: Any) -> None:
    asked.clear()
    settings.FORGET_PERSON = [f"{__name__}.forget_person"]


def test_nothing_says_any_more_who_it_was(world: World, as_member: Any) -> None:
    person = world.bob.person
    client = as_member(person)
    client.get("/moi/")
    EmailAddress.objects.create(user=person, email="bob@example.org", verified=True, primary=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    SocialAccount.objects.create(user=person, provider="openid_connect", uid="bob")
    assert UserSession.objects.filter(user=person, session_key=client.session.session_key).exists()
    world.alice.notifications.all().delete()
    world.alice.notifications.create(
        cooperative=world.cooperative, title="Bob Exemple a rejoint Témoignages", body="Bob Exemple, Bobine Exemple"
    )
    InvitationFactory(invited_by=world.dora, email="BOB@example.org", first_name="Bob", last_name="Exemple")
    close_account(person=person)

    person = Person.objects.get(pk=person.pk)
    assert (person.first_name, person.last_name, person.full_name) == ("", "", "Compte fermé")
    assert not person.is_active
    assert person.closed_at
    assert not person.has_usable_password()
    assert not Session.objects.filter(pk=client.session.session_key).exists()
    for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
        assert not model.objects.filter(user=person).exists()
    assert asked == [person]
    assert not mentions("bob@example.org")
    assert not mentions("Bob Exemple")
    told = world.alice.notifications.get()
    assert (told.title, told.body) == ("quelqu’un a rejoint Témoignages", "quelqu’un, Bobine Exemple")


def mentions(word: str) -> list[str]:
    """Return where a word still stands, in all tables."""
    found = []
    for model in apps.get_models():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            rows = cursor.fetchall()
        found += [f"{model.__name__}: {row}" for row in rows if word.casefold() in str(row).casefold()]
    return found


def test_what_the_law_wants_kept_stays(world: World) -> None:
    number = world.bob.number
    close_account(person=world.bob.person)
    kept = Membership.objects.get(pk=world.bob.pk)
    assert (kept.number, kept.joined_on, kept.left_on) == (number, date(2024, 1, 1), timezone.localdate())
    assert [period.status for period in kept.statuses.all()] == ["cesa", "left"]
    assert kept.trade == ""
    assert not kept.role_grants.exists()
    assert AuditEvent.objects.get(verb="close_account").member == kept


def test_it_ends_every_membership_and_leaves_the_former_ones_as_they_were(world: World) -> None:
    person = world.bob.person
    second = MembershipFactory(cooperative=world.other_cooperative, person=person)
    third = MembershipFactory(person=person, left_on=date(2024, 5, 1))
    close_account(person=person)
    assert Membership.objects.get(pk=second.pk).left_on == timezone.localdate()
    assert Membership.objects.get(pk=third.pk).left_on == date(2024, 5, 1)


def test_the_last_administrator_stays_until_there_is_another(world: World) -> None:
    with pytest.raises(LastAdministrator):
        close_account(person=world.dora.person)
    assert Person.objects.get(pk=world.dora.person_id).is_active
    assert not asked
    MembershipFactory(cooperative=world.cooperative, roles=[Role.ADMINISTRATOR])
    close_account(person=world.dora.person)


def test_when_another_app_cannot_forget_nothing_is_closed(world: World, settings: Any) -> None:
    settings.FORGET_PERSON = [f"{__name__}.fail_to_forget"]
    with pytest.raises(ZeroDivisionError):
        close_account(person=world.bob.person)
    person = Person.objects.get(pk=world.bob.person_id)
    assert (person.full_name, person.is_active) == ("Bob Exemple", True)
    assert Membership.objects.get(pk=world.bob.pk).left_on is None


def fail_to_forget(*, person: Person) -> None:
    person.memberships.update(trade="à moitié")
    raise ZeroDivisionError


def test_it_closes_once(world: World) -> None:
    close_account(person=world.bob.person)
    with pytest.raises(AlreadyClosed):
        close_account(person=Person.objects.get(pk=world.bob.person_id))


def test_the_address_is_free_for_a_new_beginning(world: World) -> None:
    close_account(person=world.bob.person)
    again = accept_invitation(
        invitation=InvitationFactory(invited_by=world.dora, email="bob@example.org"),
        first_name="Bob",
        password="une autre phrase secrète",
    )
    assert again.person_id != world.bob.person_id


def test_two_may_close_theirs(world: World) -> None:
    close_account(person=world.bob.person)
    close_account(person=world.alice.person)


def test_who_came_today_may_go_today(world: World) -> None:
    membership = accept_invitation(
        invitation=InvitationFactory(invited_by=world.dora), first_name="Inès", password="une phrase secrète"
    )
    close_account(person=membership.person)
    assert [period.status for period in membership.statuses.all()] == ["left"]


def test_a_closed_account_does_not_sign_in(world: World) -> None:
    world.bob.person.set_password("trois feuilles sur une tige")
    world.bob.person.save()
    close_account(person=world.bob.person)
    email = Person.objects.get(pk=world.bob.person_id).email
    client = Client()
    client.post("/compte/login/", {"login": email, "password": "trois feuilles sur une tige"})
    assert "_auth_user_id" not in client.session
