"""./surelle manage verify_ledger: prove the books, or name the first broken link."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surelle.commons.cooperatives.access import scope
from surelle.commons.cooperatives.models import Cooperative

from ...queries import Finding, prove

SENTENCES = {
    "sequence_has_a_hole": gettext_lazy("une écriture manque avant celle-ci"),
    "number_has_a_hole": gettext_lazy("un numéro manque dans l'exercice"),
    "broken_link": gettext_lazy("l'écriture, ou celle d'avant, n'est plus celle qui a été passée"),
    "chain_cut": gettext_lazy("les dernières écritures ont disparu"),
    "year_count_differs": gettext_lazy("l'exercice ne compte pas autant d'écritures qu'il en a numéroté"),
    "balance_differs": gettext_lazy("un solde conservé n'est pas la somme des lignes"),
    "unbalanced": gettext_lazy("débit et crédit diffèrent"),
    "one_amount": gettext_lazy("une ligne n'a pas un montant et un seul"),
    "too_large": gettext_lazy("un montant dépasse ce qui est possible"),
}


class Command(BaseCommand):
    help = "Prouver le grand livre : chaîne, équilibre, numéros, soldes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cooperative", metavar="SLUG")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(everything=True):
            wanted = Cooperative.objects.all()
            if options["cooperative"]:
                wanted = wanted.filter(slug=options["cooperative"])
                if not wanted.exists():
                    raise CommandError(_("Aucune coopérative ne s'appelle « %s ».") % options["cooperative"])
            proofs = [prove(cooperative) for cooperative in wanted]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(p) | {"holds": p.holds} for p in proofs], default=str, indent=2))
        else:
            for proof in proofs:
                counts = _("%(entries)d écritures, %(lines)d lignes") % {"entries": proof.entries, "lines": proof.lines}
                self.stdout.write(
                    f"{proof.cooperative} : {counts} : " + (_("tout tient.") if proof.holds else _("REFUSÉ"))
                )
                for finding in proof.findings[:20]:
                    self.stdout.write("  " + self.sentence(finding))
        if not all(proof.holds for proof in proofs):
            raise CommandError(_("Le grand livre ne tient pas."))

    def sentence(self, finding: Finding) -> str:
        where = _("écriture %d : ") % finding.sequence if finding.sequence else ""
        return where + str(SENTENCES.get(finding.code, finding.code)) + (f" {finding.facts}" if finding.facts else "")
