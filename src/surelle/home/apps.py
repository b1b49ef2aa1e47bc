"""Home as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "surelle.home"
    label = "home"
