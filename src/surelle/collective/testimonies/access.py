"""The doors to collections, testimonies, sources and marks.

Three circles: the *team* (the group that owns the collection, and who may manage groups) gathers and marks, and reads
what awaits consent; *members* read what is published in collections open to the cooperative; *partners* and the
*public* read what was published to them.
"""

from django.db.models import Q, QuerySet
from django.http import Http404

from surelle.collective.groups.access import can_coordinate, present_groups
from surelle.commons.cooperatives.models import Cooperative, Partnership
from surelle.commons.members.models import Membership
from surelle.commons.members.rules import Capability

from .models import Collection, Source, Testimony
from .rules.states import READABLE, State


def own_collections(member: Membership) -> Q:
    """Return the condition "this member is in the team of the collection"."""
    if member.may(Capability.MANAGE_GROUPS):
        return Q(cooperative=member.cooperative_id)
    return Q(cooperative=member.cooperative_id, group__in=present_groups(member).values("group"))


def visible_collections(member: Membership) -> QuerySet[Collection]:
    """Return the collections of the member's cooperative that the member may open."""
    return Collection.objects.filter(
        own_collections(member) | Q(cooperative=member.cooperative_id) & ~Q(visibility=Collection.Visibility.GROUP)
    ).distinct()


def visible_collection(member: Membership, slug: str) -> Collection:
    """Return one such collection, or raise Http404."""
    try:
        return visible_collections(member).select_related("group", "cooperative").get(slug=slug)
    except Collection.DoesNotExist:
        raise Http404 from None


def is_in_team(member: Membership, collection: Collection) -> bool:
    """Say whether the member gathers and marks in this collection."""
    if member.cooperative_id != collection.cooperative_id or member.left_on:
        return False
    return member.may(Capability.MANAGE_GROUPS) or present_groups(member).filter(group=collection.group_id).exists()


def can_run(member: Membership, collection: Collection) -> bool:
    """Say whether the member coordinates this collection: imports, invites, publishes, withdraws."""
    return can_coordinate(member, collection.group)


def team_collection(member: Membership, slug: str) -> Collection:
    """Return a collection in whose team the member is, or raise Http404."""
    collection = visible_collection(member, slug)
    if not is_in_team(member, collection):
        raise Http404
    return collection


def run_collection(member: Membership, slug: str) -> Collection:
    """Return a collection that the member coordinates, or raise Http404."""
    collection = visible_collection(member, slug)
    if not can_run(member, collection):
        raise Http404
    return collection


def visible_testimonies(member: Membership) -> QuerySet[Testimony]:
    """Return every testimony whose row the member may see, in all circles of their own cooperative.

    The team sees all states; others what is published; authors always see their own.
    """
    team = Collection.objects.filter(own_collections(member))
    return Testimony.objects.filter(
        Q(cooperative=member.cooperative_id)
        & (
            Q(collection__in=team)
            | Q(author=member)
            | Q(state=State.PUBLISHED) & ~Q(collection__visibility=Collection.Visibility.GROUP)
        )
    )


def readable_testimonies(member: Membership) -> QuerySet[Testimony]:
    """Return the testimonies whose words the member may read (published, or awaiting consent inside the team)."""
    return visible_testimonies(member).filter(state__in=[s.value for s in READABLE])


def visible_testimony(member: Membership, pk: int) -> Testimony:
    """Return one testimony, or raise Http404."""
    try:
        return (
            visible_testimonies(member)
            .select_related("collection", "collection__group", "cooperative", "author__person", "group", "source")
            .get(pk=pk)
        )
    except Testimony.DoesNotExist:
        raise Http404 from None


def partner_testimonies(member: Membership) -> QuerySet[Testimony]:
    """Return what other cooperatives published to partners, and to all, where a partnership leads here."""
    friends = Partnership.objects.filter(partner=member.cooperative_id).values("cooperative")
    return Testimony.objects.filter(
        cooperative__in=friends,
        state=State.PUBLISHED,
        audience__in=["partners", "public"],
        collection__visibility__in=[Collection.Visibility.PARTNERS, Collection.Visibility.PUBLIC],
    )


def public_collection(cooperative: Cooperative, slug: str) -> Collection:
    """Return a collection that anybody may read, or raise Http404."""
    try:
        return Collection.objects.select_related("cooperative", "group").get(
            cooperative=cooperative, slug=slug, visibility=Collection.Visibility.PUBLIC
        )
    except Collection.DoesNotExist:
        raise Http404 from None


def public_testimonies(collection: Collection) -> QuerySet[Testimony]:
    """Return what anybody may read in a public collection."""
    return Testimony.objects.filter(collection=collection, state=State.PUBLISHED, audience="public")


def run_source(member: Membership, pk: int) -> Source:
    """Return an imported page of a collection that the member coordinates, or raise Http404."""
    try:
        source = Source.objects.select_related("collection__group", "collection__cooperative").get(
            cooperative=member.cooperative_id, pk=pk
        )
    except Source.DoesNotExist:
        raise Http404 from None
    if not can_run(member, source.collection):
        raise Http404
    return source


def searchable_testimonies(member: Membership) -> QuerySet[Testimony]:
    """Return the testimonies that a search may find."""
    return readable_testimonies(member)


def searchable_collections(member: Membership) -> QuerySet[Collection]:
    """Return the collections that a search may find."""
    return visible_collections(member)
