"""Who may read the trail: see tests/access.py."""

from tests.access import Door
from tests.world import World


def house(world: World) -> dict[str, str]:
    return {"cooperative": world.cooperative.slug}


MATRIX = {
    "audit:trail": Door(kwargs=house, who="dora", own=200, member=404, also={"alice": 404, "left": 404}),
    "audit:export": Door(kwargs=house, who="dora", own=200, member=404, also={"alice": 404, "left": 404}),
}
