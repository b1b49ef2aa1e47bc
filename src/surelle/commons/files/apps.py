"""Files as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "surelle.commons.files"
    label = "files"
