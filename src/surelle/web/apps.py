"""The web of Surelle as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "surelle.web"
    label = "web"
