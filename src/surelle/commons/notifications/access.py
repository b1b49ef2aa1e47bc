"""The doors to what members are told: one's own, nobody else's."""

from django.db.models import QuerySet
from django.http import Http404

from surelle.commons.members.models import Membership

from .models import Notification


def own_notifications(member: Membership) -> QuerySet[Notification]:
    """Return everything this member was told."""
    return Notification.objects.filter(member=member, cooperative=member.cooperative_id)


def own_notification(member: Membership, pk: int) -> Notification:
    """Return one thing this member was told, or raise Http404."""
    try:
        return own_notifications(member).get(pk=pk)
    except Notification.DoesNotExist:
        raise Http404 from None
