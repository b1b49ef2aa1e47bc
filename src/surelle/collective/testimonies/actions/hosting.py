"""To bring a medium home before its link dies."""

from django.db import transaction

from surelle.commons.audit.actions import record
from surelle.commons.files.actions import store_file
from surelle.commons.members.models import Membership

from ..models import MediaLink, Testimony
from ..rules.media import media_type_of
from ..rules.states import State
from .finding import index_testimonies
from .forgetting import discard_file
from .refusals import AlreadyHosted, WrongMedium, WrongState, must_run


@transaction.atomic
def host_media(*, member: Membership, media: MediaLink, name: str, data: bytes) -> MediaLink:
    """Keep the file behind a link here; raises NotYours, WrongState, AlreadyHosted, WrongMedium."""
    must_run(member, media.testimony.collection)
    if media.testimony.state == State.WITHDRAWN:
        raise WrongState
    if media.hosted_id is not None:
        raise AlreadyHosted
    media_type = media_type_of(data, name)
    if media_type is None:
        raise WrongMedium
    media.hosted = store_file(
        cooperative=media.testimony.collection.cooperative,
        name=name[:255],
        data=data,
        media_type=media_type,
        stored_by=member,
    )
    media.save(update_fields=["hosted"])
    record(member=member, verb="host_media", about=media.testimony, label=media.testimony.collection.title)
    return media


@transaction.atomic
def add_media(*, member: Membership, testimony: Testimony, name: str, data: bytes) -> MediaLink:
    """Add a sound, picture, video or document to a testimony; raises NotYours, WrongState, WrongMedium."""
    must_run(member, testimony.collection)
    media = MediaLink.objects.create(cooperative_id=testimony.cooperative_id, testimony=testimony)
    host_media(member=member, media=media, name=name, data=data)
    if testimony.state == State.EXPECTED:
        testimony.state, testimony.kind = State.AWAITING_CONSENT.value, Testimony.Kind.MEDIA
        testimony.save(update_fields=["state", "kind"])
        index_testimonies([testimony])
    return media


@transaction.atomic
def remove_media(*, member: Membership, media: MediaLink) -> None:
    """Take a medium away from a testimony, with its file; raises NotYours."""
    must_run(member, media.testimony.collection)
    file, testimony = media.hosted, media.testimony
    media.delete()
    if file:
        discard_file(file)
    record(member=member, verb="remove_media", about=testimony, label=testimony.collection.title)
