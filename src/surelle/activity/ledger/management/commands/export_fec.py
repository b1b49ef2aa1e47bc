"""./surelle manage export_fec: the FEC of a year, and the analytic export beside it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from surelle.commons.cooperatives.access import scope
from surelle.commons.cooperatives.models import Cooperative

from ...documents import NoSiren, export_year, years_of


class Command(BaseCommand):
    help = "Écrire le FEC d'un exercice, et son export analytique."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cooperative", metavar="SLUG", required=True)
        parser.add_argument("--year", type=int, required=True, metavar="AAAA")
        parser.add_argument("--out", type=Path, required=True, metavar="DOSSIER")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(everything=True):
            cooperative = Cooperative.objects.filter(slug=options["cooperative"]).first()
            if cooperative is None:
                raise CommandError(_("Aucune coopérative ne s'appelle « %s ».") % options["cooperative"])
            years = years_of(cooperative)
            if options["year"] not in years:
                known = ", ".join(str(year) for year in sorted(years)) or _("aucun")
                raise CommandError(
                    _("Aucun exercice ne se termine en %(year)d. Exercices ouverts : %(known)s.")
                    % {"year": options["year"], "known": known}
                )
            try:
                path, count = export_year(cooperative, years[options["year"]], options["out"])
            except NoSiren:
                raise CommandError(
                    _("« %s » n'a pas de SIREN de neuf chiffres, qui donne son nom au FEC : complétez sa fiche.")
                    % cooperative.name
                ) from None
        self.stdout.write(_("%(path)s : %(count)d lignes.") % {"path": path, "count": count})
