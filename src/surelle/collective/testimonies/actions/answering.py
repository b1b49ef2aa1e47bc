"""To ask somebody to answer the guide, and to take in what they write."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from itertools import groupby
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surelle.commons.audit.actions import record
from surelle.commons.members.models import Membership
from surelle.commons.notifications.actions import tell
from surelle.kernel.identifiers import new_secret

from ..emails import invitation_mail, reminder_mail
from ..models import Answer, AnswerInvitation, Collection, Consent, ConsentText, InterviewGuide, Testimony
from ..queries.groups import coordinators_of
from ..rules.anchoring import canonical
from ..rules.invitations import VALID, is_due
from ..rules.states import Channel, State, may
from .collections import must_be_open, next_position
from .consenting import record_consent
from .finding import index_testimonies
from .refusals import AlreadySubmitted, LinkExpired, NameNeeded, WordsNeeded, WrongState, must_run

log = logging.getLogger(__name__)

WORDS_MAX = 20_000
"""Code points kept of one answer: a long evening's writing, and no more."""

FREE = "libre"
"""The key of the one open question of a collection without a guide."""


@transaction.atomic
def invite_to_answer(*, member: Membership, testimony: Testimony, email: str) -> AnswerInvitation:
    """Send a link to answer the guide; a link sent before stays good. Raises NotYours, CollectionClosed, WrongState,
    NameNeeded without an address.
    """
    must_run(member, testimony.collection)
    must_be_open(testimony.collection)
    if not may("save_answers", State(testimony.state)):
        raise WrongState
    if not email.strip():
        raise NameNeeded(_("Écrivez l’adresse de courriel de la personne."))
    invitation, secret = _new_invitation(member, testimony, email.strip())
    record(member=member, verb="invite_to_answer", about=testimony, label=testimony.collection.title)
    transaction.on_commit(partial(_send, invitation_mail(invitation, secret)))
    return invitation


@transaction.atomic
def speak_up(*, member: Membership, collection: Collection) -> str:
    """Open a member's own voice in a collection; returns the secret of the link where they write.

    Who is already expected answers there. Raises CollectionClosed.
    """
    must_be_open(collection)
    testimony = (
        Testimony.objects.filter(collection=collection, author=member, state__in=[State.EXPECTED, State.DRAFT])
        .order_by("position", "pk")
        .first()
    )
    if testimony is None:
        testimony = Testimony.objects.create(
            cooperative_id=collection.cooperative_id,
            collection=collection,
            kind=Testimony.Kind.INTERVIEW,
            state=State.EXPECTED.value,
            author_kind=Testimony.AuthorKind.MEMBER,
            author=member,
            author_name=member.person.full_name[:160],
            position=next_position(collection),
            created_by=member,
        )
    _invitation, secret = _new_invitation(member, testimony, member.person.email)
    record(member=member, verb="speak_up", about=testimony, label=collection.title)
    return secret


def _new_invitation(member: Membership, testimony: Testimony, email: str) -> tuple[AnswerInvitation, str]:
    secret, fingerprint = new_secret()
    now = timezone.now()
    saved = (
        AnswerInvitation.objects.filter(testimony=testimony, email__iexact=email, submitted_at=None)
        .order_by("-saved_at")
        .values_list("saved", flat=True)
        .first()
    )
    invitation = AnswerInvitation.objects.create(
        cooperative_id=testimony.cooperative_id,
        testimony=testimony,
        email=email,
        secret_hash=fingerprint,
        invited_by=member,
        sent_at=now,
        expires_at=now + VALID,
        saved=saved or {},
    )
    return invitation, secret


def remind_unanswered(*, now: datetime | None = None) -> int:
    """Remind those who were asked and did not answer, twice at most; returns how many. Runs every night."""
    now = now or timezone.now()
    open_ones = (
        AnswerInvitation.objects.filter(
            submitted_at=None,
            testimony__state__in=[State.EXPECTED, State.DRAFT],
            testimony__collection__closed_on=None,
        )
        .exclude(email="")
        .select_related("testimony__collection__cooperative", "invited_by__person", "testimony__author__person")
        .order_by("testimony", "email", "sent_at")
    )
    reminded = 0
    for _who, group in groupby(open_ones, key=lambda row: (row.testimony_id, row.email.casefold())):
        rows = list(group)
        latest = rows[-1]
        if latest.testimony.author_id == latest.invited_by_id or not is_due([row.sent_at for row in rows], now):
            continue
        with transaction.atomic():
            invitation, secret = _new_invitation(latest.invited_by, latest.testimony, latest.email)
            transaction.on_commit(partial(_send, reminder_mail(invitation, secret)))
        reminded += 1
    return reminded


@transaction.atomic
def open_invitation(*, invitation: AnswerInvitation) -> None:
    """Note that the person opened their link."""
    if invitation.opened_at is None:
        invitation.opened_at = timezone.now()
        invitation.save(update_fields=["opened_at"])


@transaction.atomic
def save_answers(*, invitation: AnswerInvitation, answers: Mapping[str, str]) -> AnswerInvitation:
    """Keep what was typed so far, by question key; every open link of the same person shows it.

    Raises LinkExpired, AlreadySubmitted, WrongState.
    """
    testimony = _writable(invitation)
    saved = {**invitation.saved, **{key: canonical(words)[:WORDS_MAX] for key, words in answers.items()}}
    now = timezone.now()
    _twins(invitation).update(saved=saved, saved_at=now)
    invitation.saved, invitation.saved_at = saved, now
    if testimony.state == State.EXPECTED and any(words.strip() for words in saved.values()):
        testimony.state = State.DRAFT.value
        testimony.save(update_fields=["state"])
    return invitation


@transaction.atomic
def submit_answers(
    *,
    invitation: AnswerInvitation,
    answers: Mapping[str, str],
    channels: Iterable[Channel] = (),
    is_anonymous: bool = False,
    tenure: str = "",
    consent_text: ConsentText | None = None,
) -> Testimony:
    """Make a testimony of what the person wrote, with the consents they gave by the same form.

    Nothing is published by it: the team reads, and opens it as far as the person agreed. An anonymous voice loses its
    name and its tie to the account at once. Raises LinkExpired, AlreadySubmitted, WrongState, WordsNeeded.
    """
    testimony = _writable(invitation)
    collection = testimony.collection
    said = {**invitation.saved, **answers}
    text, rows = _compose(collection, testimony, said)
    if not text:
        raise WordsNeeded
    Answer.objects.filter(testimony=testimony).delete()
    Answer.objects.bulk_create(rows)
    now = timezone.now()
    testimony.text = text
    testimony.kind = Testimony.Kind.INTERVIEW if rows else Testimony.Kind.QUOTE
    testimony.state = State.AWAITING_CONSENT.value
    testimony.said_on, testimony.said_precision = timezone.localdate(), Testimony.Precision.DAY
    testimony.tenure = tenure or testimony.tenure
    if is_anonymous:
        testimony.author_kind = Testimony.AuthorKind.ANONYMOUS
        testimony.author, testimony.author_name = None, ""
    testimony.save()
    AnswerInvitation.objects.filter(testimony=testimony).update(submitted_at=now, saved={})
    if is_anonymous:
        AnswerInvitation.objects.filter(testimony=testimony).update(email="")
    invitation.refresh_from_db()
    given = {channel for channel in channels if not (is_anonymous and channel in (Channel.NAME, Channel.IMAGE))}
    if given:
        record_consent(
            member=None,
            testimony=testimony,
            channels=given,
            proof=Consent.Proof.FORM,
            given_on=timezone.localdate(),
            text=consent_text,
        )
    index_testimonies([testimony])
    record(
        member=None,
        verb="submit_answers",
        about=testimony,
        label=collection.title,
        channels=sorted(channel.value for channel in given),
        anonymous=is_anonymous,
    )
    tell(
        members=coordinators_of(collection),
        title=gettext_lazy("Une voix est arrivée dans « %(collection)s »"),
        values={"collection": collection.title},
        path=reverse("testimonies:testimony", args=[collection.cooperative.slug, testimony.pk]),
        asks_for_act=True,
    )
    return testimony


def _writable(invitation: AnswerInvitation) -> Testimony:
    """Return the invitation's testimony, locked, if it may still be written; raises why it may not."""
    row = AnswerInvitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.saved = row.saved
    if row.submitted_at is not None:
        raise AlreadySubmitted
    if row.expires_at < timezone.now():
        raise LinkExpired
    testimony = (
        Testimony.objects.select_for_update(of=("self",))
        .select_related("collection__cooperative", "collection__group")
        .get(pk=row.testimony_id)
    )
    if not may("save_answers", State(testimony.state)):
        raise WrongState
    must_be_open(testimony.collection)
    return testimony


def _twins(invitation: AnswerInvitation) -> QuerySet[AnswerInvitation]:
    return AnswerInvitation.objects.filter(
        testimony=invitation.testimony_id, email__iexact=invitation.email, submitted_at=None
    )


def _compose(collection: Collection, testimony: Testimony, said: Mapping[str, str]) -> tuple[str, list[Answer]]:
    """Return one text of the answers in the order of the guide, and their spans; a question without words stays."""
    guide = InterviewGuide.objects.filter(collection=collection).order_by("-version").first()
    questions: list[tuple[str, str, UUID | None]] = []
    if guide is not None:
        questions = [(str(q.key), q.text, q.key) for q in guide.questions.order_by("position")]
    text = ""
    rows = []
    for position, (key, question, question_key) in enumerate(questions, start=1):
        words = canonical(said.get(key, "")).strip()[:WORDS_MAX]
        text += "\n\n" if text and words else ""
        start = len(text)
        text += words
        rows.append(
            Answer(
                cooperative_id=testimony.cooperative_id,
                testimony=testimony,
                position=position,
                question=question,
                question_key=question_key,
                question_state=Answer.QuestionState.STATED,
                start=start,
                end=len(text),
            )
        )
    free = canonical(said.get(FREE, "")).strip()[:WORDS_MAX]
    if free:
        text += "\n\n" if text else ""
        start = len(text)
        text += free
        if rows:
            rows.append(
                Answer(
                    cooperative_id=testimony.cooperative_id,
                    testimony=testimony,
                    position=len(rows) + 1,
                    question="",
                    question_state=Answer.QuestionState.UNKNOWN,
                    start=start,
                    end=len(text),
                )
            )
    return text, rows


def _send(mail: EmailMessage) -> None:
    """Send a mail; a server that is away must not undo what was done: the invitation can be sent again."""
    try:
        mail.send()
    except (OSError, SMTPException):
        log.exception("mail about a testimony was not sent")
