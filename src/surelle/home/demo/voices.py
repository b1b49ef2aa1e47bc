"""The voices of the demo: gathered, agreed to, published, marked, and two collections more."""

from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from surelle.collective.groups.actions import create_group, join_group
from surelle.collective.groups.models import Group, GroupKind
from surelle.collective.testimonies.actions import (
    QuestionDraft,
    add_expected_voice,
    confirm_reading,
    create_collection,
    import_page,
    invite_to_answer,
    publish_testimony,
    record_consent,
    revise_reading,
    save_guide,
    speak_up,
    submit_answers,
    withdraw_testimony,
)
from surelle.collective.testimonies.actions.marking import mark_words
from surelle.collective.testimonies.actions.rounds import close_round, start_round
from surelle.collective.testimonies.actions.themes import create_theme
from surelle.collective.testimonies.models import AnswerInvitation, Collection, GuideQuestion, Testimony, Theme
from surelle.collective.testimonies.rules.states import Audience, Channel
from surelle.commons.members.models import Membership
from surelle.kernel.identifiers import fingerprint

from . import voices_told as told
from .clock import days_ago
from .cooperatives import A_MONTH, People

PAGE = Path(__file__).with_name("nos-voix.txt")


def load_voices(people: People, groups: dict[str, Group]) -> None:
    """Play what the group « Révéler nos voix » did, and begin a second collection."""
    camille = people["camille"]
    with days_ago(150):
        collection = create_collection(
            member=camille,
            group=groups["Révéler nos voix"],
            title="Nos voix",
            purpose="Savoir ce que vivent les membres, dans leurs mots, avant d’écrire notre proposition de valeur.",
            visibility=Collection.Visibility.PUBLIC,
        )
        guide(camille, collection, told.QUESTIONS, told.INTRODUCTION)
    with days_ago(140):
        bring_in(camille, collection, PAGE.name, PAGE.read_bytes(), people)
    agree_and_publish(camille, collection)
    answer_by_form(camille, collection, people["claire"])
    themes = plant_themes(camille, collection)
    code_blindly(people, collection, themes)
    mark(people, collection, themes)
    with days_ago(25):
        withdraw_testimony(member=camille, testimony=voice(collection, told.WITHDRAWN))
    invite_the_silent(camille, collection, people)
    with days_ago(2):
        import_page(member=camille, collection=collection, name="courriels-octobre.txt", data=told.LATER_PAGE.encode())
    first_months(people, groups)


def guide(member: Membership, collection: Collection, questions: Sequence[tuple[str, str]], introduction: str) -> None:
    save_guide(
        member=member,
        collection=collection,
        questions=[QuestionDraft(text=text, help=help) for text, help in questions],
        introduction=introduction,
    )


def bring_in(member: Membership, collection: Collection, name: str, data: bytes, people: People) -> None:
    """Import a page, say who of its authors are members, confirm the questions, and keep it."""
    source = import_page(member=member, collection=collection, name=name, data=data).source
    by_name = {each.person.full_name: each for each in people.values()}
    for entry in list(source.reading["entries"]):
        about = {"entry": entry["id"]}
        if author := by_name.get(entry["author"]):
            facts = {"author_kind": "member", "member": author.pk, "tenure": tenure_of(author)}
            source = revise_reading(member=member, source=source, verb="attribute", change=about | facts)
        if any(answer["question_state"] == "proposed" for answer in entry["answers"]):
            source = revise_reading(member=member, source=source, verb="confirm_questions", change=about)
    confirm_reading(member=member, source=source)


def tenure_of(member: Membership) -> str:
    years = (timezone.localdate() - member.joined_on).days / 365
    tenures = Testimony.Tenure
    if years < 1:
        return tenures.NEWCOMER
    return tenures.SETTLED if years < 3 else tenures.EXPERIENCED if years < 7 else tenures.ELDER


def voice(collection: Collection, name: str) -> Testimony:
    """Return what somebody said in a collection."""
    return Testimony.objects.select_related("collection__group", "cooperative").get(
        collection=collection, author_name=name
    )


def agree_and_publish(member: Membership, collection: Collection) -> None:
    for number, (name, (channels, audience, proof)) in enumerate(told.CONSENTS.items()):
        with days_ago(130 - 11 * number):
            consent(member, voice(collection, name), channels, audience, proof)


def consent(member: Membership, testimony: Testimony, channels: Sequence[str], audience: str, proof: str) -> None:
    record_consent(
        member=member,
        testimony=testimony,
        channels=[Channel(channel) for channel in channels],
        proof=proof,
        proof_note=told.PROOFS[proof],
        given_on=timezone.localdate(),
    )
    publish_testimony(member=member, testimony=testimony, audience=Audience(audience))


def answer_by_form(member: Membership, collection: Collection, author: Membership) -> None:
    """Let somebody answer the guide by the form, as any member can, and publish it."""
    with days_ago(18):
        secret = speak_up(member=author, collection=collection)
        invitation = AnswerInvitation.objects.get(secret_hash=fingerprint(secret))
        keys = (
            GuideQuestion.objects.filter(guide__collection=collection)
            .order_by("position")
            .values_list("key", flat=True)
        )
        testimony = submit_answers(
            invitation=invitation,
            answers=dict(zip(map(str, keys), told.ANSWERS, strict=True)),
            channels=[Channel(channel) for channel in told.ANSWERS_FOR],
            tenure=tenure_of(author),
        )
    with days_ago(17):
        publish_testimony(member=member, testimony=testimony, audience=Audience.INSIDE)


def plant_themes(member: Membership, collection: Collection) -> dict[str, Theme]:
    themes = {}
    with days_ago(100):
        for hue, (name, (definition, example, below)) in enumerate(told.THEMES.items()):
            themes[name] = parent = create_theme(
                member=member, collection=collection, name=name, definition=definition, example=example, hue=hue
            )
            for child, (meaning, instance) in below.items():
                themes[child] = create_theme(
                    member=member,
                    collection=collection,
                    name=child,
                    definition=meaning,
                    example=instance,
                    parent=parent,
                    hue=parent.hue,
                )
    return themes


def mark_one(
    member: Membership,
    testimony: Testimony,
    words: str,
    themes: Sequence[Theme],
    tone: int | None,
    memo: str = "",
) -> None:
    start = testimony.text.index(words)
    mark_words(
        member=member, testimony=testimony, start=start, end=start + len(words), themes=themes, tone=tone, memo=memo
    )


def code_blindly(people: People, collection: Collection, themes: dict[str, Theme]) -> None:
    coders = {key: people[key] for key in told.BLIND}
    voices = {name: voice(collection, name) for name in told.BLIND[told.CAMILLE]}
    with days_ago(90):
        opened = start_round(
            member=people["camille"],
            collection=collection,
            name=told.ROUND_NAME,
            coders=list(coders.values()),
            testimonies=list(voices.values()),
        )
    for number, (key, marks) in enumerate(told.BLIND.items()):
        with days_ago(85 - number):
            for name, each in marks.items():
                for words, named, tone in each:
                    mark_one(coders[key], voices[name], words, [themes[theme] for theme in named], tone)
    with days_ago(80):
        close_round(member=people["camille"], coding_round=opened)


def mark(people: People, collection: Collection, themes: dict[str, Theme]) -> None:
    for number, (name, marks) in enumerate(told.MARKS.items()):
        testimony = voice(collection, name)
        with days_ago(75 - 4 * number):
            for words, named, tone, memo, key in marks:
                mark_one(people[key], testimony, words, [themes[theme] for theme in named], tone, memo)


def invite_the_silent(member: Membership, collection: Collection, people: People) -> None:
    with days_ago(6):
        add_expected_voice(
            member=member, collection=collection, author=people["tanguy"], tenure=Testimony.Tenure.SETTLED
        )
        for name in ("Théo Lambert", "Nadège Picard"):
            testimony = voice(collection, name)
            invite_to_answer(member=member, testimony=testimony, email=testimony.author.person.email)  # type: ignore[union-attr]


def first_months(people: People, groups: dict[str, Group]) -> None:
    """A small second collection, of another group."""
    helene = people["helene"]
    with days_ago(40):
        collection = create_collection(
            member=helene,
            group=groups["Val d'Orbance"],
            title="Les premiers mois",
            purpose="Ce qui aide et ce qui manque quand on arrive, pour refaire le livret d’accueil.",
        )
        questions = [("Qu'auriez-vous voulu savoir le premier jour ?", ""), ("Qui vous a aidé·e ?", "")]
        guide(helene, collection, questions, "")
        bring_in(helene, collection, "premiers-mois.txt", told.FIRST_MONTHS.encode(), people)
    with days_ago(8):
        consent(helene, voice(collection, "Théo Lambert"), ("inside", "name"), "inside", "oral")


def load_partner_voices(people: People) -> None:
    """What the partner cooperative publishes for its partners."""
    erwan = people["erwan"]
    with days_ago(10 * A_MONTH):
        group = create_group(
            member=erwan,
            kind=GroupKind.WORKING_GROUP,
            name="Paroles du port",
            purpose="Écouter celles et ceux qui travaillent sur la côte.",
        )
        join_group(member=people["fatima"], group=group)
    with days_ago(60):
        collection = create_collection(
            member=erwan,
            group=group,
            title="Ce qui nous tient",
            purpose="Des paroles courtes, à lire avant l’assemblée.",
            visibility=Collection.Visibility.PARTNERS,
        )
        bring_in(erwan, collection, "ce-qui-nous-tient.txt", told.FROM_THE_COAST.encode(), people)
    for name in ("Erwan Salaün", "Fatima Ouali"):
        with days_ago(50):
            consent(erwan, voice(collection, name), (*told.FAR, "name"), "partners", "paper")
