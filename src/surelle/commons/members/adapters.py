"""How django-allauth behaves here: nobody signs up alone, one is invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from .models import Person


class InvitedOnly(DefaultAccountAdapter):
    """Sign-up is closed: an account is made by accepting an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """An OpenID Connect identity opens the account of the person with that verified address; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[Person, str] | None:
        """Return the person whose address is verified on both sides, here and at the provider, or None.

        django-allauth alone would also take an address that was never verified here, and a provider's `email_verified`
        of "false" written as text.
        """
        for offered in sociallogin.email_addresses:
            if offered.verified is not True and str(offered.verified).lower() != "true":
                continue
            known = EmailAddress.objects.filter(email__iexact=offered.email, verified=True, user__is_active=True)
            if address := known.select_related("user").first():
                return address.user, address.email
        return None
