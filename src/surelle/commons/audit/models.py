"""The trail: one row for each act, written by the action itself, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from surelle.commons.cooperatives.models import CooperativeOwned


class AuditEvent(CooperativeOwned):
    """An act: who, which verb of the trade, on what.

    Neither `details` nor `object_label` holds a member's words, name, address or secret: the trail outlives a closed
    account and a withdrawn consent. Names are looked up when it is read.
    """

    at = models.DateTimeField(_("quand"), auto_now_add=True, db_index=True)
    member = models.ForeignKey("members.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(_("quoi"), max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True)
    object_label = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)

    is_append_only = True

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["cooperative", "-at"]), models.Index(fields=["object_kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind} {self.object_id}"
