"""Notifications as a Django app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "surelle.commons.notifications"
    label = "notifications"
