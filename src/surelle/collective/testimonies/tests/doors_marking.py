"""Who may open which door of marks, themes, codings, analysis and exports: the team, and for some who runs it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from surelle.collective.testimonies.models import CodingRound, RoundCoder, RoundTestimony
from tests.access import Door
from tests.world import World


def of_collection(world: World) -> dict[str, Any]:
    return {"cooperative": world.cooperative.slug, "slug": world.collection.slug}


def of_testimony(world: World) -> dict[str, Any]:
    return {"cooperative": world.cooperative.slug, "pk": world.testimony.pk}


def of_mark(world: World) -> dict[str, Any]:
    return {"cooperative": world.cooperative.slug, "pk": world.excerpt.pk}


def of_blind_mark(world: World) -> dict[str, Any]:
    """Alice's mark while Bob codes the same voice blindly: he may not know that it is there."""
    owner = {"cooperative": world.cooperative, "round": world.coding_round}
    RoundCoder.objects.get_or_create(**owner, member=world.bob)
    RoundTestimony.objects.get_or_create(**owner, testimony=world.testimony)
    return of_mark(world)


def of_theme(world: World) -> dict[str, Any]:
    return {**of_collection(world), "pk": world.theme.pk}


def of_round(world: World) -> dict[str, Any]:
    return {**of_collection(world), "pk": world.coding_round.pk}


def of_closed_round(world: World) -> dict[str, Any]:
    CodingRound.objects.filter(pk=world.coding_round.pk).update(closed_at="2025-01-01T10:00:00Z")
    return of_round(world)


LEFT = {"left": 404}


def team(kwargs: Any, *, method: str = "get", status: int = 200, data: Any = None) -> Door:
    """Return a door open to all who are in the group of the collection: Alice, and Bob."""
    return Door(kwargs=kwargs, method=method, own=status, member=status, also=LEFT, data=data or (lambda world: {}))


def coordinators(kwargs: Any, *, method: str = "get", status: int = 200, data: Any = None) -> Door:
    """Return a door for who coordinates the group: Alice, not Bob."""
    return Door(kwargs=kwargs, method=method, own=status, member=404, also=LEFT, data=data or (lambda world: {}))


MARKING: dict[str, Any] = {
    "testimonies:marking": team(of_testimony),
    "testimonies:mark": team(
        of_testimony,
        method="post",
        status=302,
        data=lambda world: {"start": 0, "end": 20, "themes": [world.theme.pk]},
    ),
    "testimonies:undo_marking": team(of_testimony, method="post", status=302),
    "testimonies:redo_marking": team(of_testimony, method="post", status=302),
    "testimonies:suggest_themes": team(of_testimony),
    "testimonies:change_mark": team(of_mark, method="post", status=302, data=lambda world: {"tone": "2"}),
    "testimonies:remove_mark": Door(kwargs=of_blind_mark, method="post", own=302, member=404),
    "testimonies:themes": team(of_collection),
    "testimonies:create_theme": [
        team(of_collection),
        team(of_collection, method="post", data=lambda world: {"name": ""}),
    ],
    "testimonies:undo_themes": team(of_collection, method="post", status=302),
    "testimonies:redo_themes": team(of_collection, method="post", status=302),
    "testimonies:theme": team(of_theme),
    "testimonies:edit_theme": [team(of_theme), team(of_theme, method="post", data=lambda world: {"name": ""})],
    "testimonies:move_theme": team(of_theme, method="post", status=302, data=lambda world: {"direction": "up"}),
    "testimonies:merge_theme": team(of_theme, method="post", status=302),
    "testimonies:split_theme": [team(of_theme), team(of_theme, method="post", data=lambda world: {"name": ""})],
    "testimonies:delete_theme": team(of_theme, method="post", status=302),
    "testimonies:analysis": team(of_collection),
    "testimonies:excerpts": team(of_collection),
    "testimonies:marks_csv": team(of_collection),
    "testimonies:marks_xlsx": team(of_collection),
    "testimonies:project_qdpx": team(of_collection),
    "testimonies:themes_qdc": team(of_collection),
    "testimonies:exchange": team(of_collection),
    "testimonies:bring_in": coordinators(
        of_collection,
        method="post",
        status=422,
        data=lambda world: {"file": SimpleUploadedFile("projet.qdpx", b"rien")},
    ),
    "testimonies:report": team(of_collection),
    "testimonies:report_pdf": team(of_collection),
    "testimonies:rounds": team(of_collection),
    "testimonies:start_round": [coordinators(of_collection), coordinators(of_collection, method="post")],
    "testimonies:round": team(of_round),
    "testimonies:close_round": coordinators(of_round, method="post", status=302),
    "testimonies:disagreements": team(of_closed_round),
    "testimonies:settle": team(of_closed_round, method="post", status=302),
}
