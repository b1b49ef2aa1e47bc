"""Who may open and change groups."""

from tests.access import Door
from tests.world import World


def of_the_cooperative(world: World) -> dict[str, object]:
    return {"cooperative": world.cooperative.slug}


def group(world: World) -> dict[str, object]:
    return {"cooperative": world.cooperative.slug, "slug": world.group.slug}


def someone(world: World) -> dict[str, object]:
    return group(world) | {"pk": world.bob.pk}


NEW = {"name": "Nouveau", "kind": "local_group"}

MATRIX = {
    "groups:list": Door(kwargs=of_the_cooperative, own=200, member=200, also={"left": 404}),
    "groups:group": [
        Door(kwargs=group, own=200, member=200, also={"dora": 200, "left": 404}),
        Door(
            kwargs=lambda world: {"cooperative": world.cooperative.slug, "slug": world.foreign_group.slug},
            own=404,
            member=404,
        ),
    ],
    "groups:create": [
        Door(kwargs=of_the_cooperative, own=200, member=404, also={"dora": 200, "left": 404}),
        Door(method="post", kwargs=of_the_cooperative, own=400, member=404),
        Door(
            method="post",
            kwargs=of_the_cooperative,
            data=lambda world: NEW | {"coordinator": world.bob.pk},
            own=302,
            member=404,
        ),
    ],
    "groups:edit": [
        Door(kwargs=group, own=200, member=404, also={"dora": 200, "left": 404}),
        Door(method="post", kwargs=group, own=400, member=404),
        Door(method="post", kwargs=group, data=lambda world: NEW, own=302, member=404),
    ],
    "groups:close": Door(method="post", kwargs=group, own=302, member=404, also={"dora": 302, "left": 404}),
    "groups:reopen": Door(method="post", kwargs=group, own=302, member=404),
    "groups:join": Door(method="post", kwargs=group, own=302, member=302, also={"left": 404}),
    "groups:leave": Door(method="post", kwargs=group, own=302, member=302, also={"left": 404}),
    "groups:add_member": [
        Door(method="post", kwargs=group, own=400, member=404),
        Door(method="post", kwargs=group, data=lambda world: {"newcomer": world.dora.pk}, own=302, member=404),
    ],
    "groups:remove_member": Door(method="post", kwargs=someone, own=302, member=404, also={"left": 404}),
    "groups:bring_back": Door(method="post", kwargs=someone, own=302, member=404),
    "groups:name_coordinator": Door(method="post", kwargs=someone, own=302, member=404),
}
