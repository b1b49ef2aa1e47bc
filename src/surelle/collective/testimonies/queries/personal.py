"""What a person said, for themselves: their words in a cooperative, and everything for the archive of their data."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from surelle.commons.members.models import Membership, Person
from surelle.commons.members.rules import PersonalData

from ..models import Answer, AnswerInvitation, Collection, Consent, MediaLink, Testimony
from ..rules.states import State
from .voices import Voice, voices_of


@dataclass(frozen=True)
class OwnWords:
    """One own voice, its collection, and the channels agreed to."""

    voice: Voice
    collection: Collection
    channels: list[str]
    may_withdraw: bool


def own_words(member: Membership) -> list[OwnWords]:
    """Return everything that the member said or is asked to say in the cooperative, the latest first."""
    rows = Testimony.objects.filter(author=member).exclude(state=State.WITHDRAWN).order_by("-created_at", "-pk")
    voices = voices_of(rows, member)
    collections = Collection.objects.select_related("cooperative").in_bulk({voice.collection_id for voice in voices})
    agreed: dict[int, list[str]] = {}
    for consent in Consent.objects.filter(testimony__in=[v.pk for v in voices], ended_at=None).order_by("pk"):
        agreed.setdefault(consent.testimony_id, []).append(str(consent.get_channel_display()))
    return [OwnWords(voice, collections[voice.collection_id], agreed.get(voice.pk, []), True) for voice in voices]


def personal_data(*, person: Person) -> list[PersonalData]:
    """Return what testimonies know of a person: their words, consents, hosted media, and invitations to speak."""
    rows = list(
        Testimony.objects.filter(author__person=person).select_related("collection", "cooperative").order_by("pk")
    )
    ids = [row.pk for row in rows]
    answers: dict[int, list[dict[str, Any]]] = {}
    texts = {row.pk: row.text for row in rows}
    for answer in Answer.objects.filter(testimony__in=ids).order_by("testimony", "position"):
        answers.setdefault(answer.testimony_id, []).append(
            {"question": answer.question, "answer": texts[answer.testimony_id][answer.start : answer.end]}
        )
    consents: dict[int, list[dict[str, Any]]] = {}
    for consent in Consent.objects.filter(testimony__in=ids).select_related("text").order_by("pk"):
        consents.setdefault(consent.testimony_id, []).append(
            {
                "channel": consent.channel,
                "text_version": consent.text.version,
                "proof": consent.proof,
                "given_on": consent.given_on.isoformat(),
                "expires_on": consent.expires_on.isoformat() if consent.expires_on else None,
                "ended_at": consent.ended_at.isoformat() if consent.ended_at else None,
            }
        )
    media = MediaLink.objects.filter(testimony__in=ids).exclude(hosted=None).select_related("hosted").order_by("pk")
    files: list[tuple[str, Path]] = [
        (f"{link.testimony_id}-{link.pk}-{link.hosted.name}", link.hosted.path) for link in media if link.hosted
    ]
    words = [
        {
            "cooperative": row.cooperative.name,
            "collection": row.collection.title,
            "state": row.state,
            "audience": row.audience,
            "kind": row.kind,
            "said_on": row.said_on.isoformat() if row.said_on else None,
            "context": row.context,
            "text": row.text,
            "answers": answers.get(row.pk, []),
            "consents": consents.get(row.pk, []),
        }
        for row in rows
    ]
    asked = [
        {
            "cooperative": row.cooperative.name,
            "collection": row.testimony.collection.title,
            "sent_at": row.sent_at.isoformat(),
            "opened_at": row.opened_at.isoformat() if row.opened_at else None,
            "submitted_at": row.submitted_at.isoformat() if row.submitted_at else None,
            "saved": row.saved,
        }
        for row in AnswerInvitation.objects.filter(email__iexact=person.email)
        .select_related("cooperative", "testimony__collection")
        .order_by("pk")
    ]
    found = []
    if words:
        found.append(PersonalData(title=_("Témoignages"), records=words, files=files))
    if asked:
        found.append(PersonalData(title=_("Invitations à témoigner"), records=asked))
    return found
