"""To bring a medium home before its link dies."""

from django.db import transaction

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership

from ..models import MediaLink, Testimony
from ..rules.media import media_type_of
from ..rules.states import State
from .finding import index_testimonies
from .forgetting import discard_file
from .keeping import Upload, keep_upload
from .refusals import AlreadyHosted, WrongMedium, WrongState, must_run


@transaction.atomic
def host_media(*, member: Membership, media: MediaLink, upload: Upload) -> MediaLink:
    """Keep the file behind a link here; raises NotYours, WrongState, AlreadyHosted, WrongMedium."""
    must_run(member, media.testimony.collection)
    if media.testimony.state == State.WITHDRAWN:
        raise WrongState
    if media.hosted_id is not None:
        raise AlreadyHosted
    media_type = media_type_of(upload.head(), upload.name)
    if media_type is None:
        raise WrongMedium
    media.hosted = keep_upload(
        upload=Upload(upload.name, upload.data, media_type),
        cooperative=media.testimony.collection.cooperative,
        member=member,
    )
    media.save(update_fields=["hosted"])
    record(member=member, verb="host_media", about=media.testimony, label=media.testimony.collection.title)
    return media


@transaction.atomic
def add_media(*, member: Membership, testimony: Testimony, upload: Upload) -> MediaLink:
    """Add a sound, picture, video or document to a testimony; raises NotYours, WrongState, WrongMedium."""
    must_run(member, testimony.collection)
    media = MediaLink.objects.create(cooperative_id=testimony.cooperative_id, testimony=testimony)
    host_media(member=member, media=media, upload=upload)
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
