"""The pages that testimonies were read from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surelle.commons.cooperatives.models import CooperativeOwned
from surelle.commons.files.models import StoredFile
from surelle.commons.members.models import Membership

from .collections import Collection


class Source(CooperativeOwned):
    """An imported page. While `in_review` it is only a proposal: no testimony exists before somebody confirms.

    `reading` holds the reading under review, in the shape of `rules.reading.as_json`, with the reviewer's changes.
    `text` is the page as decoded, one line per line of the reading; the lines of a withdrawn voice are blanked in it.
    """

    class State(models.TextChoices):
        IN_REVIEW = "in_review", _("À relire")
        CONFIRMED = "confirmed", _("Confirmée")
        REPLACED = "replaced", _("Remplacée par une version plus récente")
        DROPPED = "dropped", _("Abandonnée")

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField(_("nom"), max_length=255)
    format = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=255, blank=True)
    text = models.TextField()
    reading = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_REVIEW)
    original = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaced_by")
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "sha256"],
                condition=Q(state__in=["in_review", "confirmed"]),
                name="same_page_once",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.name
