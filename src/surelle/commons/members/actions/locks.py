"""What must not happen twice at the same moment: giving a number, taking away the last administrator."""

from django.db.models import Max

from surelle.commons.cooperatives.models import Cooperative

from ..models import Membership, RoleGrant
from ..rules import Role
from .refusals import LastAdministrator


def lock_people(cooperative_id: int) -> None:
    """Let no other transaction change the people of this cooperative before ours ends (SQLite: all already wait)."""
    Cooperative.objects.select_for_update().get(pk=cooperative_id)


def next_number(cooperative_id: int) -> int:
    """Return the number for a new member; the people must be locked. Numbers of those who left are not given again."""
    highest = Membership.objects.filter(cooperative=cooperative_id).aggregate(highest=Max("number"))["highest"]
    return int(highest or 0) + 1


def keep_an_administrator(membership: Membership) -> None:
    """Raise LastAdministrator if the cooperative would have none without this member; the people must be locked."""
    grants = RoleGrant.objects.filter(
        cooperative=membership.cooperative_id, role=Role.ADMINISTRATOR, membership__left_on=None
    )
    administrators = set(grants.values_list("membership", flat=True))
    if administrators == {membership.pk}:
        raise LastAdministrator
