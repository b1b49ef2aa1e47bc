"""To found a cooperative in this house, and to open it to a partner: what comes before any member can act."""

from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surelle.commons.audit.actions import record
from surelle.commons.cooperatives.models import Branch, Cooperative, Partnership
from surelle.commons.members.access import person_with_address
from surelle.commons.members.models import Membership, Person, RoleGrant, StatusPeriod
from surelle.commons.members.rules import Capability, Role, Status

# What already stands at the root of the house, where cooperatives have their addresses.
RESERVED_SLUGS = frozenset({"compte", "langue", "charte", "moi", "parole", "sante", "static", "api"})


class Refused(Exception):
    """An act that was not done; `str()` of it is the sentence to show."""

    sentence: str | Promise = ""

    def __str__(self) -> str:
        return str(self.sentence)


class SlugTaken(Refused):
    sentence = _("Cette adresse est déjà prise : choisissez-en une autre.")


class NotAllowed(Refused):
    sentence = _("Seule la direction peut ouvrir la coopérative à une partenaire.")


class SameCooperative(Refused):
    sentence = _("Une coopérative n’est pas sa propre partenaire.")


def found_cooperative(
    *,
    name: str,
    slug: str,
    email: str,
    first_name: str,
    last_name: str = "",
    password: str = "",
    purpose: str = "",
    city: str = "",
    siren: str = "",
    contact_email: str = "",
    branches: Iterable[tuple[str, str]] = (),
) -> Membership:
    """Found a cooperative with its branches (name, city) and its first administrator, whose membership is returned.

    A person who has this address already becomes that administrator; without `password` they come in by a code sent
    to the address. The caller's scope must see everything. Raises SlugTaken, and ValidationError for no slug.
    """
    validate_slug(slug)
    if slug in RESERVED_SLUGS or Cooperative.objects.filter(slug=slug).exists():
        raise SlugTaken
    with transaction.atomic():
        today = timezone.localdate()
        cooperative = Cooperative.objects.create(
            name=name.strip(), slug=slug, purpose=purpose, city=city, siren=siren, contact_email=contact_email or email
        )
        Branch.objects.bulk_create(Branch(cooperative=cooperative, name=branch, city=town) for branch, town in branches)
        person = person_with_address(email)
        if person is None:
            person = Person(email=email.strip().lower(), first_name=first_name.strip(), last_name=last_name.strip())
            if password:
                person.set_password(password)
            else:
                person.set_unusable_password()
            person.save()
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        founder = Membership.objects.create(cooperative=cooperative, person=person, number=1, joined_on=today)
        StatusPeriod.objects.create(cooperative=cooperative, membership=founder, status=Status.STAFF, starts_on=today)
        RoleGrant.objects.create(cooperative=cooperative, membership=founder, role=Role.ADMINISTRATOR, granted_on=today)
        record(member=founder, verb="found_cooperative", about=founder, label=cooperative.name)
    return founder


def open_to_partner(*, member: Membership, partner: Cooperative, since_on: date | None = None) -> Partnership:
    """Let another cooperative read what the member's cooperative publishes to partners; a second time changes nothing.

    Raises NotAllowed, SameCooperative.
    """
    if not member.may(Capability.DIRECT):
        raise NotAllowed
    if partner.pk == member.cooperative_id:
        raise SameCooperative
    with transaction.atomic():
        partnership, is_new = Partnership.objects.get_or_create(
            cooperative_id=member.cooperative_id,
            partner=partner,
            defaults={"since_on": since_on or timezone.localdate()},
        )
        if is_new:
            record(member=member, verb="open_to_partner", about=partnership, label=partner.name)
    return partnership
