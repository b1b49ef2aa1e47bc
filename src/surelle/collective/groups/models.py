"""Groups of members and who coordinates them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surelle.commons.cooperatives.models import CooperativeOwned
from surelle.commons.members.models import Membership


class GroupKind(models.TextChoices):
    WORKING_GROUP = "working_group", _("Groupe de travail")
    LOCAL_GROUP = "local_group", _("Groupe local")
    TRADE_GROUP = "trade_group", _("Groupe métier")
    COLLECTIVE = "collective", _("Collectif")
    EXTERNAL_NETWORK = "external_network", _("Réseau extérieur")


class Group(CooperativeOwned):
    """Members who do something together."""

    kind = models.CharField(_("sorte"), max_length=20, choices=GroupKind.choices)
    name = models.CharField(_("nom"), max_length=120)
    slug = models.SlugField(max_length=80)
    purpose = models.TextField(_("à quoi sert ce groupe"), blank=True)
    is_open = models.BooleanField(_("chacun peut s'y joindre"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(_("clos le"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "slug"], name="group_slug_once")]

    def __str__(self) -> str:
        return self.name


class GroupMembership(CooperativeOwned):
    """A member in a group, from a day to a day."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="group_memberships")
    is_coordinator = models.BooleanField(_("anime le groupe"), default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-is_coordinator", "member__person__last_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], condition=Q(left_on=None), name="in_a_group_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ∈ {self.group_id}"
