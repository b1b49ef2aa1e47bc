"""The first page of a member: what waits, what is new, where to go."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surelle.collective.groups.access import present_groups
from surelle.collective.groups.models import Group
from surelle.collective.groups.queries import own_groups
from surelle.collective.testimonies.access import visible_collections, visible_testimonies
from surelle.collective.testimonies.models import Collection, Source, Testimony
from surelle.collective.testimonies.queries import testimony_faces
from surelle.collective.testimonies.rules.states import State
from surelle.commons.members.models import Membership
from surelle.commons.members.rules import Capability
from surelle.commons.notifications.access import own_notifications
from surelle.commons.notifications.models import DigestChoice, Notification
from surelle.commons.notifications.queries import waiting_for

NEW_FOR = timedelta(days=60)
NEWCOMER_FOR = timedelta(days=90)
A_FEW = 5


@dataclass(frozen=True)
class Task:
    """Something to see to, with how many of it there are."""

    title: str
    path: str
    detail: str
    icon: str
    count: int


@dataclass(frozen=True)
class FreshVoice:
    """A voice published lately, as the search shows it."""

    title: str
    path: str
    words: str
    detail: str


@dataclass
class FirstPage:
    """Everything on a member's first page."""

    waiting: list[Notification]
    tasks: list[Task]
    news: list[Notification]
    voices: list[FreshVoice]
    other_voices: list[FreshVoice]
    groups: list[Group]
    collections_count: int
    groups_count: int
    steps: list[dict[str, str]] = field(default_factory=list)
    may_invite: bool = False
    may_read_audit: bool = False
    may_manage_groups: bool = False

    @property
    def is_calm(self) -> bool:
        """Say whether nothing waits for the member."""
        return not self.waiting and not self.tasks


def first_page(member: Membership) -> FirstPage:
    """Return what a member's first page shows."""
    groups = own_groups(member)
    waiting = waiting_for(member)
    voices, other_voices = fresh_voices(member)
    news = own_notifications(member).filter(read_at=None, asks_for_act=False)[:A_FEW]
    return FirstPage(
        waiting=waiting,
        tasks=[*own_tasks(member), *tasks_of_coordinators(member)],
        news=list(news),
        voices=voices,
        other_voices=other_voices,
        groups=groups,
        collections_count=visible_collections(member).filter(closed_on=None).count(),
        groups_count=Group.objects.filter(cooperative=member.cooperative_id, closed_on=None).count(),
        steps=first_steps(member, has_groups=bool(groups), today=timezone.localdate()),
        may_invite=member.may(Capability.INVITE),
        may_read_audit=member.may(Capability.READ_AUDIT),
        may_manage_groups=member.may(Capability.MANAGE_GROUPS),
    )


def own_tasks(member: Membership) -> list[Task]:
    """Return what the member's own words wait for: to be finished, or agreed to."""
    own = Testimony.objects.filter(author=member, cooperative=member.cooperative_id).aggregate(
        to_agree=Count("pk", filter=Q(state=State.AWAITING_CONSENT)),
        to_finish=Count("pk", filter=Q(state=State.DRAFT)),
    )
    path = reverse("testimonies:mine", args=[member.cooperative.slug])
    tasks = []
    if count := own["to_agree"]:
        title = ngettext(
            "Dire si votre parole peut être lue", "Dire si vos %(count)s paroles peuvent être lues", count
        ) % {"count": count}
        tasks.append(Task(title, path, _("Rien n’est publié sans votre accord."), "hand-thumb-up", count))
    if count := own["to_finish"]:
        title = ngettext("Finir votre témoignage", "Finir vos %(count)s témoignages", count) % {"count": count}
        tasks.append(Task(title, path, _("Ce que vous avez écrit est gardé."), "pencil-square", count))
    return tasks


def tasks_of_coordinators(member: Membership) -> list[Task]:
    """Return what waits in the collections of the groups that the member coordinates themselves."""
    slug = member.cooperative.slug
    coordinated = present_groups(member).filter(is_coordinator=True).values("group")
    collections = (
        Collection.objects.filter(cooperative=member.cooperative_id, group__in=coordinated, closed_on=None)
        .annotate(
            awaiting=Count("testimonies", filter=Q(testimonies__state=State.AWAITING_CONSENT), distinct=True),
            expected=Count("testimonies", filter=Q(testimonies__state=State.EXPECTED), distinct=True),
        )
        .order_by("title", "pk")
    )
    tasks = []
    in_review = Source.objects.filter(
        cooperative=member.cooperative_id, collection__in=collections.values("pk"), state=Source.State.IN_REVIEW
    ).select_related("collection")
    for source in in_review.order_by("-imported_at", "-pk")[:A_FEW]:
        tasks.append(
            Task(
                _("Relire « %(page)s » avant de la garder") % {"page": source},
                reverse("testimonies:source", args=[slug, source.pk]),
                source.collection.title,
                "document-magnifying-glass",
                1,
            )
        )
    for collection in collections:
        path = reverse("testimonies:collection", args=[slug, collection.slug])
        if count := collection.awaiting:
            title = ngettext("Recueillir un accord", "Recueillir %(count)s accords avant de publier", count) % {
                "count": count
            }
            tasks.append(Task(title, path, collection.title, "shield-check", count))
        if count := collection.expected:
            title = ngettext(
                "Une personne n’a pas encore été entendue", "%(count)s personnes n’ont pas encore été entendues", count
            ) % {"count": count}
            tasks.append(Task(title, path, collection.title, "megaphone", count))
    return tasks


def fresh_voices(member: Membership) -> tuple[list[FreshVoice], list[FreshVoice]]:
    """Return the voices published lately that the member may read: of their own groups, and of others."""
    since = timezone.now() - NEW_FOR
    published = visible_testimonies(member).filter(
        state=State.PUBLISHED, published_at__gte=since, collection__closed_on=None
    )
    is_own = Q(collection__group__in=present_groups(member).values("group"))
    own = list(published.filter(is_own).order_by("-published_at", "-pk").values_list("pk", flat=True)[:A_FEW])
    others = list(published.exclude(is_own).order_by("-published_at", "-pk").values_list("pk", flat=True)[:A_FEW])
    faces = testimony_faces(Testimony.objects.filter(pk__in=[*own, *others]))

    def voices(keys: list[int]) -> list[FreshVoice]:
        shown = (faces[pk] for pk in keys)
        return [FreshVoice(title=face.title, path=face.path, words=face.text, detail=face.detail) for face in shown]

    return voices(own), voices(others)


def first_steps(member: Membership, *, has_groups: bool, today: date) -> list[dict[str, str]]:
    """Return the first steps of somebody who came lately, or nothing once they are done or three months old."""
    if today - member.joined_on > NEWCOMER_FOR:
        return []
    slug = member.cooperative.slug
    has_rhythm = DigestChoice.objects.filter(member=member).exists()
    has_spoken = Testimony.objects.filter(author=member).exists()
    steps = [
        (_("Entrer dans Surelle"), True, ""),
        (_("Rejoindre un groupe"), has_groups, reverse("groups:list", args=[slug])),
        (
            _("Choisir quand recevoir des nouvelles"),
            has_rhythm,
            reverse("notifications:list", args=[slug]) + "#rythme",
        ),
        (_("Lire une voix, ou donner la vôtre"), has_spoken, reverse("testimonies:collections", args=[slug])),
    ]
    if all(is_done for _title, is_done, _url in steps):
        return []
    current = next(number for number, (_title, is_done, _url) in enumerate(steps) if not is_done)
    return [
        {"title": title, "state": "done" if is_done else "current" if number == current else "todo", "url": url}
        for number, (title, is_done, url) in enumerate(steps)
    ]
