"""To tell members something, to note that they read it, and to send it by mail at the rhythm they chose."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override

from surelle.commons.members.models import Membership, Person

from .emails import digest_mail
from .models import DigestChoice, Notification, Rhythm
from .rules import is_due

log = logging.getLogger(__name__)


class UnknownRhythm(ValueError):
    """No digest has this rhythm."""


def tell(
    *,
    members: Iterable[Membership],
    title: str | Promise,
    body: str | Promise = "",
    values: Mapping[str, object] | None = None,
    path: str,
    asks_for_act: bool = False,
) -> list[Notification]:
    """Tell members, each once and in their language, that something happened; `path` ("/…") is where they can see it.

    A `title` and a `body` from gettext_lazy are said in the language of who is told, with `values` in the place of
    their variables. `asks_for_act`: it waits for something that the member should do. Who has left is told nothing.
    Those who want their mail at once get it once the transaction is done; the others by their digest.
    """
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        raise ValueError(f"{path!r} is no path of this site")
    told = {member.pk: member for member in members if member.left_on is None}
    languages = dict(Membership.objects.filter(pk__in=told).order_by().values_list("pk", "person__language"))
    said_in = {}
    for language in set(languages.values()):
        with override(language):
            said_in[language] = tuple(str(words) % values if values else str(words) for words in (title, body))
    notifications = Notification.objects.bulk_create(
        Notification(
            cooperative_id=member.cooperative_id,
            member=member,
            title=said_in[languages[member.pk]][0][:200],
            body=said_in[languages[member.pk]][1],
            path=path[:300],
            asks_for_act=asks_for_act,
        )
        for member in told.values()
    )
    eager = DigestChoice.objects.filter(member__in=told, rhythm=Rhythm.AT_ONCE).values_list("member", "cooperative")
    by_cooperative: dict[int, list[int]] = defaultdict(list)
    for member_id, cooperative_id in eager:
        by_cooperative[cooperative_id].append(member_id)
    for cooperative_id, member_ids in by_cooperative.items():
        transaction.on_commit(partial(_mail_soon, cooperative_id, member_ids))
    return notifications


def _mail_soon(cooperative_id: int, member_ids: list[int]) -> None:
    from .tasks import mail_at_once

    mail_at_once.enqueue(cooperative_id, member_ids)


def mark_read(*, member: Membership, notification: Notification) -> None:
    """Note that the member has seen this; once seen it asks for nothing any more."""
    if notification.read_at is None:
        notification.read_at = timezone.now()
        notification.save(update_fields=["read_at"])


def mark_unread(*, member: Membership, notification: Notification) -> None:
    """Put this back among what is new, as when somebody wants to see to it later."""
    notification.read_at = None
    notification.save(update_fields=["read_at"])


def mark_all_read(*, member: Membership) -> int:
    """Note that the member has seen everything; return how many were new."""
    return Notification.objects.filter(member=member, read_at=None).update(read_at=timezone.now())


def settle(*, members: Iterable[Membership], path: str) -> int:
    """Note that what waited at `path` is done, whoever did it: it asks nothing of these members any more."""
    return Notification.objects.filter(member__in=list(members), path=path, asks_for_act=True, read_at=None).update(
        read_at=timezone.now()
    )


def choose_rhythm(*, member: Membership, rhythm: str) -> DigestChoice:
    """Let the member choose how often the digest comes by mail; raise UnknownRhythm for one that does not exist."""
    if rhythm not in Rhythm.values:
        raise UnknownRhythm(_("Ce rythme n’existe pas."))
    choice, _created = DigestChoice.objects.update_or_create(
        member=member, cooperative_id=member.cooperative_id, defaults={"rhythm": rhythm}
    )
    return choice


@dataclass
class Sent:
    """How a round of digests went."""

    sent: int = 0
    failed: int = 0


def send_digests(*, cooperative_id: int, member_ids: Iterable[int] | None = None) -> Sent:
    """Mail each member of a cooperative, for whom it is time, one digest of what is new and was not mailed yet.

    With `member_ids`: only to these. A mail that cannot be sent is tried again next time, and stops no other.
    """
    now = timezone.localtime()
    waiting = (
        Notification.objects.filter(
            cooperative=cooperative_id,
            read_at=None,
            mailed_at=None,
            member__left_on=None,
            member__person__is_active=True,
        )
        .select_related("member__person", "member__cooperative")
        .order_by("member", "-asks_for_act", "-told_at", "-pk")
    )
    if member_ids is not None:
        waiting = waiting.filter(member__in=list(member_ids))
    by_member: dict[Membership, list[Notification]] = defaultdict(list)
    for notification in waiting:
        by_member[notification.member].append(notification)
    choices = {choice.member_id: choice for choice in DigestChoice.objects.filter(member__in=by_member)}
    done = Sent()
    for member, notifications in by_member.items():
        choice = choices.get(member.pk)
        rhythm, sent_at = (choice.rhythm, choice.sent_at) if choice else (Rhythm.DAILY.value, None)
        if not is_due(rhythm, sent_at, now):
            continue
        try:
            digest_mail(member, notifications).send()
        except (OSError, SMTPException):
            log.exception("digest not sent to member %s", member.pk)
            done.failed += 1
            continue
        with transaction.atomic():
            Notification.objects.filter(pk__in=[n.pk for n in notifications]).update(mailed_at=now)
            DigestChoice.objects.update_or_create(
                member=member, cooperative_id=cooperative_id, defaults={"sent_at": now}
            )
        done.sent += 1
    return done


def forget_person(*, person: Person) -> None:
    """Forget everything this person was told, in all cooperatives."""
    Notification.objects.filter(member__person=person).delete()
    DigestChoice.objects.filter(member__person=person).delete()
