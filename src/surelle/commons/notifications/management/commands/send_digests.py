"""Send the digests that are due: run it every hour (docs/guides/operating.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from surelle.commons.notifications.tasks import send_all_digests


class Command(BaseCommand):
    help = "Envoie par courriel les nouvelles dont c’est l’heure, au rythme que chaque membre a choisi."

    def handle(self, *args: Any, **options: Any) -> None:
        done = send_all_digests.call()
        self.stdout.write(_("%(sent)s courriels envoyés.") % done)
        if done["failed"]:
            raise CommandError(_("%(failed)s courriels n’ont pas pu partir ; ils seront tentés de nouveau.") % done)
