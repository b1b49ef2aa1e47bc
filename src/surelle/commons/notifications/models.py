"""What a member is told, and how often by mail."""

from django.db import models
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from surelle.commons.cooperatives.models import CooperativeOwned
from surelle.commons.members.models import Membership


class Rhythm(models.TextChoices):
    """How often the digest goes out by mail."""

    AT_ONCE = "at_once", _("Tout de suite")
    DAILY = "daily", _("Une fois par jour")
    WEEKLY = "weekly", _("Une fois par semaine")
    NEVER = "never", _("Jamais : je regarde dans Surelle")


class Notification(CooperativeOwned):
    """One thing told to one member; `path` is where it leads."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="notifications")
    told_at = models.DateTimeField(auto_now_add=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300)
    asks_for_act = models.BooleanField(default=False)  # waits for the member, rather than informs
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes = [models.Index(fields=["member", "read_at", "-told_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unread(self) -> bool:
        return self.read_at is None

    @property
    def told_since(self) -> str:
        """How long ago, in one unit: "il y a 2 semaines"."""
        return _("il y a %(time)s") % {"time": timesince(self.told_at, depth=1)}


class DigestChoice(CooperativeOwned):
    """A member's rhythm of mail; without a row: once a day."""

    member = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="digest_choice")
    rhythm = models.CharField(_("rythme"), max_length=8, choices=Rhythm.choices, default=Rhythm.DAILY)
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.get_rhythm_display())
