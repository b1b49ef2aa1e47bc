"""Who imported is not who consents; words go as far as the person agreed, and no day longer."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surelle.collective.testimonies import actions
from surelle.collective.testimonies.actions.refusals import (
    ChannelNeeded,
    ConsentMissing,
    DatesReversed,
    NotYours,
    ProofNeeded,
    WrongState,
)
from surelle.collective.testimonies.models import Consent, ConsentText, Testimony
from surelle.collective.testimonies.rules.consents import audience_within, comes_with, ends_with, widest
from surelle.collective.testimonies.rules.states import Audience, Channel
from surelle.commons.notifications.models import Notification
from tests.world import World

from .factories import TestimonyFactory

TODAY = date(2026, 3, 3)


@pytest.fixture
def waiting(world: World) -> Testimony:
    return TestimonyFactory(collection=world.collection, state="awaiting_consent", author_name="Lise Attend")


def agree(world: World, testimony: Testimony, *channels: Channel, expires_on: date | None = None) -> None:
    actions.record_consent(
        member=world.alice,
        testimony=testimony,
        channels=channels,
        proof="mail",
        proof_note="courriel",
        given_on=TODAY,
        expires_on=expires_on,
    )


@pytest.mark.parametrize(
    ("channel", "opens", "closes"),
    [
        (Channel.INSIDE, {"inside"}, {"inside", "partners", "public"}),
        (Channel.PARTNERS, {"inside", "partners"}, {"partners", "public"}),
        (Channel.PUBLIC, {"inside", "partners", "public"}, {"public"}),
        (Channel.NAME, {"name"}, {"name"}),
        (Channel.IMAGE, {"image"}, {"image"}),
        (Channel.PRINT, {"print"}, {"print"}),
    ],
)
def test_a_yes_opens_nearer_readers_and_a_no_closes_farther_ones(
    channel: Channel, opens: set[str], closes: set[str]
) -> None:
    assert set(comes_with(channel)) == opens
    assert set(ends_with(channel)) == closes


def test_the_widest_audience_and_what_remains_of_one() -> None:
    assert widest(frozenset()) is None
    assert widest(frozenset({Channel.NAME})) is None
    assert widest(frozenset({Channel.INSIDE, Channel.PARTNERS})) is Audience.PARTNERS
    assert audience_within(Audience.PUBLIC, frozenset({Channel.INSIDE})) is Audience.INSIDE
    assert audience_within(Audience.INSIDE, frozenset({Channel.PUBLIC})) is None


def test_words_are_not_published_without_the_consent_for_it(world: World, waiting: Testimony) -> None:
    with pytest.raises(ConsentMissing):
        actions.publish_testimony(member=world.alice, testimony=waiting, audience=Audience.INSIDE)
    agree(world, waiting, Channel.INSIDE)
    with pytest.raises(ConsentMissing):
        actions.publish_testimony(member=world.alice, testimony=waiting, audience=Audience.PUBLIC)
    actions.publish_testimony(member=world.alice, testimony=waiting, audience=Audience.INSIDE)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.audience) == ("published", "inside")


def test_consent_keeps_the_wording_and_a_new_one_ends_the_former(world: World, waiting: Testimony) -> None:
    agree(world, waiting, Channel.INSIDE)
    actions.write_consent_text(member=world.dora, body="Une autre promesse.")
    agree(world, waiting, Channel.INSIDE)
    rows = list(Consent.objects.filter(testimony=waiting).order_by("pk"))
    assert [row.text.version for row in rows] == [1, 2]
    assert [row.ended_at is None for row in rows] == [False, True]
    assert ConsentText.objects.get(version=1).body.startswith("Vos paroles vous appartiennent")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"channels": []}, ChannelNeeded),
        ({"proof_note": " "}, ProofNeeded),
        ({"expires_on": TODAY - timedelta(days=1)}, DatesReversed),
    ],
)
def test_a_consent_without_channel_proof_or_sense_is_refused(
    world: World, waiting: Testimony, change: dict[str, object], error: type[Exception]
) -> None:
    given = {"channels": [Channel.INSIDE], "proof": "paper", "proof_note": "classeur", "given_on": TODAY, **change}
    with pytest.raises(error):
        actions.record_consent(member=world.alice, testimony=waiting, **given)  # type: ignore[arg-type]
    assert not Consent.objects.exists()


def test_a_voice_not_heard_yet_consents_to_nothing(world: World) -> None:
    silent = TestimonyFactory(collection=world.collection, state="expected", text="")
    with pytest.raises(WrongState):
        agree(world, silent, Channel.INSIDE)


def test_a_member_of_the_group_who_does_not_coordinate_cannot_consent_for_others(
    world: World, waiting: Testimony
) -> None:
    with pytest.raises(NotYours):
        actions.record_consent(
            member=world.bob, testimony=waiting, channels=[Channel.INSIDE], proof="oral", proof_note="x", given_on=TODAY
        )


def test_ending_a_consent_narrows_what_is_published_then_closes_it(world: World, waiting: Testimony) -> None:
    agree(world, waiting, Channel.PUBLIC)
    actions.publish_testimony(member=world.alice, testimony=waiting, audience=Audience.PUBLIC)
    actions.end_consent(member=world.alice, testimony=waiting, channel=Channel.PUBLIC)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.audience) == ("published", "partners")
    actions.end_consent(member=world.alice, testimony=waiting, channel=Channel.INSIDE)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.published_at) == ("awaiting_consent", None)
    assert not Consent.objects.filter(testimony=waiting, ended_at=None).exists()


def test_a_consent_that_ran_out_closes_the_words_the_next_night(world: World, waiting: Testimony) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    agree(world, waiting, Channel.INSIDE, expires_on=tomorrow)
    actions.publish_testimony(member=world.alice, testimony=waiting, audience=Audience.INSIDE)
    assert actions.expire_consents(on=tomorrow) == 0
    assert actions.expire_consents(on=tomorrow + timedelta(days=1)) == 1
    waiting.refresh_from_db()
    assert waiting.state == "awaiting_consent"
    assert Notification.objects.filter(member=world.alice, path__contains=f"paroles/{waiting.pk}/").exists()
    assert actions.expire_consents(on=tomorrow + timedelta(days=1)) == 0


def test_an_expired_consent_publishes_nothing_even_before_the_night(world: World, waiting: Testimony) -> None:
    agree(world, waiting, Channel.INSIDE, expires_on=TODAY + timedelta(days=1))
    with pytest.raises(ConsentMissing):
        actions.publish_testimony(member=world.alice, testimony=waiting, audience=Audience.INSIDE)


def test_the_page_records_a_consent_and_publishes(
    world: World, waiting: Testimony, as_member: Callable[..., Client]
) -> None:
    client, base = as_member(world.alice), f"/trois-feuilles/temoignages/paroles/{waiting.pk}/"
    assert "disabled" in client.get(base).content.decode()
    client.post(
        base + "accords/",
        {"channels": ["inside", "name"], "proof": "oral", "proof_note": "réunion du 3", "given_on": "2026-03-03"},
    )
    client.post(base + "publier/", {"audience": "inside"})
    waiting.refresh_from_db()
    assert waiting.state == "published"
    page = client.get(base).content.decode()
    assert "réunion du 3" in page


def test_a_name_is_shown_outside_the_team_only_with_consent(
    world: World, waiting: Testimony, as_member: Callable[..., Client]
) -> None:
    from surelle.commons.members.tests.factories import MembershipFactory

    stranger = as_member(MembershipFactory(cooperative=world.cooperative))
    agree(world, waiting, Channel.INSIDE)
    actions.publish_testimony(member=world.alice, testimony=waiting, audience=Audience.INSIDE)
    addresses = [
        f"/trois-feuilles/temoignages/paroles/{waiting.pk}/",
        "/trois-feuilles/temoignages/nos-voix/",
        "/trois-feuilles/temoignages/nos-voix/?q=tr%C3%A9sorerie",
        "/trois-feuilles/temoignages/nos-voix/diaporama/",
        f"/trois-feuilles/temoignages/nos-voix/diaporama/?voix={waiting.pk}",
        "/trois-feuilles/recherche/?q=tr%C3%A9sorerie",
    ]
    for address in addresses:
        page = stranger.get(address).content.decode()
        assert "Lise Attend" not in page, address
    assert "Lise Attend" in as_member(world.alice).get(addresses[0]).content.decode()
    agree(world, waiting, Channel.NAME)
    assert "Lise Attend" in stranger.get(addresses[0]).content.decode()


def test_what_awaits_consent_is_read_by_the_team_alone(
    world: World, waiting: Testimony, as_member: Callable[..., Client]
) -> None:
    from surelle.commons.members.tests.factories import MembershipFactory

    stranger = as_member(MembershipFactory(cooperative=world.cooperative))
    assert stranger.get(f"/trois-feuilles/temoignages/paroles/{waiting.pk}/").status_code == 404
    assert as_member(world.bob).get(f"/trois-feuilles/temoignages/paroles/{waiting.pk}/").status_code == 200
