"""The demo is whole: people who can sign in, voices in every state, marks that two people made."""

from collections import Counter

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.management import call_command
from django.test import Client

from surelle.collective.groups.models import Group, GroupKind
from surelle.collective.testimonies.models import CodingRound, Collection, Excerpt, Source, Testimony, Theme
from surelle.commons.cooperatives.models import Partnership
from surelle.commons.members.models import Membership, Person, StatusPeriod
from surelle.commons.members.rules import Status
from surelle.commons.search.queries import matching_ids
from surelle.home.management.commands.load_demo import ACCOUNTS


@pytest.mark.django_db
def test_the_demo() -> None:
    call_command("load_demo")
    ours = Membership.objects.filter(cooperative__slug="trois-feuilles")
    assert ours.count() >= 24
    assert set(StatusPeriod.objects.values_list("status", flat=True)) == set(Status)
    assert {group.kind for group in Group.objects.filter(cooperative__slug="trois-feuilles")} == set(GroupKind.values)
    assert Partnership.objects.count() == 2
    assert not mail.outbox

    voices = Collection.objects.get(cooperative__slug="trois-feuilles", slug="nos-voix")
    states = Counter(Testimony.objects.filter(collection=voices).values_list("state", flat=True))
    assert states["withdrawn"] == 1
    assert states["published"] >= 9
    assert min(states["awaiting_consent"], states["expected"]) >= 3
    published = Testimony.objects.filter(collection=voices, state="published")
    assert set(published.values_list("audience", flat=True)) == {"inside", "partners", "public"}
    assert published.filter(kind="interview").first().answers.count() == 5  # type: ignore[union-attr]
    assert Theme.objects.filter(collection=voices).count() >= 12
    assert Theme.objects.filter(collection=voices).exclude(parent=None).exists()
    assert Excerpt.objects.filter(collection=voices).count() >= 55
    assert Excerpt.objects.filter(collection=voices).values("marked_by").distinct().count() == 2
    assert CodingRound.objects.get(collection=voices).closed_at
    assert set(Source.objects.filter(collection=voices).values_list("state", flat=True)) == {"confirmed", "in_review"}
    assert matching_ids(voices.cooperative_id, "testimony", "salaires terre")

    counts = (Membership.objects.count(), Testimony.objects.count(), Excerpt.objects.count())
    call_command("load_demo")
    assert counts == (Membership.objects.count(), Testimony.objects.count(), Excerpt.objects.count())

    for address, password, _who in ACCOUNTS:
        validate_password(password, Person.objects.get(email=address))
        client = Client()
        client.post("/compte/login/", {"login": address, "password": password})
        assert client.get("/", follow=True).status_code == 200
        assert "_auth_user_id" in client.session, address
