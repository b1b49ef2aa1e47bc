"""Every act of the code has its sentence, and the trail is read by people."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404

import surelle
from surelle.commons.audit.actions import record
from surelle.commons.audit.models import AuditEvent
from surelle.commons.audit.queries import TrailFilters, batches, in_words, story_of, trail_choices, trail_page
from surelle.commons.audit.rules import SENTENCES
from tests.world import World

SOURCE = Path(surelle.__file__).parent


def verbs_in_code() -> Iterator[tuple[str, str]]:
    """Yield every verb that the code records, and where: literals of `record`, and of functions that hand one on."""
    for path in sorted(SOURCE.rglob("*.py")):
        if {"tests", "migrations"} & set(path.parts):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        places = {"record": None, **dict(hands_on(tree))}
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            if name in places:
                given = [keyword.value for keyword in call.keywords if keyword.arg == "verb"]
                place = places[name]
                if place is not None and place < len(call.args):
                    given.append(call.args[place])
                for verb in (verb for value in given for verb in literals(value)):
                    yield verb, f"{path.relative_to(SOURCE)}:{call.lineno}"


def hands_on(tree: ast.AST) -> Iterator[tuple[str, int | None]]:
    """Yield the functions that hand their parameter `verb` on to `record`, with its place among the positional ones."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args]
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "record":
                value = next((keyword.value for keyword in call.keywords if keyword.arg == "verb"), None)
                if isinstance(value, ast.Name) and value.id == "verb":
                    yield function.name, names.index("verb") if "verb" in names else None


def literals(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def test_every_verb_has_its_sentence() -> None:
    missing = {f"{verb} ({where})" for verb, where in verbs_in_code() if verb not in SENTENCES}
    assert not missing, f"write their sentences in audit/rules.py: {sorted(missing)}"


def test_no_sentence_is_left_over() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in SOURCE.rglob("*.py")
        if not {"audit", "tests"} & set(path.relative_to(SOURCE).parts)
    )
    assert not [verb for verb in SENTENCES if f'"{verb}"' not in text]


pytestmark = pytest.mark.django_db


def test_an_act_reads_as_a_sentence(world: World) -> None:
    record(
        member=world.dora, verb="change_status", about=world.bob, before="cape", status="cesa", starts_on="2025-03-01"
    )
    [act] = story_of(world.dora, "membership", world.bob.pk)
    assert f"{act.who} {act.text}" == "Dora Exemple a changé le statut de Bob Exemple"
    assert act.facts == [("avant", "En CAPE"), ("statut", "En CESA"), ("à partir du", "1 mars 2025")]


def test_who_does_something_about_oneself_is_named_once(world: World) -> None:
    record(member=world.bob, verb="edit_own_profile", about=world.bob)
    [act] = story_of(world.dora, "membership", world.bob.pk)
    assert (act.sentence, act.label) == ("a modifié son profil", "")


def test_persons_among_the_facts_are_named_too(world: World) -> None:
    event = record(member=world.dora, verb="add_member", about=world.group, label="Témoignages", newcomer=world.bob.pk)
    [act] = in_words([event])
    assert act.text == "a fait entrer quelqu’un dans un groupe : Témoignages"
    assert act.facts == [("personne", "Bob Exemple")]


def test_surelle_itself_has_a_name(world: World) -> None:
    assert in_words([record(member=None, verb="edit_membership", about=world.bob)])[0].who == "Surelle"


def test_names_are_looked_up_so_that_a_closed_account_has_none_here_either(world: World) -> None:
    record(member=world.bob, verb="invite_person", about=world.bob)
    world.bob.person.first_name = world.bob.person.last_name = ""
    world.bob.person.save()
    assert story_of(world.dora, "membership", world.bob.pk)[0].who == "Compte fermé"


def test_the_filters_leave_what_they_say(world: World) -> None:
    record(member=world.dora, verb="grant_role", about=world.bob, role="accountant")
    record(member=world.alice, verb="create_group", about=world.group, label=world.group.name)
    today = datetime.now(tz=UTC).date()

    def found(**filters: Any) -> list[str]:
        page, acts = trail_page(reader=world.dora, filters=TrailFilters(**filters))
        assert page.paginator.count == len(acts)
        return [act.verb for act in acts if act.verb in {"create_group", "grant_role"}]

    assert found() == ["create_group", "grant_role"]
    assert found(who=world.alice.pk) == found(kind="group", object_id=world.group.pk) == ["create_group"]
    assert found(verb="grant_role") == found(kind="membership") == ["grant_role"]
    assert found(words="témoi") == ["create_group"]
    assert found(from_on=today - timedelta(days=1), to_on=today + timedelta(days=1)) == found()
    assert found(from_on=today + timedelta(days=2)) == found(to_on=today - timedelta(days=2)) == []


def test_the_choices_are_those_that_occur(world: World) -> None:
    record(member=world.dora, verb="grant_role", about=world.bob)
    record(member=None, verb="revoke_role", about=world.bob)
    record(member=world.charlie, verb="close_account", about=world.charlie)
    choices = trail_choices(reader=world.dora)
    assert (world.dora.pk, "Dora Exemple") in choices["who"]
    assert ("grant_role", "a donné un rôle à") in choices["verb"]
    assert "close_account" not in dict(choices["verb"])


def test_a_neighbour_reads_none_of_it(world: World) -> None:
    record(member=world.dora, verb="grant_role", about=world.bob)
    assert trail_page(reader=world.charlie, filters=TrailFilters(verb="grant_role"))[1] == []
    with pytest.raises(Http404):
        trail_page(reader=world.bob, filters=TrailFilters())


def test_the_export_gives_each_act_once_also_of_one_instant(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr("surelle.commons.audit.queries.BATCH", 3)
    now = datetime.now(tz=UTC)
    events = [
        AuditEvent(cooperative=world.cooperative, verb="grant_role", object_kind="membership", object_id=world.bob.pk)
        for _ in range(10)
    ]
    for number, event in enumerate(events):
        event.at = now - timedelta(minutes=number // 5)
    AuditEvent.objects.bulk_create(events)
    said = [act.pk for acts in batches(reader=world.dora, filters=TrailFilters(verb="grant_role")) for act in acts]
    assert len(said) == len(set(said)) == 10
