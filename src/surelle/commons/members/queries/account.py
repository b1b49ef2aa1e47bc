"""A person's own account, and everything that Surelle knows of them."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from surelle.commons.audit.queries import acts_of
from surelle.commons.cooperatives.access import scope

from ..access import all_memberships_of, memberships_of
from ..models import Person
from ..rules import PersonalData


def account_page(*, person: Person) -> dict[str, Any]:
    """Return what "my account" shows: memberships, and how the person signs in."""
    authenticators = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return {
        "memberships": list(
            memberships_of(person).select_related("cooperative", "branch").prefetch_related("statuses", "role_grants")
        ),
        "addresses": list(EmailAddress.objects.filter(user=person).order_by("-primary", "email")),
        "sessions_count": UserSession.objects.filter(user=person).count(),
        "passkeys_count": authenticators.count(Authenticator.Type.WEBAUTHN),
        "has_totp": Authenticator.Type.TOTP in authenticators,
        "has_password": person.has_usable_password(),
        "has_openid": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
    }


def personal_subjects(*, person: Person) -> list[PersonalData]:
    """Return everything that Surelle knows of a person, in all cooperatives, one entry for each subject.

    Besides what members know themselves, asks every dotted path in settings.PERSONAL_DATA: see rules.PersonalData.
    """
    houses = list(all_memberships_of(person).values_list("cooperative", flat=True))
    with scope(houses, person=person.pk):
        subjects = personal_data(person=person)
        for path in settings.PERSONAL_DATA:
            subjects.extend(import_string(path)(person=person))
    return [subject for subject in subjects if subject.records or subject.files]


def personal_data(*, person: Person) -> list[PersonalData]:
    """Return what the members app itself knows of a person. The scope must hold their cooperatives."""
    memberships = list(
        all_memberships_of(person).select_related("cooperative", "branch").prefetch_related("statuses", "role_grants")
    )
    return [
        PersonalData(
            title=_("Compte"),
            records=[
                {
                    "prénom": person.first_name,
                    "nom": person.last_name,
                    "courriel": person.email,
                    "langue": person.language,
                    "créé": person.joined_at.isoformat(),
                    "dernière connexion": person.last_login.isoformat() if person.last_login else None,
                    "courriels": [
                        {"courriel": address.email, "vérifié": address.verified, "principal": address.primary}
                        for address in EmailAddress.objects.filter(user=person).order_by("email")
                    ],
                    "moyens de connexion": [
                        {"sorte": kind, "ajouté": at.isoformat(), "servi": used.isoformat() if used else None}
                        for kind, at, used in Authenticator.objects.filter(user=person)
                        .order_by("created_at")
                        .values_list("type", "created_at", "last_used_at")
                    ],
                    "comptes reliés": [
                        {"fournisseur": provider, "identifiant": uid, "données": data}
                        for provider, uid, data in SocialAccount.objects.filter(user=person)
                        .order_by("pk")
                        .values_list("provider", "uid", "extra_data")
                    ],
                }
            ],
        ),
        PersonalData(
            title=_("Coopératives"),
            records=[
                {
                    "coopérative": membership.cooperative.name,
                    "numéro": membership.number,
                    "établissement": membership.branch.name if membership.branch else None,
                    "activité": membership.trade,
                    "arrivée": membership.joined_on.isoformat(),
                    "départ": membership.left_on.isoformat() if membership.left_on else None,
                    "statuts": [
                        {
                            "statut": str(period.get_status_display()),
                            "du": period.starts_on.isoformat(),
                            "au": period.ends_on.isoformat() if period.ends_on else None,
                        }
                        for period in membership.statuses.all()
                    ],
                    "rôles": [
                        {"rôle": str(grant), "depuis": grant.granted_on.isoformat()}
                        for grant in membership.role_grants.all()
                    ],
                }
                for membership in memberships
            ],
        ),
        PersonalData(
            title=_("Appareils connectés"),
            records=[
                {
                    "depuis": session.created_at.isoformat(),
                    "vu": session.last_seen_at.isoformat(),
                    "adresse": session.ip,
                    "navigateur": session.user_agent,
                }
                for session in UserSession.objects.filter(user=person).order_by("created_at")
            ],
        ),
        PersonalData(
            title=_("Nouvelles reçues"),
            records=[
                {"quand": told.told_at.isoformat(), "titre": told.title, "texte": told.body}
                for membership in memberships
                for told in membership.notifications.order_by("told_at", "pk")
            ],
        ),
        PersonalData(
            title=_("Ce que j’ai fait dans Surelle"),
            records=[
                {"quand": act.at.isoformat(), "quoi": act.text}
                for act in acts_of([membership.pk for membership in memberships])
            ],
        ),
    ]
