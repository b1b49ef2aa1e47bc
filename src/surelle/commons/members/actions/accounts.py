"""What a person does with their own account."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from surelle.commons.audit.actions import record
from surelle.commons.cooperatives.access import scope

from ..access import all_memberships_of, memberships_of
from ..models import Invitation, Membership, Person
from ..rules import Status
from .locks import keep_an_administrator, lock_people
from .memberships import begin_status
from .refusals import AlreadyClosed


def edit_own_profile(
    *, person: Person, first_name: str, last_name: str, language: str, trades: Mapping[int, str]
) -> Person:
    """Change one's names and language, and one's trade in each membership (by its id)."""
    with transaction.atomic():
        person.first_name, person.last_name, person.language = first_name.strip(), last_name.strip(), language
        person.save(update_fields=["first_name", "last_name", "language"])
        for membership in memberships_of(person):
            if membership.pk in trades:
                membership.trade = trades[membership.pk].strip()
                membership.save(update_fields=["trade"])
            record(member=membership, verb="edit_own_profile", about=membership)
    return person


def choose_language(*, person: Person, language: str) -> None:
    """Remember the language in which a person wants pages and mails. A taste, not an act: the trail is spared it."""
    Person.objects.filter(pk=person.pk).update(language=language)
    person.language = language


def close_account(*, person: Person) -> Person:
    """Close an account for good: the person leaves everywhere, and nothing is left that says who they were.

    What the law wants kept stays: the rows of the memberships with their number and dates (staff register, five years
    after leaving), and the trail, which holds no names. What other apps do is theirs: `forget_person(person=…)` of
    every dotted path in settings.FORGET_PERSON runs first, in the same transaction. Raises
    LastAdministrator, AlreadyClosed.
    """
    memberships = list(all_memberships_of(person))
    houses = {membership.cooperative_id for membership in memberships}
    with scope(houses, person=person.pk), transaction.atomic():
        if person.closed_at:
            raise AlreadyClosed
        for cooperative_id in sorted(houses):
            lock_people(cooperative_id)
        for membership in memberships:
            if membership.left_on is None:
                keep_an_administrator(membership)
        for path in settings.FORGET_PERSON:
            import_string(path)(person=person)
        for membership in memberships:
            leave(membership)
        take_name_out_of_news(person.full_name, houses)
        Invitation.objects.filter(cooperative__in=houses, email__iexact=person.email).update(
            email=f"ferme-{person.pk}@surelle.invalid", first_name="", last_name=""
        )
        for session in UserSession.objects.filter(user=person):
            session.end()
        for model in (Authenticator, EmailAddress, SocialAccount):
            model.objects.filter(user=person).delete()
        person.email = f"ferme-{person.pk}@surelle.invalid"  # RFC 2606: an address that nobody can have
        person.first_name = person.last_name = ""
        person.is_active, person.closed_at, person.last_login = False, timezone.now(), None
        person.set_unusable_password()  # also ends sessions that were not listed
        person.save()
    return person


def leave(membership: Membership) -> None:
    """End a membership today, and drop what no law wants kept of it."""
    today = timezone.localdate()
    if membership.left_on is None:
        # Who came today leaves today: a stretch has at least its first day.
        membership.statuses.filter(ends_on=None, starts_on__gte=today).delete()
        begin_status(membership, Status.LEFT, today)
    membership.trade = ""
    membership.save(update_fields=["trade"])
    membership.role_grants.all().delete()
    record(member=membership, verb="close_account", about=membership)


def take_name_out_of_news(name: str, houses: Iterable[int]) -> None:
    """Write "quelqu’un" for the name in what the others were told: "Bob Exemple a rejoint le groupe"."""
    news: Any = Membership._meta.get_field("notifications").related_model
    whole_name = re.compile(rf"\b{re.escape(name)}\b")
    somebody = _("quelqu’un")
    for told in news.objects.filter(Q(title__contains=name) | Q(body__contains=name), cooperative__in=houses):
        told.title, told.body = whole_name.sub(somebody, told.title), whole_name.sub(somebody, told.body)
        told.save(update_fields=["title", "body"])
