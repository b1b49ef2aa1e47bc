"""Blind double coding: who sees what, how far they agree, what is kept."""

from typing import Any

import pytest

from surelle.collective.testimonies.access import counted_excerpts
from surelle.collective.testimonies.actions import marking, rounds, steps
from surelle.collective.testimonies.actions.refusals import NotYours
from surelle.collective.testimonies.models import CodingRound, Excerpt
from surelle.collective.testimonies.queries.rounds import disagreements, open_cases, round_page
from surelle.collective.testimonies.rules.agreement import Strength, from_json
from surelle.collective.testimonies.tests.factories import TestimonyFactory
from surelle.commons.members.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def coding(world: Any) -> CodingRound:
    CodingRound.objects.all().delete()
    return rounds.start_round(
        member=world.alice,
        collection=world.collection,
        name="À deux",
        coders=[world.alice, world.bob],
        testimonies=[world.testimony],
    )


def mark(world: Any, member: Membership, words: str, **more: Any) -> Excerpt:
    start = world.testimony.text.index(words)
    more.setdefault("themes", [world.theme])
    return marking.mark_words(member=member, testimony=world.testimony, start=start, end=start + len(words), **more)


def test_what_a_round_needs(world: Any, coding: CodingRound) -> None:
    def start(**more: Any) -> None:
        given = {
            "member": world.alice,
            "collection": world.collection,
            "name": "Autre",
            "coders": [world.alice, world.bob],
            "testimonies": [TestimonyFactory(collection=world.collection)],
        }
        rounds.start_round(**{**given, **more})

    for refusal, more in [
        (NotYours, {"member": world.bob}),
        (rounds.RoundNameNeeded, {"name": " "}),
        (rounds.TwoCodersNeeded, {"coders": [world.alice, world.charlie]}),
        (rounds.TestimoniesNeeded, {"testimonies": [TestimonyFactory()]}),
        (rounds.AlreadyInRound, {"testimonies": [world.testimony]}),
    ]:
        with pytest.raises(refusal):
            start(**more)
    start()


def test_marks_of_an_open_round_are_not_counted(world: Any, coding: CodingRound) -> None:
    mark(world, world.alice, "On apprend")
    assert list(counted_excerpts(world.collection)) == [world.excerpt]
    rounds.close_round(member=world.alice, coding_round=coding)
    assert counted_excerpts(world.collection).count() == 2


def test_the_other_coder_sees_nothing_on_any_page(world: Any, coding: CodingRound, as_member: Any) -> None:
    mark(world, world.alice, "On apprend", memo="vu par Alice")
    client = as_member(world.bob)
    stem = "/trois-feuilles/temoignages"
    for page in (
        f"{stem}/paroles/{world.testimony.pk}/marquer/",
        f"{stem}/nos-voix/extraits/",
        f"{stem}/nos-voix/analyse/",
        f"{stem}/nos-voix/themes/{world.theme.pk}/",
        f"{stem}/nos-voix/doubles/{coding.pk}/",
    ):
        assert "vu par Alice" not in client.get(page).content.decode()
    table = b"".join(client.get(f"{stem}/nos-voix/extraits.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "vu par Alice" not in table


def test_alike_marks_become_one_and_agreement_is_kept(world: Any, coding: CodingRound) -> None:
    for member in (world.alice, world.bob):
        mark(world, member, "On apprend des autres chaque semaine.", tone=1)
    mark(world, world.alice, "Je le referais sans hésiter.", themes=[world.other_theme])
    rounds.close_round(member=world.alice, coding_round=coding)
    coding.refresh_from_db()
    kept = from_json(coding.agreement)
    assert kept is not None
    assert kept.by_theme[world.theme.pk].strength == Strength.STRONG
    assert kept.by_theme[world.other_theme.pk].strength == Strength.WEAK
    assert Excerpt.objects.filter(round=coding).count() == 2
    assert [case.theme for case in open_cases(coding)] == [world.other_theme.pk]
    with pytest.raises(rounds.RoundClosed):
        rounds.close_round(member=world.alice, coding_round=coding)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("first", {"Alice"}), ("second", {"Bob"}), ("both", {"Alice", "Bob"}), ("none", set())],
)
def test_settling_keeps_what_the_team_chose_and_can_be_undone(
    world: Any, coding: CodingRound, choice: str, kept: set[str]
) -> None:
    mark(world, world.alice, "On apprend des autres")
    mark(world, world.bob, "des autres chaque semaine", tone=-1)
    rounds.close_round(member=world.alice, coding_round=coding)
    [case] = disagreements(coding).shown
    assert case.is_near
    rounds.settle(
        member=world.alice,
        coding_round=coding,
        theme=case.theme.pk,
        marks=case.marks,
        choice=rounds.Settlement(choice),
    )

    def authors() -> set[str]:
        marks = Excerpt.objects.filter(round=coding, themes=world.theme)
        return set(marks.values_list("marked_by__person__first_name", flat=True))

    assert authors() == kept
    assert open_cases(coding) == []
    with pytest.raises(rounds.CaseGone):
        rounds.settle(
            member=world.alice,
            coding_round=coding,
            theme=case.theme.pk,
            marks=case.marks,
            choice=rounds.Settlement.BOTH,
        )
    steps.undo(member=world.alice, collection=world.collection)
    assert authors() == {"Alice", "Bob"}
    assert len(open_cases(coding)) == 1


def test_disagreements_wait_for_the_end(world: Any, coding: CodingRound, as_member: Any) -> None:
    client = as_member(world.alice)
    address = f"/trois-feuilles/temoignages/nos-voix/doubles/{coding.pk}/differences/"
    assert client.get(address).status_code == 302
    with pytest.raises(rounds.RoundStillOpen):
        rounds.settle(member=world.alice, coding_round=coding, theme=1, marks=[1], choice=rounds.Settlement.BOTH)


def test_agreement_is_told_in_words(world: Any, coding: CodingRound, as_member: Any) -> None:
    mark(world, world.alice, "On apprend des autres")
    mark(world, world.bob, "Je le referais sans hésiter.")
    client = as_member(world.alice)
    client.post(f"/trois-feuilles/temoignages/nos-voix/doubles/{coding.pk}/terminer/")
    page = client.get(f"/trois-feuilles/temoignages/nos-voix/doubles/{coding.pk}/").content.decode()
    assert "Accord faible" in page
    assert round_page(world.alice, CodingRound.objects.get(pk=coding.pk)).left == 2
    shown = client.get(f"/trois-feuilles/temoignages/nos-voix/doubles/{coding.pk}/differences/").content.decode()
    assert "Oui, ce thème est là" in shown


def test_a_round_by_form(world: Any, as_member: Any) -> None:
    CodingRound.objects.all().delete()
    client = as_member(world.alice)
    client.post(
        "/trois-feuilles/temoignages/nos-voix/doubles/nouveau/",
        {"name": "Par la page", "coders": [world.alice.pk, world.bob.pk], "testimonies": [world.testimony.pk]},
    )
    opened = CodingRound.objects.get(name="Par la page")
    assert opened.coders.count() == 2


def test_pages_ask_the_same_for_more_rows(world: Any, as_member: Any, same_queries: Any) -> None:
    CodingRound.objects.all().delete()
    client = as_member(world.alice)
    voices = TestimonyFactory.create_batch(20, collection=world.collection)
    coding = rounds.start_round(
        member=world.alice,
        collection=world.collection,
        name="À deux",
        coders=[world.alice, world.bob],
        testimonies=voices,
    )
    CodingRound.objects.filter(pk=coding.pk).update(closed_at="2025-01-01T10:00:00Z")
    left = list(voices)

    def make(count: int) -> None:
        from surelle.collective.testimonies.tests.factories import ExcerptFactory

        for _ in range(count):
            if left:
                ExcerptFactory(testimony=left.pop(), given=[world.theme], round=coding, marked_by=world.alice)

    def act() -> None:
        for page in ("", f"{coding.pk}/", f"{coding.pk}/differences/"):
            assert client.get(f"/trois-feuilles/temoignages/nos-voix/doubles/{page}").status_code == 200

    same_queries(make, act, many=18)
