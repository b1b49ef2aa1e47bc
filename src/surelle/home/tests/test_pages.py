"""The first pages: what waits, what is new, where to go, for each kind of person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surelle.collective.groups.tests.factories import GroupFactory, GroupMembershipFactory
from surelle.collective.testimonies.models import Collection, Source, Testimony
from surelle.commons.members.models import Membership
from surelle.commons.members.tests.factories import MembershipFactory
from surelle.commons.notifications.actions import choose_rhythm, tell
from tests.world import World

pytestmark = pytest.mark.django_db
AsMember = Callable[[Membership], Client]


@pytest.fixture
def collection(world: World) -> Collection:
    return Collection.objects.create(
        cooperative=world.cooperative,
        group=world.group,
        title="Paroles d’hiver",
        slug="paroles-d-hiver",
        created_by=world.alice,
    )


def voice(collection: Collection, **facts: object) -> Testimony:
    values = {
        "cooperative": collection.cooperative,
        "collection": collection,
        "kind": "quote",
        "author_kind": "outsider",
        "author_name": "Suzanne",
        "text": "On ne compte plus ses heures, on les choisit.",
    }
    return Testimony.objects.create(**(values | facts))


def home(client: Client, world: World) -> str:
    return client.get(reverse("home:home", args=[world.cooperative.slug])).content.decode()


class TestStart:
    def test_one_cooperative_leads_there(self, world: World, as_member: AsMember) -> None:
        assert as_member(world.bob).get("/")["Location"] == "/trois-feuilles/"

    def test_several_are_offered(self, world: World, as_member: AsMember) -> None:
        MembershipFactory(cooperative=world.other_cooperative, person=world.bob.person)
        page = as_member(world.bob).get("/").content.decode()
        assert "Trois Feuilles" in page
        assert "Grand Large" in page

    def test_none_is_said(self, world: World, as_member: AsMember) -> None:
        assert "Aucune coopérative ne vous attend" in as_member(world.left).get("/").content.decode()


class TestWhatWaits:
    def test_who_coordinates_sees_what_to_do(self, world: World, as_member: AsMember, collection: Collection) -> None:
        Source.objects.create(
            cooperative=world.cooperative, collection=collection, name="page.txt", format="plain", sha256="0" * 64
        )
        voice(collection, state="awaiting_consent")
        voice(collection, state="awaiting_consent", author_name="Marthe")
        voice(collection, state="expected", text="", author_name="Denis")
        page = home(as_member(world.alice), world)
        assert "Relire « page.txt »" in page
        assert "Recueillir 2 accords" in page
        assert "Une personne n’a pas encore été entendue" in page
        others = home(as_member(world.bob), world)
        assert "Recueillir" not in others
        assert "Relire" not in others

    def test_a_closed_collection_asks_for_nothing(
        self, world: World, as_member: AsMember, collection: Collection
    ) -> None:
        voice(collection, state="awaiting_consent")
        Collection.objects.filter(pk=collection.pk).update(closed_on=timezone.localdate())
        assert "Recueillir" not in home(as_member(world.alice), world)

    def test_an_author_is_asked_for_their_agreement(
        self, world: World, as_member: AsMember, collection: Collection
    ) -> None:
        voice(collection, state="awaiting_consent", author=world.bob)
        assert "Dire si votre parole peut être lue" in home(as_member(world.bob), world)

    def test_notifications_that_ask_come_first(self, world: World, as_member: AsMember) -> None:
        tell(members=[world.bob], title="Il faut voter", path="/x/", asks_for_act=True)
        tell(members=[world.bob], title="Dora est là", path="/x/")
        page = home(as_member(world.bob), world)
        assert page.index("Il faut voter") < page.index("Nouveau dans vos groupes") < page.index("Dora est là")


class TestWhatIsNew:
    def test_voices_of_ones_groups_and_of_others(
        self, world: World, as_member: AsMember, collection: Collection
    ) -> None:
        voice(collection, state="published", published_at=timezone.now())
        assert "À lire dans la coopérative" not in home(as_member(world.bob), world)
        page = home(as_member(world.dora), world)
        assert page.index("À lire dans la coopérative") < page.index("on les choisit")

    def test_not_what_is_old_or_not_published(self, world: World, as_member: AsMember, collection: Collection) -> None:
        voice(collection, state="published", published_at=timezone.now() - timedelta(days=100))
        voice(collection, state="awaiting_consent")
        assert "on les choisit" not in home(as_member(world.bob), world)

    def test_a_published_voice_without_its_name(
        self, world: World, as_member: AsMember, collection: Collection
    ) -> None:
        voice(collection, state="published", published_at=timezone.now())
        page = home(as_member(world.bob), world)
        assert "on les choisit" in page
        assert "Suzanne" not in page


class TestNewcomers:
    def test_first_steps_until_they_are_done(self, world: World, as_member: AsMember, collection: Collection) -> None:
        newcomer = MembershipFactory(cooperative=world.cooperative, joined_on=timezone.localdate())
        assert "Vos premiers pas" in home(as_member(newcomer), world)
        GroupMembershipFactory(group=world.group, member=newcomer)
        choose_rhythm(member=newcomer, rhythm="weekly")
        voice(collection, author=newcomer, state="draft")
        assert "Vos premiers pas" not in home(as_member(newcomer), world)

    def test_not_for_those_who_know_the_house(self, world: World, as_member: AsMember) -> None:
        assert "Vos premiers pas" not in home(as_member(world.bob), world)


@pytest.mark.parametrize(
    ("who", "doors"),
    [
        ("bob", set()),
        ("alice", {"Créer un groupe"}),
        ("dora", {"Inviter quelqu’un", "Créer un groupe", "Le journal de ce qui s’est fait"}),
    ],
)
def test_doors_by_right(world: World, as_member: AsMember, who: str, doors: set[str]) -> None:
    page = home(as_member(getattr(world, who)), world)
    every = {"Inviter quelqu’un", "Créer un groupe", "Le journal de ce qui s’est fait"}
    assert {door for door in every if door in page} == doors


@pytest.mark.parametrize(
    ("brick", "says"),
    [("activite", "Pas encore dans Surelle"), ("serenite", "Pas encore dans Surelle"), ("collectif", "Mes groupes")],
)
def test_leaves_say_what_they_hold(world: World, as_member: AsMember, brick: str, says: str) -> None:
    page = as_member(world.bob).get(reverse("home:brick", args=[world.cooperative.slug, brick])).content.decode()
    assert says in page


@pytest.mark.parametrize("address", ["home:home", "home:brick"])
def test_as_many_queries_for_many(
    world: World, as_member: AsMember, collection: Collection, same_queries: Callable[..., None], address: str
) -> None:
    def more(count: int) -> None:
        for group in GroupFactory.create_batch(count, cooperative=world.cooperative):
            GroupMembershipFactory(group=group, member=world.alice, is_coordinator=True)
            Collection.objects.create(
                cooperative=world.cooperative, group=group, title=group.name, slug=group.slug, created_by=world.alice
            )
        for number in range(count):
            voice(collection, state="published", published_at=timezone.now(), author_name=f"Voix {number}")
            voice(collection, state="awaiting_consent", author_name=f"Autre {number}")
            tell(members=[world.alice], title=f"Nouvelle {number}", path="/x/", asks_for_act=bool(number % 2))

    client = as_member(world.alice)
    args = [world.cooperative.slug] + (["collectif"] if address == "home:brick" else [])
    same_queries(more, lambda: client.get(reverse(address, args=args)))
