"""Found a cooperative in this house, with its first administrator: the first thing to do after installing."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _

from surelle.commons.cooperatives.access import scope
from surelle.home.actions import Refused, found_cooperative


class Command(BaseCommand):
    help = "Fonde une coopérative dans cette maison, avec la première personne qui l’administre."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="nom de la coopérative")
        parser.add_argument("--slug", required=True, help="son adresse dans Surelle : trois-feuilles")
        parser.add_argument("--email", required=True, help="courriel de la première personne qui l’administre")
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", default="")
        parser.add_argument("--city", default="")
        parser.add_argument("--siren", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = ("name", "slug", "email", "first_name", "last_name", "city", "siren")
        try:
            with scope(everything=True):
                founder = found_cooperative(**{key: options[key] for key in wanted})
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            _("%(cooperative)s est fondée. %(name)s entre par %(address)s, avec un code reçu par courriel.")
            % {
                "cooperative": founder.cooperative.name,
                "name": founder.person.full_name,
                "address": settings.PUBLIC_URL.rstrip("/") + reverse("account_request_login_code"),
            }
        )
