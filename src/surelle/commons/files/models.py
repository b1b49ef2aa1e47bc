"""A kept file: its name, type, size and SHA-256; the bytes lie in the media folder under that hash."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from surelle.commons.cooperatives.models import CooperativeOwned
from surelle.commons.members.models import Membership


class StoredFile(CooperativeOwned):
    """Bytes kept once per cooperative. It has no address of its own: what owns it serves it."""

    name = models.CharField(_("nom"), max_length=255)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-stored_at", "-pk"]
        indexes = [models.Index(fields=["cooperative", "sha256"])]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie, below MEDIA_ROOT."""
        return Path(settings.MEDIA_ROOT) / str(self.cooperative_id) / self.sha256[:2] / self.sha256
