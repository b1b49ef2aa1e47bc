"""How django-allauth behaves here: nobody signs up alone, one is invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """Sign-up is closed: an account is made by accepting an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """An OpenID Connect identity opens the account of the person with that verified address; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
