"""Digests: one mail each, everything new in it, at the rhythm chosen; a mail that fails is tried again."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from surelle.commons.notifications.actions import choose_rhythm, forget_person, send_digests, tell
from surelle.commons.notifications.models import DigestChoice, Notification
from surelle.commons.notifications.rules import is_due
from tests.world import World

PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("rhythm", "since", "hour", "due"),
    [
        ("at_once", timedelta(0), 3, True),
        ("daily", None, 8, True),
        ("daily", None, 6, False),
        ("daily", timedelta(hours=2), 9, False),
        ("daily", timedelta(hours=23), 8, True),
        ("weekly", timedelta(days=6), 9, False),
        ("weekly", timedelta(days=7), 7, True),
        ("never", None, 12, False),
    ],
)
def test_is_due(rhythm: str, since: timedelta | None, hour: int, due: bool) -> None:
    now = datetime(2026, 11, 23, hour, 5, tzinfo=PARIS)
    assert is_due(rhythm, None if since is None else now - since, now) is due


def at(moment: datetime) -> Any:
    return patch.object(timezone, "now", return_value=moment)


@pytest.mark.django_db
class TestDigests:
    def test_one_mail_with_everything_new(self, world: World) -> None:
        tell(
            members=[world.alice], title="Un accord à donner", body="Pour « Mon année »", path="/y/", asks_for_act=True
        )
        with at(MORNING):
            send_digests(cooperative_id=world.cooperative.pk)
        (message,) = mail.outbox
        assert message.to == ["alice@example.org"]
        assert message.subject == "2 nouvelles de Trois Feuilles"
        assert message.body.index("Un accord à donner (attend votre réponse)") < message.body.index("Bob a rejoint")
        assert "&" not in message.body
        html = message.alternatives[0][0]  # type: ignore[attr-defined]
        assert f"http://localhost:8000/trois-feuilles/nouvelles/{world.notification.pk}/" in html
        assert "/trois-feuilles/nouvelles/#rythme" in html
        assert "/trois-feuilles/nouvelles/#rythme" in message.body

    def test_nothing_is_mailed_twice(self, world: World) -> None:
        for days in (0, 1):
            with at(MORNING + timedelta(days=days)):
                send_digests(cooperative_id=world.cooperative.pk)
        assert len(mail.outbox) == 1

    def test_what_was_read_is_not_mailed(self, world: World) -> None:
        Notification.objects.update(read_at=timezone.now())
        with at(MORNING):
            send_digests(cooperative_id=world.cooperative.pk)
        assert not mail.outbox

    def test_never_means_never(self, world: World) -> None:
        choose_rhythm(member=world.alice, rhythm="never")
        with at(MORNING):
            send_digests(cooperative_id=world.cooperative.pk)
        assert not mail.outbox

    def test_in_the_language_of_the_member(self, world: World) -> None:
        world.alice.person.language = "en"
        world.alice.person.save()
        with at(MORNING):
            send_digests(cooperative_id=world.cooperative.pk)
        assert '<html lang="en">' in mail.outbox[0].alternatives[0][0]  # type: ignore[attr-defined]

    def test_a_mail_that_fails_stops_no_other_and_is_tried_again(self, world: World) -> None:
        tell(members=[world.bob], title="Bonjour", path="/x/")
        send = mail.EmailMultiAlternatives.send

        def sometimes(self: mail.EmailMultiAlternatives, *args: Any) -> int:
            if self.to == ["alice@example.org"]:
                raise ConnectionRefusedError
            return send(self, *args)

        with (
            at(MORNING),
            patch.object(mail.EmailMultiAlternatives, "send", sometimes),
            pytest.raises(CommandError, match="1 courriels"),
        ):
            call_command("send_digests")
        assert [m.to for m in mail.outbox] == [["bob@example.org"]]
        with at(MORNING + timedelta(minutes=5)):
            call_command("send_digests", verbosity=0)
        assert [m.to for m in mail.outbox] == [["bob@example.org"], ["alice@example.org"]]

    def test_a_person_forgotten_was_told_nothing(self, world: World) -> None:
        choose_rhythm(member=world.alice, rhythm="weekly")
        forget_person(person=world.alice.person)
        assert not Notification.objects.filter(member=world.alice).exists()
        assert not DigestChoice.objects.filter(member=world.alice).exists()
