"""A collection ("chantier") and its interview guides."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from surelle.collective.groups.models import Group
from surelle.commons.cooperatives.models import CooperativeOwned
from surelle.commons.members.models import Membership


class Collection(CooperativeOwned):
    """A gathering of voices for a purpose, run by a group."""

    class Visibility(models.TextChoices):
        GROUP = "group", _("Les membres du groupe")
        COOPERATIVE = "cooperative", _("Toute la coopérative")
        PARTNERS = "partners", _("La coopérative et ses partenaires")
        PUBLIC = "public", _("Tout le monde")

    title = models.CharField(_("titre"), max_length=160)
    slug = models.SlugField(max_length=80)
    purpose = models.TextField(_("à quoi servira ce chantier"), blank=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="collections", verbose_name=_("groupe"))
    visibility = models.CharField(
        _("qui peut voir ce chantier"), max_length=12, choices=Visibility.choices, default=Visibility.COOPERATIVE
    )
    created_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(_("clos le"), null=True, blank=True)

    open_rows_sql = (
        "visibility = 'public' OR visibility = 'partners' AND EXISTS (SELECT 1 FROM cooperatives_partnership p"
        " WHERE p.cooperative_id = testimonies_collection.cooperative_id AND p.partner_id = ANY (surelle_scope()))"
    )

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "slug"], name="collection_slug_once")]

    def __str__(self) -> str:
        return self.title


class InterviewGuide(CooperativeOwned):
    """One version of the questions asked in a collection; the highest version is the one in use."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="guides")
    version = models.PositiveIntegerField(default=1)
    introduction = models.TextField(_("mot d'accueil"), blank=True)
    note = models.CharField(_("ce qui a changé"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["collection", "-version"]
        constraints = [models.UniqueConstraint(fields=["collection", "version"], name="guide_version_once")]

    def __str__(self) -> str:
        return f"v{self.version}"


class GuideQuestion(CooperativeOwned):
    """A question of a guide. `key` stays the same from version to version, so that answers can be compared."""

    guide = models.ForeignKey(InterviewGuide, on_delete=models.CASCADE, related_name="questions")
    key = models.UUIDField()
    position = models.PositiveIntegerField()
    text = models.TextField(_("question"))
    help = models.TextField(_("pour aider à répondre"), blank=True)

    class Meta:
        ordering = ["guide", "position"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "position"], name="question_place_once"),
            models.UniqueConstraint(fields=["guide", "key"], name="question_once_in_a_guide"),
        ]

    def __str__(self) -> str:
        return self.text
