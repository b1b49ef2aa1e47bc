"""The first pages: every member's own."""

from tests.access import Door
from tests.world import World


def of_the_cooperative(world: World) -> dict[str, str]:
    return {"cooperative": world.cooperative.slug}


def leaf(name: str) -> Door:
    return Door(
        kwargs=lambda world: {"cooperative": world.cooperative.slug, "brick": name},
        own=200,
        member=200,
        also={"left": 404},
    )


MATRIX = {
    "start:start": Door(own=302, member=302, foreign=302, also={"left": 200}),
    "home:home": Door(kwargs=of_the_cooperative, own=200, member=200, also={"dora": 200, "left": 404}),
    "home:brick": [
        leaf("activite"),
        leaf("serenite"),
        leaf("collectif"),
        Door(kwargs=lambda world: {"cooperative": world.cooperative.slug, "brick": "lune"}, own=404, member=404),
    ],
}
