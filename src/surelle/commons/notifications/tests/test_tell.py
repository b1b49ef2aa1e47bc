"""Telling: each once, those who are here, and by mail at once to who wants it so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils.translation import gettext_lazy

from surelle.commons.notifications.actions import choose_rhythm, mark_all_read, settle, tell
from surelle.commons.notifications.models import Notification
from tests.world import World

pytestmark = pytest.mark.django_db


def test_each_is_told_once_and_who_left_is_not(world: World) -> None:
    tell(members=[world.alice, world.bob, world.alice, world.left], title="Bonjour", path="/x/", asks_for_act=True)
    told = Notification.objects.filter(title="Bonjour")
    assert {n.member for n in told} == {world.alice, world.bob}
    assert all(n.asks_for_act and n.cooperative == world.cooperative for n in told)


def test_each_is_told_in_their_own_language(world: World) -> None:
    world.bob.person.language = "en"
    world.bob.person.save()
    tell(
        members=[world.alice, world.bob],
        title=gettext_lazy("« %(group)s » est clos"),
        body=gettext_lazy("Ce que le groupe a fait reste lisible."),
        values={"group": "100 % local"},
        path="/clos/",
    )
    assert Notification.objects.get(member=world.alice, path="/clos/").title == "« 100 % local » est clos"
    told = Notification.objects.get(member=world.bob, path="/clos/")
    assert (told.title, told.body) == ("“100 % local” is closed", "What the group did can still be read.")


@pytest.mark.parametrize(
    "path", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)", "", "/\\ailleurs.example"]
)
def test_a_notification_leads_nowhere_else(world: World, path: str) -> None:
    with pytest.raises(ValueError, match="no path of this site"):
        tell(members=[world.bob], title="Bonjour", path=path)


def test_at_once_means_once_committed(world: World, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    choose_rhythm(member=world.bob, rhythm="at_once")
    with django_capture_on_commit_callbacks(execute=True):
        tell(members=[world.alice, world.bob], title="Une voix\nvous attend", path="/x/")
        assert not mail.outbox
    assert [m.to for m in mail.outbox] == [["bob@example.org"]]
    assert mail.outbox[0].subject == "Une voix vous attend"


def test_what_is_settled_asks_no_more(world: World) -> None:
    tell(members=[world.alice, world.bob], title="À relire", path="/a/", asks_for_act=True)
    tell(members=[world.bob], title="Autre chose", path="/b/", asks_for_act=True)
    assert settle(members=[world.alice, world.bob], path="/a/") == 2
    assert Notification.objects.filter(member=world.bob, read_at=None).get().title == "Autre chose"


def test_all_read(world: World) -> None:
    tell(members=[world.alice, world.bob], title="Bonjour", path="/x/")
    mark_all_read(member=world.bob)
    assert not Notification.objects.filter(member=world.bob, read_at=None).exists()
    assert Notification.objects.filter(member=world.alice, read_at=None).count() == 2
