"""Load the demo: two invented cooperatives, played through the apps' own actions; a second call changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from surelle.collective.groups.actions import join_group
from surelle.collective.groups.models import Group
from surelle.commons.cooperatives.access import scope
from surelle.commons.cooperatives.models import Cooperative
from surelle.commons.notifications.actions import mark_read
from surelle.commons.notifications.models import Notification
from surelle.home.demo import people
from surelle.home.demo.clock import days_ago
from surelle.home.demo.cooperatives import People, grand_large, groups, partners, trois_feuilles
from surelle.home.demo.voices import load_partner_voices, load_voices

# Address, password, who that is: `./surelle demo` prints them.
ACCOUNTS = [(address, people.PASSWORD, who) for address, who in people.ACCOUNTS]
NOT_READ_FOR = 9  # days


class Command(BaseCommand):
    help = "Charge la coopérative de démonstration « Trois Feuilles » et sa partenaire « Grand Large »."

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(everything=True):
            if Cooperative.objects.filter(slug="trois-feuilles").exists():
                self.stdout.write(_("La démonstration est déjà là."))
                return
            # Nobody has these addresses: the mails of four years go nowhere.
            former, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.dummy.EmailBackend"
            try:
                with translation.override("fr"), transaction.atomic():
                    play()
            finally:
                settings.EMAIL_BACKEND = former


def last_days(ours: People, made: dict[str, Group]) -> None:
    """What happened this week, so that there is something new on the first pages."""
    for days, name, group in (
        (3, "yuna", "Val d'Orbance"),
        (2, "louis", "Révéler nos voix"),
        (1, "ismael", "Révéler nos voix"),
    ):
        with days_ago(days):
            join_group(member=ours[name], group=made[group])


def play() -> None:
    """Play four years of the two cooperatives."""
    ours, theirs = trois_feuilles(), grand_large()
    partners(ours["rachid"], theirs["maelle"])
    made = groups(ours)
    load_voices(ours, made)
    load_partner_voices(theirs)
    last_days(ours, made)
    with days_ago(NOT_READ_FOR) as then:
        for notification in Notification.objects.filter(told_at__lt=then).select_related("member"):
            mark_read(member=notification.member, notification=notification)
