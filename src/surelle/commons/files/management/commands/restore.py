"""`./surelle manage restore FILE`: replaces the whole house by what an archive holds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.files.gateways import ArchiveRefused, check_archive, restore_backup
from surelle.kernel.terminal import in_words


class Command(BaseCommand):
    help = "Remplace la base et les fichiers par ceux d'une archive / Replaces database and files by an archive's"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=in_words("archive à lire", "archive to read"))
        parser.add_argument("--check", action="store_true", help=in_words("vérifier seulement", "only verify"))
        parser.add_argument("--yes", action="store_true", help=in_words("sans demander", "without asking"))

    def handle(self, *, file: Path, check: bool, yes: bool, verbosity: int, **options: Any) -> None:
        def progress(what: str, count: int) -> None:
            if verbosity and count:
                self.stdout.write(f"  {what}: {count}")

        try:
            if check:
                manifest = check_archive(file)
                made_at = manifest["made_at"]
                self.stdout.write(
                    in_words(f"Sauvegarde entière, faite le {made_at}.", f"The backup is whole, made at {made_at}.")
                )
                return
            if not yes and Cooperative.objects.exists() and not self.is_agreed():
                raise CommandError(in_words("Rien n'a été changé.", "Nothing was changed."))
            restore_backup(file, progress=progress)
        except ArchiveRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            in_words(
                "Restauré. Tout le monde doit se reconnecter. Les accords retirés depuis cette sauvegarde sont à "
                "retirer de nouveau.",
                "Restored. Everybody has to sign in again. Consents withdrawn since this backup have to be "
                "withdrawn again.",
            )
        )

    def is_agreed(self) -> bool:
        """Ask before replacing a house that is not empty; nobody at the keyboard means no."""
        question = in_words(
            "Tout ce que contient la base sera remplacé. Écrivez « oui » pour continuer : ",
            "Everything in the database will be replaced. Type “yes” to go on: ",
        )
        try:
            return input(question).strip().lower() in ("oui", "yes")
        except EOFError:
            return False
