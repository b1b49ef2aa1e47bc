"""Who may see and change people: see tests/access.py."""

from typing import Any

from surelle.commons.members.tests.factories import InvitationFactory
from surelle.kernel.identifiers import new_secret
from tests.access import Door
from tests.world import World


def house(world: World) -> dict[str, Any]:
    return {"cooperative": world.cooperative.slug}


def bob(world: World) -> dict[str, Any]:
    return {**house(world), "pk": world.bob.pk}


def left(world: World) -> dict[str, Any]:
    return {**house(world), "pk": world.left.pk}


def invitation(world: World) -> dict[str, Any]:
    return {**house(world), "pk": InvitationFactory(invited_by=world.dora).pk}


def secret(world: World) -> dict[str, Any]:
    text, fingerprint = new_secret()
    InvitationFactory(invited_by=world.dora, secret_hash=fingerprint)
    return {"secret": text}


NOT_MANAGERS = {"alice": 404, "left": 404}
EVERYBODY = {"own": 200, "member": 200, "foreign": 200}

MATRIX: dict[str, Door | list[Door]] = {
    "members:directory": Door(kwargs=house, own=200, member=200, also={"dora": 200, "left": 404}),
    "members:export": [
        Door(
            kwargs=lambda world, kind=kind: {**house(world), "file_format": kind},
            own=404 if kind == "pdf" else 200,
            member=404 if kind == "pdf" else 200,
        )
        for kind in ("csv", "xlsx", "pdf")
    ],
    "members:invite": [
        Door(kwargs=house, who="dora", own=200, member=404, also=NOT_MANAGERS),
        Door(kwargs=house, who="dora", method="post", own=200, member=404, also=NOT_MANAGERS),
    ],
    "members:invitations": Door(kwargs=house, who="dora", own=200, member=404, also=NOT_MANAGERS),
    "members:resend_invitation": Door(
        kwargs=invitation, who="dora", method="post", own=302, member=404, also=NOT_MANAGERS
    ),
    "members:revoke_invitation": Door(
        kwargs=invitation, who="dora", method="post", own=302, member=404, also=NOT_MANAGERS
    ),
    "members:member": [
        Door(kwargs=bob, own=200, member=200, also={"dora": 200, "left": 404}),
        Door(kwargs=left, who="dora", own=200, member=404),
    ],
    "members:edit": [
        Door(kwargs=bob, who="dora", own=200, member=404, also=NOT_MANAGERS),
        Door(kwargs=bob, who="dora", method="post", own=302, member=404, also=NOT_MANAGERS),
    ],
    "members:status": [
        Door(kwargs=bob, who="dora", own=200, member=404, also=NOT_MANAGERS),
        Door(kwargs=bob, who="dora", method="post", own=200, member=404, also=NOT_MANAGERS),
    ],
    "members:undo_status": Door(
        kwargs=lambda world: {**bob(world), "period": world.bob.statuses.get().pk},
        who="dora",
        method="post",
        own=302,
        member=404,
        also=NOT_MANAGERS,
    ),
    "members:roles": Door(kwargs=bob, who="dora", own=200, member=404, also=NOT_MANAGERS),
    "members:change_role": [
        Door(
            kwargs=lambda world, act=act: {**bob(world), "role": "accountant", "act": act},
            who="dora",
            method="post",
            own=302,
            member=404,
            also=NOT_MANAGERS,
        )
        for act in ("donner", "retirer")
    ],
    "person:account": Door(**EVERYBODY, also={"left": 200}),
    "person:profile": [
        Door(**EVERYBODY, also={"left": 200}),
        Door(**EVERYBODY, method="post", also={"left": 200}),
    ],
    "person:known": Door(**EVERYBODY, also={"left": 200}),
    # These ask for the password again first: see test_pages.test_what_is_grave_asks_again_who_one_is.
    "person:export": Door(own=302, member=302, foreign=302, also={"left": 302}),
    "person:close": [
        Door(own=302, member=302, foreign=302, also={"left": 302}),
        Door(own=302, member=302, foreign=302, method="post"),
    ],
    "person:closed": Door(**EVERYBODY, anonymous=200),
    "person:accept_invitation": [
        Door(kwargs=secret, **EVERYBODY, anonymous=200),
        Door(kwargs=lambda world: {"secret": "nobody-knows-it"}, own=404, member=404, foreign=404, anonymous=404),
    ],
    "set_language": Door(method="post", own=302, member=302, foreign=302, anonymous=302),
}
