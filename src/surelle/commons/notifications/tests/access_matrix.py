"""What a member was told is theirs alone."""

from tests.access import Door
from tests.world import World


def of_the_cooperative(world: World) -> dict[str, str]:
    return {"cooperative": world.cooperative.slug}


def one(world: World) -> dict[str, object]:
    return {"cooperative": world.cooperative.slug, "pk": world.notification.pk}


MATRIX = {
    "notifications:list": Door(kwargs=of_the_cooperative, own=200, member=200, also={"left": 404}),
    "notifications:open": Door(kwargs=one, own=302, member=404, also={"dora": 404}),
    "notifications:toggle": Door(method="post", kwargs=one, own=302, member=404, also={"dora": 404}),
    "notifications:read_all": Door(method="post", kwargs=of_the_cooperative, own=302, member=302),
    "notifications:rhythm": [
        Door(method="post", kwargs=of_the_cooperative, own=400, member=400),
        Door(method="post", kwargs=of_the_cooperative, data=lambda world: {"rhythm": "weekly"}, own=302, member=302),
    ],
}
