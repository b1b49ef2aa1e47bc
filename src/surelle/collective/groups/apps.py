"""Groups as a Django app."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "surelle.collective.groups"
    label = "groups"
