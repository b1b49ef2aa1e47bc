"""To create, edit, move, merge, split and delete themes, without losing a mark."""

from typing import Any

import pytest

from surelle.collective.testimonies.actions import steps
from surelle.collective.testimonies.actions import themes as acts
from surelle.collective.testimonies.models import CodingRound, Excerpt, ExcerptTheme, Theme
from surelle.collective.testimonies.tests.factories import ExcerptFactory, TestimonyFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: Any) -> Any:
    """The world without its open round, which would forbid to reorganise themes."""
    CodingRound.objects.all().delete()
    return world


def links(theme: Theme) -> set[int]:
    return set(ExcerptTheme.objects.filter(theme=theme).values_list("excerpt_id", flat=True))


def undo(world: Any) -> None:
    steps.undo(member=world.alice, collection=world.collection)


def redo(world: Any) -> None:
    steps.redo(member=world.alice, collection=world.collection)


def test_a_theme_has_one_name_in_its_collection(house: Any) -> None:
    theme = acts.create_theme(
        member=house.alice, collection=house.collection, name="  Le   lien ", definition="Être là"
    )
    assert (theme.name, theme.definition, theme.created_by) == ("Le lien", "Être là", house.alice)
    with pytest.raises(acts.ThemeExists):
        acts.create_theme(member=house.alice, collection=house.collection, name="LE LIEN")
    with pytest.raises(acts.ThemeNameNeeded):
        acts.create_theme(member=house.alice, collection=house.collection, name=" ")
    with pytest.raises(acts.ThemeNameTooLong):
        acts.create_theme(member=house.alice, collection=house.collection, name="x" * 121)


def test_no_theme_stands_under_itself(house: Any) -> None:
    child = ThemeFactory(collection=house.collection, parent=house.theme)
    with pytest.raises(acts.UnderItself):
        acts.move_theme(member=house.alice, theme=house.theme, parent=child, position=0)
    with pytest.raises(acts.UnderItself):
        acts.edit_theme(
            member=house.alice, theme=house.theme, name="Solitude", definition="", example="", hue=1, parent=house.theme
        )
    acts.move_theme(member=house.alice, theme=house.other_theme, parent=child, position=0)
    assert Theme.objects.get(pk=house.other_theme.pk).parent == child
    undo(house)
    assert Theme.objects.get(pk=house.other_theme.pk).parent is None


def test_merging_gives_all_excerpts_to_the_other_theme_once(house: Any) -> None:
    both = ExcerptFactory(testimony=house.testimony, words="On apprend", given=[house.theme, house.other_theme])
    child = ThemeFactory(collection=house.collection, parent=house.theme)
    before = Excerpt.objects.count()
    acts.merge_themes(member=house.alice, source=house.theme, into=house.other_theme)
    assert links(house.other_theme) == {house.excerpt.pk, both.pk}
    assert links(house.theme) == set()
    assert Theme.objects.get(pk=house.theme.pk).merged_into == house.other_theme
    assert Theme.objects.get(pk=child.pk).parent == house.other_theme
    undo(house)
    assert links(house.theme) == {house.excerpt.pk, both.pk}
    assert links(house.other_theme) == {both.pk}
    assert Theme.objects.get(pk=house.theme.pk).merged_into is None
    assert Theme.objects.get(pk=child.pk).parent == house.theme
    redo(house)
    assert links(house.other_theme) == {house.excerpt.pk, both.pk}
    assert Excerpt.objects.count() == before


def test_merging_into_a_theme_below_lifts_it(house: Any) -> None:
    child = ThemeFactory(collection=house.collection, parent=house.theme)
    acts.merge_themes(member=house.alice, source=house.theme, into=child)
    kept = Theme.objects.get(pk=child.pk)
    assert (kept.parent, links(kept)) == (None, {house.excerpt.pk})


def test_what_cannot_be_merged(house: Any) -> None:
    with pytest.raises(acts.SameTheme):
        acts.merge_themes(member=house.alice, source=house.theme, into=house.theme)
    with pytest.raises(acts.SameTheme):
        acts.merge_themes(member=house.alice, source=house.theme, into=ThemeFactory())


def test_nothing_is_reorganised_during_a_round(world: Any) -> None:
    for act in (
        lambda: acts.merge_themes(member=world.alice, source=world.theme, into=world.other_theme),
        lambda: acts.split_theme(member=world.alice, theme=world.theme, name="Neuf", excerpts=[world.excerpt.pk]),
        lambda: acts.delete_theme(member=world.alice, theme=world.theme, is_confirmed=True),
    ):
        with pytest.raises(acts.RoundOpen):
            act()


def test_splitting_moves_the_chosen_excerpts(house: Any) -> None:
    stays = ExcerptFactory(testimony=house.testimony, words="On apprend", given=[house.theme])
    new = acts.split_theme(member=house.alice, theme=house.theme, name="Seul chez soi", excerpts=[house.excerpt.pk])
    assert (links(new), links(house.theme)) == ({house.excerpt.pk}, {stays.pk})
    undo(house)
    assert not Theme.objects.filter(pk=new.pk).exists()
    assert links(house.theme) == {house.excerpt.pk, stays.pk}
    redo(house)
    assert links(Theme.objects.get(name="Seul chez soi")) == {house.excerpt.pk}
    with pytest.raises(acts.NothingChosen):
        acts.split_theme(member=house.alice, theme=house.theme, name="Rien", excerpts=[])


def test_deleting_a_theme_in_use_wants_a_yes_and_keeps_the_words(house: Any) -> None:
    child = ThemeFactory(collection=house.collection, parent=house.theme)
    with pytest.raises(acts.ThemeInUse):
        acts.delete_theme(member=house.alice, theme=house.theme)
    acts.delete_theme(member=house.alice, theme=house.theme, is_confirmed=True)
    assert Excerpt.objects.filter(pk=house.excerpt.pk).exists()
    assert Theme.objects.get(pk=child.pk).parent is None
    undo(house)
    assert links(Theme.objects.get(name="Solitude")) == {house.excerpt.pk}
    assert Theme.objects.get(pk=child.pk).parent == Theme.objects.get(name="Solitude")


def test_undoing_a_split_does_not_touch_excerpts_that_were_changed_since(house: Any) -> None:
    acts.split_theme(member=house.alice, theme=house.theme, name="Seul chez soi", excerpts=[house.excerpt.pk])
    ExcerptTheme.objects.filter(excerpt=house.excerpt).update(theme=house.other_theme)
    with pytest.raises(steps.StepOvertaken):
        undo(house)


def test_steps_about_themes_hold_no_words_of_voices(house: Any) -> None:
    acts.merge_themes(member=house.alice, source=house.theme, into=house.other_theme)
    from surelle.collective.testimonies.models import MarkingStep

    step = MarkingStep.objects.get()
    assert house.excerpt.quote not in f"{step.before}{step.after}"


def test_pages_ask_the_same_for_more_rows(house: Any, as_member: Any, same_queries: Any) -> None:
    client = as_member(house.alice)
    stem = "/trois-feuilles/temoignages/nos-voix"

    def make(count: int) -> None:
        for _ in range(count):
            theme = ThemeFactory(collection=house.collection, parent=house.theme)
            voice = TestimonyFactory(collection=house.collection)
            ExcerptFactory(testimony=voice, given=[theme, house.theme], marked_by=house.bob, tone=-1)
            ExcerptFactory(testimony=voice, given=[house.other_theme, house.theme], start=3, end=20, tone=2)

    pages = ["themes/", f"themes/{house.theme.pk}/", "extraits/", "analyse/", "analyse/?par=tone", "rapport/"]

    def act() -> None:
        for page in pages:
            assert client.get(f"{stem}/{page}").status_code == 200

    same_queries(make, act)


def test_forms_of_themes(house: Any, as_member: Any) -> None:
    client = as_member(house.bob)
    stem = "/trois-feuilles/temoignages/nos-voix/themes"
    made = client.post(f"{stem}/nouveau/", {"name": "Lien", "hue": "3", "above": house.theme.pk}, follow=True)
    theme = Theme.objects.get(name="Lien")
    assert (theme.parent, theme.hue) == (house.theme, 3)
    assert "Thème créé" in made.content.decode()
    again = client.post(f"{stem}/nouveau/", {"name": "lien"})
    assert "porte déjà ce nom" in again.content.decode()
    client.post(f"{stem}/{theme.pk}/modifier/", {"name": "Liens", "definition": "Être reliés", "above": ""})
    theme.refresh_from_db()
    assert (theme.name, theme.definition, theme.parent, theme.hue) == ("Liens", "Être reliés", None, 3)
    client.post(f"{stem}/{theme.pk}/fusionner/", {"into": house.theme.pk})
    assert Theme.objects.get(pk=theme.pk).merged_into == house.theme
    assert client.get(f"{stem}/{theme.pk}/").status_code == 404
    assert "Liens" in client.get(f"{stem}/{house.theme.pk}/").content.decode()
    client.post(f"{stem}/annuler/")
    assert client.get(f"{stem}/{theme.pk}/").status_code == 200
