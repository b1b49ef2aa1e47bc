"""Read a page of testimonies: show how it is read, or store it for review."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from ...actions.refusals import Refused
from ...gateways import FORMATS, UnreadableSource, read_source
from ...rules.reading import as_json, read
from ...rules.reading.source import Reading

SENTENCES = {
    "no_file": {
        "fr": "{name} : ce fichier n'existe pas, ou ne peut pas être ouvert. Vérifiez le chemin, puis recommencez.",
        "en": "{name}: this file does not exist, or cannot be opened. Check the path, then try again.",
    },
    "where": {
        "fr": "Dites où ranger les voix : --cooperative et --collection. Pour seulement lire la page : --dry-run.",
        "en": "Say where the voices go: --cooperative and --collection. To only read the page: --dry-run.",
    },
    "no_cooperative": {
        "fr": "Il n'y a pas de coopérative « {name} » ici. Vérifiez l'adresse donnée à --cooperative.",
        "en": "There is no cooperative “{name}” here. Check what --cooperative says.",
    },
    "no_collection": {
        "fr": "Il n'y a pas de chantier « {name} » dans cette coopérative. Vérifiez l'adresse donnée à --collection.",
        "en": "There is no collection “{name}” in this cooperative. Check what --collection says.",
    },
    "in_review": {
        "fr": "La page attend d'être relue : {url}. Rien n'en est un témoignage avant qu'une personne confirme.",
        "en": "The page waits for review: {url}. Nothing of it is a testimony before somebody confirms.",
    },
    "same": {
        "fr": "Cette page a déjà été importée, à l'identique : rien n'a changé.",
        "en": "This very page was imported before: nothing changed.",
    },
    "newer": {
        "fr": "C'est une version plus récente d'une page connue : la relecture montre ce qui change.",
        "en": "This is a newer version of a known page: the review shows what changes.",
    },
    "confirmed": {
        "fr": "{created} voix ajoutées, {corrected} textes corrigés. Chacune attend l'accord de la personne.",
        "en": "{created} voices added, {corrected} texts corrected. Each awaits its author's consent.",
    },
    "summary": {
        "fr": "{entries} entrées, dont {empty} sans paroles ; {headings} titres, {chrome} lignes hors des paroles,"
        " {unread} lignes que la lecture n'a pas su placer.",
        "en": "{entries} entries, {empty} of them without words; {headings} headings, {chrome} lines that are nobody's"
        " words, {unread} lines that could not be placed.",
    },
}
HEADS = {
    "fr": ("lignes", "sorte", "qui", "groupe", "date", "réponses", "sûr"),
    "en": ("lines", "kind", "who", "group", "date", "answers", "sure"),
}
KINDS = {
    "fr": {"media": "média", "quote": "parole", "interview": "entretien", "feedback": "retour"},
    "en": {"media": "media", "quote": "quote", "interview": "interview", "feedback": "feedback"},
}
STATES = {
    "fr": {"stated": "posée", "proposed": "proposée, à confirmer", "unknown": "inconnue"},
    "en": {"stated": "stated", "proposed": "proposed, to confirm", "unknown": "unknown"},
}
EMPTY = {"fr": "pas encore entendu·e", "en": "not heard yet"}


class Command(BaseCommand):
    help = __doc__ or ""
    # A dry run opens no database: neither checks nor the connection may be asked for beforehand.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", help="the page, or - for standard input")
        parser.add_argument("--cooperative", default="", help="slug of the cooperative")
        parser.add_argument("--collection", default="", help="slug of the collection")
        parser.add_argument("--format", default="", choices=["", *FORMATS], help="found by itself when not given")
        parser.add_argument("--dry-run", action="store_true", help="only read; no database is needed")
        parser.add_argument("--json", action="store_true", help="print the reading as JSON")
        parser.add_argument("--confirm", action="store_true", help="confirm at once, without a person's review")
        parser.add_argument("--language", default="", choices=["", "fr", "en"], help="of what is said; else LANG")

    def handle(self, *args: Any, **options: Any) -> None:
        self.language = options["language"] or language_of_the_shell()
        with translation.override(self.language):
            self._handle(**options)

    def _handle(self, **options: Any) -> None:
        name, data = self._page(options["file"])
        if options["dry_run"]:
            reading = self._read(name, data, options["format"])
            self._show(reading, options["json"])
            return
        if not (options["cooperative"] and options["collection"]):
            self._stop("where")
        self._store(name, data, **options)

    def _page(self, path: str) -> tuple[str, bytes]:
        if path == "-":
            return "stdin", sys.stdin.buffer.read()
        try:
            return Path(path).name, Path(path).read_bytes()
        except OSError:
            self._stop("no_file", name=path)
            raise AssertionError from None

    def _read(self, name: str, data: bytes, format: str, guide: tuple[str, ...] = ()) -> Reading:
        try:
            return read(read_source(name, data, format), guide)
        except UnreadableSource as unreadable:
            self.stderr.write(unreadable.message(self.language))
            raise SystemExit(1) from None

    def _store(self, name: str, data: bytes, **options: Any) -> None:
        from surelle.commons.cooperatives.access import scope
        from surelle.commons.cooperatives.models import Cooperative

        from ...actions.importing import guide_of, import_page
        from ...actions.reviewing import confirm_reading
        from ...models import Collection

        with scope(everything=True):
            cooperative = Cooperative.objects.filter(slug=options["cooperative"]).first()
        if cooperative is None:
            self._stop("no_cooperative", name=options["cooperative"])
        assert cooperative is not None
        with scope([cooperative.pk]):
            collection = (
                Collection.objects.select_related("cooperative", "group")
                .filter(cooperative=cooperative, slug=options["collection"])
                .first()
            )
            if collection is None:
                self._stop("no_collection", name=options["collection"])
            assert collection is not None
            try:
                imported = import_page(
                    member=None, collection=collection, name=name, data=data, format=options["format"]
                )
                done = None
                if options["confirm"] and imported.source.state == "in_review":
                    done = confirm_reading(member=None, source=imported.source)
            except UnreadableSource as unreadable:
                self.stderr.write(unreadable.message(self.language))
                raise SystemExit(1) from None
            except Refused as refusal:
                self.stderr.write(str(refusal))
                raise SystemExit(1) from None
            if options["json"]:
                self._show(self._read(name, data, options["format"], guide_of(collection)), as_data=True)
                return
            if not imported.is_new:
                self._say("same")
            elif imported.replaces is not None:
                self._say("newer")
            if done is not None:
                self._say("confirmed", created=len(done.created), corrected=len(done.corrected))
            elif imported.source.state == "in_review":
                self._say("in_review", url=review_address(cooperative.slug, imported.source.pk))

    def _show(self, reading: Reading, as_data: bool) -> None:
        said = as_json(reading, self.language)
        if as_data:
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(table(said, self.language)))

    def _say(self, code: str, **parameters: Any) -> None:
        self.stdout.write(SENTENCES[code][self.language].format(**parameters))

    def _stop(self, code: str, **parameters: Any) -> None:
        self.stderr.write(SENTENCES[code][self.language].format(**parameters))
        raise SystemExit(1)


def review_address(cooperative: str, pk: int) -> str:
    from django.conf import settings
    from django.urls import reverse

    return settings.PUBLIC_URL.rstrip("/") + reverse("testimonies:source", args=[cooperative, pk])


def language_of_the_shell() -> str:
    """Return fr or en, as the shell's variables ask; French when they ask for neither."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return "en" if value[:2].lower() == "en" else "fr"
    return "fr"


def table(said: dict[str, Any], language: str) -> list[str]:
    """Return a reading as lines for a terminal: one entry a row, its answers and reasons under it."""
    rows = [HEADS[language]]
    for entry in said["entries"]:
        rows.append(
            (
                f"{entry['lines'][0]}–{entry['lines'][1]}",
                KINDS[language][entry["kind"]],
                entry["author"] or entry["signed_as"] or "—",
                entry["group"] or "—",
                entry["date"] or "—",
                EMPTY[language] if entry["state"] == "empty" else str(len(entry["answers"]) or "—"),
                f"{entry['confidence']:.0%}",
            )
        )
    widths = [min(38, max(len(row[column]) for row in rows)) for column in range(len(rows[0]))]

    def line(row: tuple[str, ...]) -> str:
        cut = [cell if len(cell) <= w else cell[: w - 1] + "…" for cell, w in zip(row, widths, strict=True)]
        return "  ".join(cell.ljust(w) for cell, w in zip(cut, widths, strict=True)).rstrip()

    lines = [said["title"], ""] if said["title"] else []
    lines += [line(rows[0]), "  ".join("─" * w for w in widths)]
    for row, entry in zip(rows[1:], said["entries"], strict=True):
        lines.append(line(row))
        for answer in entry["answers"]:
            question = answer["question"] or "?"
            state = STATES[language][answer["question_state"]]
            lines.append(f"    {answer['lines'][0]}–{answer['lines'][1]}  {question[:70]} ({state})")
        lines += [f"    · {reason}" for reason in entry["reasons"]]
    lines += ["", *said["remarks"]] if said["remarks"] else [""]
    lines.append(
        SENTENCES["summary"][language].format(
            entries=len(said["entries"]),
            empty=sum(entry["state"] == "empty" for entry in said["entries"]),
            headings=len(said["heading_lines"]),
            chrome=len(said["chrome_lines"]),
            unread=len(said["unread_lines"]),
        )
    )
    return lines
