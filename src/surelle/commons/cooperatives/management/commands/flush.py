"""`flush`, which must also empty append-only tables: Django's own would be refused by their guards on SQLite."""

from typing import Any

from django.core.management.commands import flush

from surelle.commons.cooperatives.access import restoring


class Command(flush.Command):
    """Django's command, with the one permission to empty append-only tables. The test suite calls it too."""

    def handle(self, **options: Any) -> None:
        with restoring(options["database"]):
            super().handle(**options)
