"""`flush`, which must also empty the trail: Django's own would be refused by the trail's triggers on SQLite."""

from typing import Any

from django.core.management.commands import flush

from surelle.commons.audit.access import restoring


class Command(flush.Command):
    """Django's command, with the one permission to empty the trail. The test suite calls it between tests, too."""

    def handle(self, **options: Any) -> None:
        with restoring(options["database"]):
            super().handle(**options)
