"""The page of the third leaf."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from surelle.collective.groups.models import Group
from surelle.collective.groups.queries import own_groups
from surelle.collective.testimonies.access import partner_testimonies
from surelle.collective.testimonies.models import Testimony
from surelle.collective.testimonies.queries.collections import CollectionCard, collection_cards
from surelle.commons.members.models import Membership


@dataclass
class CollectivePage:
    """What the collective holds for a member."""

    groups: list[Group]
    groups_count: int
    collections: list[CollectionCard]
    partner_count: int
    own_count: int

    @property
    def own_meta(self) -> str:
        count = self.own_count
        return ngettext("une parole de vous", "%(count)s paroles de vous", count) % {"count": count} if count else ""

    @property
    def partner_meta(self) -> str:
        count = self.partner_count
        return ngettext("une voix à lire", "%(count)s voix à lire", count) % {"count": count} if count else ""


def collective_page(member: Membership) -> CollectivePage:
    """Return what the page of the collective shows."""
    return CollectivePage(
        groups=own_groups(member),
        groups_count=Group.objects.filter(cooperative=member.cooperative_id, closed_on=None).count(),
        collections=[card for card in collection_cards(member) if card.collection.closed_on is None],
        partner_count=partner_testimonies(member).count(),
        own_count=Testimony.objects.filter(author=member, cooperative=member.cooperative_id).count(),
    )
