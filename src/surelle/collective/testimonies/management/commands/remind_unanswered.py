"""Remind those who were invited to speak and did not answer; to run every day."""

from typing import Any

from django.core.management.base import BaseCommand

from surelle.commons.cooperatives.access import scope

from ...actions import remind_unanswered


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(everything=True):
            self.stdout.write(str(remind_unanswered()))
