"""`./surelle manage backup FILE`: the whole house, database and files, in one archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from surelle.commons.files.gateways import write_backup
from surelle.kernel.terminal import in_words


class Command(BaseCommand):
    help = "Sauvegarde la base et les fichiers dans une archive / Backs up database and files into one archive"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=in_words("archive à écrire (.zip)", "archive to write (.zip)"))

    def handle(self, *, file: Path, verbosity: int, **options: Any) -> None:
        def progress(what: str, count: int) -> None:
            if verbosity and count:
                self.stdout.write(f"  {what}: {count}")

        lost = write_backup(file, progress=progress)
        size = file.stat().st_size / 1_000_000
        self.stdout.write(
            in_words(f"Sauvegarde écrite : {file} ({size:.1f} Mo)", f"Backup written: {file} ({size:.1f} MB)")
        )
        for name in lost:
            self.stderr.write(
                in_words(f"ABSENT ou abîmé, non sauvegardé : {name}", f"MISSING or damaged, not in the backup: {name}")
            )
