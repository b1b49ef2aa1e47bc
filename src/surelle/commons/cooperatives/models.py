"""The cooperative, and the base of every row that belongs to one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Cooperative(models.Model):
    """One company under one SIREN; several may share a house (a federation's instance)."""

    name = models.CharField(_("nom"), max_length=120)
    slug = models.SlugField(_("adresse"), unique=True)
    purpose = models.TextField(_("raison d'être"), blank=True)
    city = models.CharField(_("ville"), max_length=120, blank=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    contact_email = models.EmailField(_("courriel"), blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CooperativeOwned(models.Model):
    """A row of one cooperative: walled off by its door, and on PostgreSQL by row-level security (see apps.py).

    `open_rows_sql` may name further rows that readers of other cooperatives may see, as an SQL condition. Rows of a
    model that `is_append_only` can be added, never changed or deleted: the database itself refuses it.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")

    open_rows_sql = ""
    is_append_only = False

    class Meta:
        abstract = True


class Branch(CooperativeOwned):
    """A place of the cooperative (établissement)."""

    name = models.CharField(_("nom"), max_length=120)
    city = models.CharField(_("ville"), max_length=120, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "name"], name="branch_name_once")]

    def __str__(self) -> str:
        return self.name


class Partnership(CooperativeOwned):
    """`cooperative` lets `partner` read what it publishes to partners; the reverse is another row."""

    partner = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField(_("depuis le"))

    open_rows_sql = "partner_id = ANY (surelle_scope())"

    class Meta:
        ordering = ["since_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "partner"], name="partnership_once"),
            models.CheckConstraint(condition=~Q(cooperative=F("partner")), name="partner_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id} → {self.partner_id}"
