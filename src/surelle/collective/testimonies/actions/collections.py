"""To open, change, close a collection, and to name who is expected to speak in it."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from surelle.collective.groups.access import can_coordinate
from surelle.collective.groups.models import Group
from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership
from surelle.commons.search.actions import index

from ..models import Collection, Testimony
from ..rules.anchoring import canonical
from ..rules.reading.folding import key
from ..rules.states import State
from .refusals import AlreadyExpected, CollectionClosed, NameNeeded, NotYours, TitleNeeded, must_run

RESERVED_SLUGS = frozenset(
    {"nouveau", "partenaires", "mes-paroles", "paroles", "pages", "accords", "themes", "marques"}
)
"""What stands in addresses at the place of a collection's slug."""


@transaction.atomic
def create_collection(
    *, member: Membership, group: Group, title: str, purpose: str = "", visibility: str = "cooperative"
) -> Collection:
    """Open a collection run by a group; raises NotYours, TitleNeeded."""
    if not can_coordinate(member, group):
        raise NotYours
    if not title.strip():
        raise TitleNeeded
    collection = Collection.objects.create(
        cooperative=group.cooperative,
        group=group,
        title=canonical(title).strip(),
        slug=free_slug(group.cooperative_id, title),
        purpose=canonical(purpose).strip(),
        visibility=visibility,
        created_by=member,
    )
    index(about=collection, kind="collection", title=collection.title, body=collection.purpose)
    record(member=member, verb="create_collection", about=collection, label=collection.title)
    return collection


@transaction.atomic
def edit_collection(
    *, member: Membership, collection: Collection, title: str, purpose: str, visibility: str
) -> Collection:
    """Change what a collection says of itself; its address stays. Raises NotYours, TitleNeeded."""
    must_run(member, collection)
    if not title.strip():
        raise TitleNeeded
    collection.title, collection.purpose = canonical(title).strip(), canonical(purpose).strip()
    collection.visibility = visibility
    collection.save(update_fields=["title", "purpose", "visibility"])
    index(about=collection, kind="collection", title=collection.title, body=collection.purpose)
    record(member=member, verb="edit_collection", about=collection, label=collection.title, visibility=str(visibility))
    return collection


@transaction.atomic
def close_collection(*, member: Membership, collection: Collection) -> None:
    """Say that no more voices are gathered; what was said stays readable."""
    must_run(member, collection)
    collection.closed_on = timezone.localdate()
    collection.save(update_fields=["closed_on"])
    record(member=member, verb="close_collection", about=collection, label=collection.title)


@transaction.atomic
def reopen_collection(*, member: Membership, collection: Collection) -> None:
    """Gather voices again."""
    must_run(member, collection)
    collection.closed_on = None
    collection.save(update_fields=["closed_on"])
    record(member=member, verb="reopen_collection", about=collection, label=collection.title)


@transaction.atomic
def add_expected_voice(
    *,
    member: Membership,
    collection: Collection,
    name: str = "",
    author: Membership | None = None,
    group: Group | None = None,
    tenure: str = "",
) -> Testimony:
    """Name somebody who has not spoken yet: a member, or an outsider by name.

    Raises NotYours, CollectionClosed, NameNeeded, AlreadyExpected.
    """
    must_run(member, collection)
    must_be_open(collection)
    name = canonical(author.person.full_name if author else name).strip()
    if not name:
        raise NameNeeded
    present = Testimony.objects.filter(collection=collection, state__in=[State.EXPECTED, State.DRAFT])
    if author and present.filter(author=author).exists():
        raise AlreadyExpected
    if key(name) in {key(other) for other in present.values_list("author_name", flat=True)}:
        raise AlreadyExpected
    testimony = Testimony.objects.create(
        cooperative_id=collection.cooperative_id,
        collection=collection,
        kind=Testimony.Kind.INTERVIEW,
        state=State.EXPECTED.value,
        author_kind=Testimony.AuthorKind.MEMBER if author else Testimony.AuthorKind.OUTSIDER,
        author=author,
        author_name=name,
        group=group,
        group_name=group.name if group else "",
        group_kind=group.kind if group else "",
        tenure=tenure,
        position=next_position(collection),
        created_by=member,
    )
    record(member=member, verb="add_expected_voice", about=testimony, label=collection.title)
    return testimony


def must_be_open(collection: Collection) -> None:
    """Raise CollectionClosed once a collection is closed."""
    if collection.closed_on is not None:
        raise CollectionClosed


def next_position(collection: Collection) -> int:
    """Return the place after the last voice of a collection."""
    last: int | None = Testimony.objects.filter(collection=collection).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def free_slug(cooperative_id: int, title: str) -> str:
    """Return an address for a title that no collection of the cooperative has."""
    stem = slugify(title)[:70].strip("-") or "chantier"
    taken = set(
        Collection.objects.filter(cooperative=cooperative_id, slug__startswith=stem).values_list("slug", flat=True)
    )
    taken |= RESERVED_SLUGS
    slug, n = stem, 2
    while slug in taken:
        slug, n = f"{stem}-{n}", n + 1
    return slug
