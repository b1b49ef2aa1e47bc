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
from surelle.kernel.identifiers import fingerprint

from .models import AnswerInvitation, CodingRound, Collection, Excerpt, Source, Testimony, Theme
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


def markable_testimonies(member: Membership) -> QuerySet[Testimony]:
    """Return the testimonies that the member may mark: words that may be read, in collections of their teams."""
    return Testimony.objects.filter(
        collection__in=Collection.objects.filter(own_collections(member)), state__in=[s.value for s in READABLE]
    ).exclude(text="")


def markable_testimony(member: Membership, pk: int) -> Testimony:
    """Return one such testimony, its text left in the database, or raise Http404: marking must not read it all."""
    try:
        return markable_testimonies(member).defer("text", "context").select_related("collection").get(pk=pk)
    except Testimony.DoesNotExist:
        raise Http404 from None


def seen_excerpts(member: Membership) -> QuerySet[Excerpt]:
    """Return the marks that the member may see: no mark of a blind coding that is still open, but their own.

    Who codes in an open round sees only their own marks in its testimonies, so that nothing leads them.
    """
    coding = CodingRound.objects.filter(closed_at=None, coder_links__member=member)
    return Excerpt.objects.filter(
        Q(marked_by=member)
        | (Q(round=None) | Q(round__closed_at__isnull=False)) & ~Q(testimony__round_links__round__in=coding),
        testimony__in=markable_testimonies(member),
    )


def seen_excerpt(member: Membership, pk: int) -> Excerpt:
    """Return one such mark, or raise Http404."""
    try:
        return seen_excerpts(member).select_related("collection").get(pk=pk)
    except Excerpt.DoesNotExist:
        raise Http404 from None


def counted_excerpts(collection: Collection) -> QuerySet[Excerpt]:
    """Return the marks that may be counted and shown to the team: outside open rounds, with words still there."""
    return Excerpt.objects.filter(
        Q(round=None) | Q(round__closed_at__isnull=False),
        collection=collection,
        is_lost=False,
        testimony__state__in=[s.value for s in READABLE],
    )


def collection_themes(collection: Collection) -> QuerySet[Theme]:
    """Return the themes of a collection, without those that were merged away."""
    return Theme.objects.filter(collection=collection, merged_into=None)


def collection_theme(collection: Collection, pk: int) -> Theme:
    """Return one such theme, or raise Http404."""
    try:
        return collection_themes(collection).select_related("parent", "collection").get(pk=pk)
    except Theme.DoesNotExist:
        raise Http404 from None


def collection_round(collection: Collection, pk: int) -> CodingRound:
    """Return a blind coding of a collection, or raise Http404."""
    try:
        return CodingRound.objects.filter(collection=collection).select_related("collection").get(pk=pk)
    except CodingRound.DoesNotExist:
        raise Http404 from None


def invitation_by_secret(secret: str) -> AnswerInvitation:
    """Return the invitation that a link opens, or raise Http404: the one row that a stranger may fetch."""
    try:
        return AnswerInvitation.objects.select_related("invited_by__person").get(secret_hash=fingerprint(secret))
    except AnswerInvitation.DoesNotExist:
        raise Http404 from None
