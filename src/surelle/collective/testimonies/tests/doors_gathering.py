"""Who may open which door of collections, pages, testimonies, consents and links."""

from typing import Any

from surelle.collective.testimonies.gateways import read_source
from surelle.collective.testimonies.models import AnswerInvitation, Collection, MediaLink, Source, Testimony
from surelle.collective.testimonies.rules.reading import read
from surelle.collective.testimonies.rules.reviewing import review_of
from surelle.kernel.identifiers import fingerprint
from tests.access import Door
from tests.world import World

from .voices_page import PAGE

SECRET = "une-cle-pour-parler"


def house(world: World) -> dict[str, Any]:
    return {"cooperative": world.cooperative.slug}


def of_collection(world: World) -> dict[str, Any]:
    return {**house(world), "slug": world.collection.slug}


def of_testimony(world: World) -> dict[str, Any]:
    return {**house(world), "pk": world.testimony.pk}


def of_waiting(world: World) -> dict[str, Any]:
    """A voice of the same collection that awaits consent: only the team may see it."""
    row, _made = Testimony.objects.get_or_create(
        cooperative=world.cooperative,
        collection=world.collection,
        author_name="Attend Encore",
        defaults={"kind": "quote", "state": "awaiting_consent", "author_kind": "outsider", "text": "Des mots."},
    )
    return {**house(world), "pk": row.pk}


def of_expected(world: World) -> dict[str, Any]:
    row, _made = Testimony.objects.get_or_create(
        cooperative=world.cooperative,
        collection=world.collection,
        author_name="Pas Encore",
        defaults={"kind": "interview", "state": "expected", "author_kind": "outsider"},
    )
    return {**house(world), "pk": row.pk}


def of_source(world: World) -> dict[str, Any]:
    page = read_source("page.txt", PAGE.encode())
    row, _made = Source.objects.get_or_create(
        cooperative=world.cooperative,
        collection=world.collection,
        sha256=page.sha256,
        defaults={
            "name": "page.txt",
            "format": page.format,
            "text": "\n".join(line.raw for line in page.lines),
            "reading": dict(review_of(read(page, ()))),
        },
    )
    return {**house(world), "pk": row.pk}


def of_medium(world: World) -> dict[str, Any]:
    row, _made = MediaLink.objects.get_or_create(
        cooperative=world.cooperative, testimony=world.testimony, url="https://fromsmash.com/essai"
    )
    return {**of_testimony(world), "medium": row.pk}


def of_answer(world: World) -> dict[str, Any]:
    return {**of_testimony(world), "answer": 0}


def public_collection(world: World) -> dict[str, Any]:
    Collection.objects.filter(pk=world.collection.pk).update(visibility="public")
    return of_collection(world)


def by_link(world: World) -> dict[str, Any]:
    from datetime import timedelta

    from django.utils import timezone

    AnswerInvitation.objects.get_or_create(
        secret_hash=fingerprint(SECRET),
        defaults={
            "cooperative": world.cooperative,
            "testimony": Testimony.objects.get(pk=of_expected(world)["pk"]),
            "email": "pas.encore@example.org",
            "invited_by": world.alice,
            "sent_at": timezone.now(),
            "expires_at": timezone.now() + timedelta(days=30),
        },
    )
    return {"secret": SECRET}


# Alice coordinates the group; Bob belongs to it, so he is of the team, but runs nothing; Dora may manage all groups.
RUN: dict[str, Any] = {"own": 200, "member": 404, "also": {"dora": 200, "left": 404}}
DO: dict[str, Any] = {"own": 302, "member": 404, "also": {"dora": 302, "left": 404}, "method": "post"}
ALL: dict[str, Any] = {"own": 200, "member": 200, "also": {"dora": 200, "left": 404}}

GATHERING: dict[str, Door | list[Door]] = {
    "testimonies:collections": Door(kwargs=house, **ALL),
    "testimonies:partners": Door(kwargs=house, **ALL),
    "testimonies:mine": Door(kwargs=house, **ALL),
    "testimonies:create": [
        Door(kwargs=house, **RUN),
        Door(kwargs=house, method="post", own=200, member=404, also={"dora": 200, "left": 404}),
    ],
    "testimonies:consent_text": Door(kwargs=house, **RUN),
    "testimonies:collection": Door(kwargs=of_collection, **ALL),
    "testimonies:slides": Door(kwargs=of_collection, **ALL),
    "testimonies:edit": Door(kwargs=of_collection, **RUN),
    "testimonies:guide": Door(kwargs=of_collection, **RUN),
    "testimonies:import": [
        Door(kwargs=of_collection, **RUN),
        Door(kwargs=of_collection, method="post", own=422, member=404, also={"dora": 422, "left": 404}),
    ],
    "testimonies:sources": Door(kwargs=of_collection, **RUN),
    "testimonies:close": Door(kwargs=of_collection, **DO),
    "testimonies:reopen": Door(kwargs=of_collection, **DO),
    "testimonies:add_expected": Door(kwargs=of_collection, **DO),
    "testimonies:speak": Door(
        kwargs=of_collection, method="post", own=302, member=302, also={"dora": 302, "left": 404}
    ),
    "testimonies:source": Door(kwargs=of_source, **RUN),
    "testimonies:revise": Door(kwargs=of_source, **DO),
    "testimonies:confirm": Door(kwargs=of_source, **DO),
    "testimonies:drop": Door(kwargs=of_source, own=302, member=404, method="post"),
    "testimonies:testimony": [
        Door(kwargs=of_testimony, **ALL),
        Door(kwargs=of_waiting, **ALL),  # Bob is of the team
    ],
    "testimonies:edit_testimony": Door(kwargs=of_testimony, **RUN),
    "testimonies:correct": [Door(kwargs=of_testimony, **RUN), Door(kwargs=of_expected, own=404, member=404)],
    "testimonies:confirm_question": Door(kwargs=of_answer, method="post", own=404, member=404),
    "testimonies:record_consent": Door(kwargs=of_testimony, **DO),
    "testimonies:end_consent": Door(kwargs=of_testimony, data=lambda world: {"channel": "inside"}, **DO),
    "testimonies:publish": Door(kwargs=of_testimony, data=lambda world: {"audience": "inside"}, **DO),
    "testimonies:unpublish": Door(kwargs=of_testimony, **DO),
    "testimonies:withdraw": Door(kwargs=of_waiting, own=302, member=404, method="post"),
    "testimonies:invite": Door(kwargs=of_expected, **DO),
    "testimonies:add_media": Door(kwargs=of_testimony, **DO),
    "testimonies:media": Door(kwargs=of_medium, own=404, member=404),  # not hosted: nothing to serve
    "testimonies:host_media": Door(kwargs=of_medium, **DO),
    "testimonies:remove_media": Door(kwargs=of_medium, own=302, member=404, method="post"),
    "voices:public": [
        Door(kwargs=public_collection, own=200, member=200, foreign=200, anonymous=200),
    ],
    "voices:public_slides": Door(kwargs=public_collection, own=200, member=200, foreign=200, anonymous=200),
    "voices:public_media": Door(
        kwargs=lambda world: {**public_collection(world), "medium": of_medium(world)["medium"]},
        own=404,
        member=404,
        foreign=404,
        anonymous=404,
    ),
    "voices:answer": [
        Door(kwargs=by_link, own=200, member=200, foreign=200, anonymous=200),
        Door(kwargs=lambda world: {"secret": "inconnu"}, own=404, member=404, foreign=404, anonymous=404),
    ],
    "voices:save": Door(kwargs=by_link, method="post", own=302, member=302, foreign=302, anonymous=302),
    "voices:submit": Door(kwargs=by_link, method="post", own=422, member=422, foreign=422, anonymous=422),
    "voices:thanks": Door(kwargs=by_link, own=302, member=302, foreign=302, anonymous=302),
    "voices:withdraw": Door(kwargs=by_link, method="post", own=302, member=302, foreign=302, anonymous=302),
}
