"""Collections, voices, themes and marks for tests. All people and words are invented."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import factory
from factory.django import DjangoModelFactory

from surelle.collective.groups.tests.factories import GroupFactory
from surelle.collective.testimonies.models import (
    Answer,
    CodingRound,
    Collection,
    Consent,
    ConsentText,
    Excerpt,
    ExcerptTheme,
    GuideQuestion,
    InterviewGuide,
    RoundCoder,
    RoundTestimony,
    Testimony,
    Theme,
)
from surelle.collective.testimonies.rules.anchoring import anchor
from surelle.commons.members.tests.factories import MembershipFactory

if TYPE_CHECKING:
    from tests.world import World

WORDS = (
    "J'ai rejoint la coopérative pour ne plus travailler seule. On apprend des autres chaque semaine.\n"
    "Le plus dur reste la trésorerie des premiers mois. Je le referais sans hésiter."
)


class CollectionFactory(DjangoModelFactory[Collection]):
    class Meta:
        model = Collection

    group = factory.SubFactory(GroupFactory)
    cooperative = factory.SelfAttribute("group.cooperative")
    title = factory.Sequence(lambda n: f"Chantier {n}")
    slug = factory.Sequence(lambda n: f"chantier-{n}")
    purpose = "Savoir ce que les membres vivent."
    created_by = factory.SubFactory(MembershipFactory, cooperative=factory.SelfAttribute("..cooperative"))


class InterviewGuideFactory(DjangoModelFactory[InterviewGuide]):
    class Meta:
        model = InterviewGuide

    collection = factory.SubFactory(CollectionFactory)
    cooperative = factory.SelfAttribute("collection.cooperative")
    version = 1


class GuideQuestionFactory(DjangoModelFactory[GuideQuestion]):
    class Meta:
        model = GuideQuestion

    guide = factory.SubFactory(InterviewGuideFactory)
    cooperative = factory.SelfAttribute("guide.cooperative")
    key = factory.LazyFunction(uuid.uuid4)
    position = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"Question {n} ?")


class TestimonyFactory(DjangoModelFactory[Testimony]):
    __test__ = False

    class Meta:
        model = Testimony

    collection = factory.SubFactory(CollectionFactory)
    cooperative = factory.SelfAttribute("collection.cooperative")
    kind = "quote"
    state = "published"
    author_kind = "outsider"
    author_name = factory.Sequence(lambda n: f"Voix {n}")
    group_name = "Groupe local Lyon"
    tenure = "settled"
    position = factory.Sequence(lambda n: n)
    text = WORDS


class AnswerFactory(DjangoModelFactory[Answer]):
    class Meta:
        model = Answer

    testimony = factory.SubFactory(TestimonyFactory)
    cooperative = factory.SelfAttribute("testimony.cooperative")
    position = factory.Sequence(lambda n: n)
    question = "Pourquoi la coopérative ?"
    question_state = "stated"
    start = 0
    end = factory.LazyAttribute(lambda o: len(o.testimony.text))


class ConsentTextFactory(DjangoModelFactory[ConsentText]):
    class Meta:
        model = ConsentText
        django_get_or_create = ("cooperative", "version")

    version = 1
    body = "J'accepte."


class ConsentFactory(DjangoModelFactory[Consent]):
    class Meta:
        model = Consent

    testimony = factory.SubFactory(TestimonyFactory)
    cooperative = factory.SelfAttribute("testimony.cooperative")
    channel = "inside"
    text = factory.SubFactory(ConsentTextFactory, cooperative=factory.SelfAttribute("..cooperative"))
    proof = "mail"
    given_on = date(2025, 1, 1)


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    collection = factory.SubFactory(CollectionFactory)
    cooperative = factory.SelfAttribute("collection.cooperative")
    name = factory.Sequence(lambda n: f"Thème {n}")
    hue = factory.Sequence(lambda n: n % 10)
    position = factory.Sequence(lambda n: n)


class ExcerptFactory(DjangoModelFactory[Excerpt]):
    """`ExcerptFactory(testimony=…, words="ne plus travailler seule", given=[theme])` marks these words."""

    class Meta:
        model = Excerpt
        skip_postgeneration_save = True
        exclude = ("words",)

    testimony = factory.SubFactory(TestimonyFactory)
    words = ""
    collection = factory.SelfAttribute("testimony.collection")
    cooperative = factory.SelfAttribute("testimony.cooperative")
    start = factory.LazyAttribute(lambda o: o.testimony.text.index(o.words) if o.words else 0)
    end = factory.LazyAttribute(lambda o: o.start + len(o.words) if o.words else min(30, len(o.testimony.text)))
    quote = factory.LazyAttribute(lambda o: o.testimony.text[o.start : o.end])
    before = factory.LazyAttribute(lambda o: anchor(o.testimony.text, o.start, o.end).before)
    after = factory.LazyAttribute(lambda o: anchor(o.testimony.text, o.start, o.end).after)

    @factory.post_generation
    def given(self: Excerpt, create: bool, extracted: Any, **_: Any) -> None:  # type: ignore[misc]
        if create:
            for theme in extracted or ():
                ExcerptTheme.objects.create(cooperative_id=self.cooperative_id, excerpt=self, theme=theme)


class CodingRoundFactory(DjangoModelFactory[CodingRound]):
    """`CodingRoundFactory(coded_by=[alice, bob], about=[testimony])`."""

    class Meta:
        model = CodingRound
        skip_postgeneration_save = True

    collection = factory.SubFactory(CollectionFactory)
    cooperative = factory.SelfAttribute("collection.cooperative")
    name = "À deux"
    opened_by = factory.SubFactory(MembershipFactory, cooperative=factory.SelfAttribute("..cooperative"))

    @factory.post_generation
    def coded_by(self: CodingRound, create: bool, extracted: Any, **_: Any) -> None:  # type: ignore[misc]
        for member in extracted or () if create else ():
            RoundCoder.objects.create(cooperative_id=self.cooperative_id, round=self, member=member)

    @factory.post_generation
    def about(self: CodingRound, create: bool, extracted: Any, **_: Any) -> None:  # type: ignore[misc]
        for testimony in extracted or () if create else ():
            RoundTestimony.objects.create(cooperative_id=self.cooperative_id, round=self, testimony=testimony)


def furnish(world: "World") -> None:
    """Give the world a collection of its group with a voice, a theme and a mark of Alice."""
    world.collection = CollectionFactory(
        group=world.group, title="Nos voix", slug="nos-voix", created_by=world.alice, visibility="cooperative"
    )
    world.testimony = TestimonyFactory(collection=world.collection, author_name="Maud Invente", position=1)
    world.theme = ThemeFactory(collection=world.collection, name="Solitude", created_by=world.alice)
    world.other_theme = ThemeFactory(collection=world.collection, name="Apprendre", created_by=world.alice)
    world.excerpt = ExcerptFactory(
        testimony=world.testimony,
        words="ne plus travailler seule",
        given=[world.theme],
        tone=1,
        marked_by=world.alice,
    )
    world.coding_round = CodingRoundFactory(collection=world.collection, opened_by=world.alice)
