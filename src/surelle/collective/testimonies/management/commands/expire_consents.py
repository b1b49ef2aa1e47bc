"""End the consents whose day has passed, and close what they opened; to run every night."""

from typing import Any

from django.core.management.base import BaseCommand

from surelle.commons.cooperatives.access import scope

from ...actions import expire_consents


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(everything=True):
            self.stdout.write(str(expire_consents()))
