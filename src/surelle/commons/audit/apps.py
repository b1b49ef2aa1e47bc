"""Audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "surelle.commons.audit"
    label = "audit"
