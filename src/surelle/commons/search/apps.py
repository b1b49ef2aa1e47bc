"""Search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "surelle.commons.search"
    label = "search"
