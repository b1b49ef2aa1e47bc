"""Members as a Django app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "surelle.commons.members"
    label = "members"
