"""Somebody is invited, writes in several times, agrees or not, and can take everything back."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from surelle.collective.testimonies import actions
from surelle.collective.testimonies.actions import QuestionDraft
from surelle.collective.testimonies.actions.refusals import (
    AlreadySubmitted,
    LinkExpired,
    NotYours,
    WordsNeeded,
    WrongState,
)
from surelle.collective.testimonies.models import Answer, AnswerInvitation, Consent, Testimony
from surelle.collective.testimonies.rules.states import Channel
from surelle.commons.notifications.models import Notification
from tests.world import World


@pytest.fixture
def expected(world: World) -> Testimony:
    actions.save_guide(
        member=world.alice,
        collection=world.collection,
        questions=[QuestionDraft("Pourquoi être venu ?"), QuestionDraft("Que gardez-vous ?")],
        introduction="Bonjour et bienvenue.",
    )
    return actions.add_expected_voice(member=world.alice, collection=world.collection, name="Basile Tardif")


@pytest.fixture
def link(world: World, expected: Testimony, django_capture_on_commit_callbacks: Callable[..., object]) -> str:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        actions.invite_to_answer(member=world.alice, testimony=expected, email="basile@example.org")
    found = re.search(r"/parole/[\w-]+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


def keys(testimony: Testimony) -> list[str]:
    guide = testimony.collection.guides.order_by("-version").first()
    assert guide
    return [str(question.key) for question in guide.questions.order_by("position")]


def test_the_invitation_goes_out_with_a_link_whose_secret_is_nowhere_kept(link: str) -> None:
    sent = mail.outbox[-1]
    assert sent.to == ["basile@example.org"]
    assert "Basile Tardif" in sent.body
    secret = link.split("/")[2]
    assert secret not in str(list(AnswerInvitation.objects.values()))


def test_the_form_asks_the_guide_and_ticks_nothing_beforehand(link: str, client: Client) -> None:
    page = client.get(link).content.decode()
    assert "Pourquoi être venu ?" in page
    assert "Bonjour et bienvenue." in page
    assert "checked" not in page
    assert "Vos paroles vous appartiennent" in page


def test_words_are_saved_as_one_types_and_found_again(link: str, expected: Testimony, client: Client) -> None:
    first, _second = keys(expected)
    answer = client.post(link + "enregistrer/", {f"reponse-{first}": "Par hasard."}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    expected.refresh_from_db()
    assert (expected.state, expected.text) == ("draft", "")
    assert "Par hasard." in client.get(link).content.decode()


def test_a_second_mail_shows_what_the_first_link_saved(
    link: str,
    expected: Testimony,
    world: World,
    client: Client,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    first, _second = keys(expected)
    client.post(link + "enregistrer/", {f"reponse-{first}": "Par hasard."})
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        actions.invite_to_answer(member=world.alice, testimony=expected, email="basile@example.org")
    second_link = re.search(r"/parole/[\w-]+/", str(mail.outbox[-1].body))
    assert second_link
    assert second_link[0] != link
    assert "Par hasard." in client.get(second_link[0]).content.decode()
    assert client.get(link).status_code == 200  # the first mail still leads there


def test_sending_makes_an_interview_that_awaits_consent_and_tells_who_coordinates(
    link: str, expected: Testimony, world: World, client: Client
) -> None:
    first, second = keys(expected)
    answer = client.post(
        link + "envoyer/",
        {f"reponse-{first}": "Par hasard.\r\nEt j'y suis resté.", f"reponse-{second}": "", "texte": "1"},
    )
    assert answer.headers["Location"].endswith("/merci/")
    expected.refresh_from_db()
    assert expected.state == "awaiting_consent"
    assert expected.text == "Par hasard.\nEt j'y suis resté."
    spans = [(a.start, a.end) for a in Answer.objects.filter(testimony=expected)]
    assert spans == [(0, len(expected.text)), (len(expected.text), len(expected.text))]
    assert not Consent.objects.exists()
    told = Notification.objects.get(member=world.alice, path__contains=f"paroles/{expected.pk}/")
    assert "Basile" not in told.title
    assert not any(AnswerInvitation.objects.get().saved)
    assert "Merci" in client.get(link, follow=True).content.decode()


def test_consents_of_the_form_are_recorded_with_the_wording_seen(
    link: str, expected: Testimony, client: Client
) -> None:
    first, _second = keys(expected)
    client.get(link)
    client.post(
        link + "envoyer/",
        {f"reponse-{first}": "Par hasard.", "texte": "1", "channels": ["partners", "name"], "tenure": "newcomer"},
    )
    rows = {c.channel: c for c in Consent.objects.filter(testimony=expected)}
    assert set(rows) == {"inside", "partners", "name"}
    assert {(c.proof, c.text.version, c.recorded_by) for c in rows.values()} == {("form", 1, None)}
    expected.refresh_from_db()
    assert expected.tenure == "newcomer"


def test_an_anonymous_voice_loses_its_name_and_its_address_at_once(
    link: str, expected: Testimony, client: Client
) -> None:
    first, _second = keys(expected)
    client.post(
        link + "envoyer/", {f"reponse-{first}": "Par hasard.", "anonymous": "on", "channels": ["inside", "name"]}
    )
    expected.refresh_from_db()
    assert (expected.author_kind, expected.author_name, expected.author) == ("anonymous", "", None)
    assert AnswerInvitation.objects.get().email == ""
    assert {c.channel for c in Consent.objects.all()} == {"inside"}


def test_nothing_to_send_is_said_on_the_page_and_keeps_what_was_ticked(link: str, client: Client) -> None:
    answer = client.post(link + "envoyer/", {"channels": ["inside"]})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "aucune parole" in page
    assert "checked" in page


def test_what_was_sent_cannot_be_changed_but_can_be_withdrawn_by_the_same_link(
    link: str, expected: Testimony, client: Client
) -> None:
    first, _second = keys(expected)
    client.post(link + "envoyer/", {f"reponse-{first}": "Par hasard."})
    answer = client.post(link + "enregistrer/", {f"reponse-{first}": "Autre."}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    client.post(link + "retirer/")
    expected.refresh_from_db()
    assert (expected.state, expected.text) == ("withdrawn", "")
    page = client.get(link)
    assert "retirées" in page.content.decode()
    assert client.post(link + "retirer/").status_code == 302


def test_an_expired_link_says_so_and_whom_to_ask(link: str, client: Client) -> None:
    AnswerInvitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    page = client.get(link)
    assert page.status_code == 410
    assert "Alice Exemple" in page.content.decode()
    with pytest.raises(LinkExpired):
        actions.save_answers(invitation=AnswerInvitation.objects.get(), answers={"x": "y"})


def test_links_are_kept_out_of_caches_and_referrers(link: str, client: Client) -> None:
    headers = client.get(link).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_who_does_not_coordinate_invites_nobody(world: World, expected: Testimony) -> None:
    with pytest.raises(NotYours):
        actions.invite_to_answer(member=world.bob, testimony=expected, email="x@example.org")


def test_who_has_spoken_is_not_asked_again(world: World) -> None:
    with pytest.raises(WrongState):
        actions.invite_to_answer(member=world.alice, testimony=world.testimony, email="x@example.org")


def test_a_member_speaks_up_by_themself(world: World, as_member: Callable[..., Client]) -> None:
    answer = as_member(world.bob).post("/trois-feuilles/temoignages/nos-voix/parler/")
    testimony = Testimony.objects.get(author=world.bob)
    page = Client().get(answer.headers["Location"])
    assert page.status_code == 200
    assert testimony.state == "expected"
    # Asked twice, it is the same voice.
    as_member(world.bob).post("/trois-feuilles/temoignages/nos-voix/parler/")
    assert Testimony.objects.filter(author=world.bob).count() == 1


def test_submitting_straight_is_refused_without_words_or_twice(world: World, expected: Testimony) -> None:
    secret = actions.speak_up(member=world.bob, collection=world.collection)
    assert secret
    invitation = AnswerInvitation.objects.get()
    with pytest.raises(WordsNeeded):
        actions.submit_answers(invitation=invitation, answers={})
    first = keys(expected)[0]
    actions.submit_answers(invitation=invitation, answers={first: "Oui."}, channels=[Channel.INSIDE])
    with pytest.raises(AlreadySubmitted):
        actions.submit_answers(invitation=invitation, answers={first: "Encore."})


def test_a_silence_is_broken_twice_and_no_more(
    link: str, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    start = timezone.now()
    sent = len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert actions.remind_unanswered(now=start + timedelta(days=3)) == 0
        assert actions.remind_unanswered(now=start + timedelta(days=8)) == 1
    AnswerInvitation.objects.filter(pk=AnswerInvitation.objects.latest("pk").pk).update(
        sent_at=start + timedelta(days=8)
    )
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert actions.remind_unanswered(now=start + timedelta(days=20)) == 0
        assert actions.remind_unanswered(now=start + timedelta(days=30)) == 1
        assert actions.remind_unanswered(now=start + timedelta(days=200)) == 0
    assert len(mail.outbox) == sent + 2
    assert "Rappel" in mail.outbox[-1].subject
