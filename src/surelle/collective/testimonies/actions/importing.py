"""To bring a page in for review. Nothing of it is a testimony before somebody confirms."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from surelle.collective.groups.models import Group
from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..gateways import Remark, read_source
from ..models import Collection, GuideQuestion, InterviewGuide, Source
from ..rules.anchoring import canonical
from ..rules.reading import read
from ..rules.reading.folding import key
from ..rules.reading.source import Reading
from ..rules.reviewing import Review, review_of
from .collections import must_be_open
from .forgetting import discard_file
from .keeping import Upload, keep_upload
from .refusals import NotInReview, must_run


@dataclass(frozen=True)
class Imported:
    """A page in review. `is_new` is false when the very same bytes were imported before: nothing changed then.

    `replaces` is the confirmed page of which this is a newer version.
    """

    source: Source
    is_new: bool
    replaces: Source | None = None


def import_page(
    *, member: Membership | None, collection: Collection, name: str, data: bytes, format: str = ""
) -> Imported:
    """Read a page into a review.

    Raises NotYours, CollectionClosed, and gateways.UnreadableSource, whose message names the place and the mend;
    nothing is stored then.
    """
    must_run(member, collection)
    must_be_open(collection)
    sha256 = hashlib.sha256(data).hexdigest()
    same = Source.objects.filter(
        collection=collection, sha256=sha256, state__in=[Source.State.IN_REVIEW, Source.State.CONFIRMED]
    ).first()
    if same is not None:
        return Imported(same, is_new=False, replaces=same.replaces)
    page = read_source(name, data, format)
    reading = read(page, guide_of(collection))
    return _keep(member, collection, name, data, sha256, reading)


@transaction.atomic
def _keep(
    member: Membership | None, collection: Collection, name: str, data: bytes, sha256: str, reading: Reading
) -> Imported:
    page = reading.source
    title = canonical(reading.title or page.title).strip()[:255]
    replaces = former_version(collection, name, title)
    source = Source.objects.create(
        cooperative_id=collection.cooperative_id,
        collection=collection,
        name=name[:255],
        format=page.format,
        sha256=sha256,
        title=title,
        text="\n".join(line.raw.replace("\n", " ").replace("\0", "") for line in page.lines),
        reading={
            **with_known_groups(review_of(reading), collection.cooperative_id),
            "steps": 0,
            "remarks": [remark_in(remark) for remark in page.remarks],
        },
        original=keep_upload(upload=Upload(name, data), cooperative=collection.cooperative, member=member),
        replaces=replaces,
        imported_by=member,
    )
    record(
        member=member,
        verb="import_page",
        about=source,
        label=collection.title,
        format=page.format,
        entries=len(reading.entries),
        unread=len(reading.unread_lines),
        replaces=replaces.pk if replaces else None,
    )
    return Imported(source, is_new=True, replaces=replaces)


@transaction.atomic
def drop_page(*, member: Membership, source: Source) -> None:
    """Abandon a review: the page, its reading and its file are forgotten; raises NotYours, NotInReview."""
    must_run(member, source.collection)
    source = Source.objects.select_for_update(of=("self",)).select_related("collection", "original").get(pk=source.pk)
    if source.state != Source.State.IN_REVIEW:
        raise NotInReview
    original = source.original
    source.state, source.text, source.reading, source.original = Source.State.DROPPED, "", {}, None
    source.save(update_fields=["state", "text", "reading", "original"])
    if original:
        discard_file(original)
    record(member=member, verb="drop_page", about=source, label=source.collection.title)


def remark_in(remark: str) -> dict[str, str]:
    """Return a gateway's remark in every language of the screens."""
    if isinstance(remark, Remark):
        return {language: remark.message(language) for language in ("fr", "en")}
    return {"fr": remark, "en": remark}


def guide_of(collection: Collection) -> tuple[str, ...]:
    """Return the questions of the guide in use, in order; empty without a guide."""
    guide = InterviewGuide.objects.filter(collection=collection).order_by("-version").first()
    if guide is None:
        return ()
    return tuple(GuideQuestion.objects.filter(guide=guide).order_by("position").values_list("text", flat=True))


def former_version(collection: Collection, name: str, title: str) -> Source | None:
    """Return the latest confirmed page of the same name or title, of which a new one is a newer version."""
    is_same = Q(name=name[:255])
    if title:
        is_same |= Q(title=title)
    return (
        Source.objects.filter(is_same, collection=collection, state=Source.State.CONFIRMED)
        .order_by("-confirmed_at", "-pk")
        .first()
    )


def with_known_groups(review: Review, cooperative_id: int) -> Review:
    """Tie entries to the groups of the cooperative that bear the very name read in the page."""
    known = {key(name): (pk, kind) for pk, name, kind in _groups(cooperative_id)}
    for entry in review["entries"]:
        if match := known.get(key(entry["group"])) if entry["group"] else None:
            entry["group_id"], entry["group_kind"] = match
    return review


def _groups(cooperative_id: int) -> Sequence[tuple[int, str, str]]:
    return list(Group.objects.filter(cooperative=cooperative_id, closed_on=None).values_list("pk", "name", "kind"))
