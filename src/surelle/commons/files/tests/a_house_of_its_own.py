"""A process that works on a house of its own (SURELLE_VAR), so that it can be killed: see test_killed_restore.py.

`prepare ARCHIVE` makes a house, archives it and changes it. `restore ARCHIVE KILLED_AT` restores, and kills itself with
SIGKILL once the table KILLED_AT is loaded. `empty` makes an empty house. All print the SHA-256 of all rows at the end.
"""

# ruff: noqa: E402
import hashlib
import os
import signal
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "surelle.config.settings"

import django

django.setup()

from django.core.management import call_command

from surelle.commons.cooperatives.access import scope
from surelle.commons.cooperatives.models import Branch, Cooperative
from surelle.commons.files.gateways import restore_backup, write_backup
from surelle.commons.files.gateways.archive import as_line, kept_fields, kept_models


def empty() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def prepare(archive: Path) -> None:
    empty()
    cooperative = Cooperative.objects.create(name="Avant", slug="avant")
    Branch.objects.bulk_create(Branch(cooperative=cooperative, name=f"Lieu {n}") for n in range(3000))
    write_backup(archive)
    Branch.objects.filter(name__endswith="7").delete()
    Cooperative.objects.update(name="Après")


def restore(archive: Path, killed_at: str) -> None:
    def progress(what: str, count: int) -> None:
        if what == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    restore_backup(archive, progress=progress)


def state() -> str:
    digest = hashlib.sha256()
    for model in kept_models():
        columns = [field.attname for field in kept_fields(model)]
        for row in model._base_manager.order_by("pk").values_list(*columns):
            digest.update(as_line(columns, row))
    return digest.hexdigest()


if __name__ == "__main__":
    with scope(everything=True):
        if sys.argv[1] == "prepare":
            prepare(Path(sys.argv[2]))
        elif sys.argv[1] == "empty":
            empty()
        elif sys.argv[1] == "restore":
            restore(Path(sys.argv[2]), sys.argv[3])
        print(state())
