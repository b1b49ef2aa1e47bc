"""Consent: for one testimony, one channel, in one wording, with proof; and the invitation to speak."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surelle.commons.cooperatives.models import CooperativeOwned
from surelle.commons.files.models import StoredFile
from surelle.commons.members.models import Membership

from ..rules.states import Channel
from .testimonies import Testimony

CHANNEL_NAMES = {
    Channel.INSIDE: _("Lire dans la coopérative"),
    Channel.PARTNERS: _("Lire dans les coopératives partenaires"),
    Channel.PUBLIC: _("Publier sur le web"),
    Channel.PRINT: _("Imprimer dans un rapport"),
    Channel.NAME: _("Montrer le nom"),
    Channel.IMAGE: _("Montrer le portrait, la voix ou la vidéo"),
}


class ConsentText(CooperativeOwned):
    """The words that people agree to, by version; never changed once used."""

    version = models.PositiveIntegerField()
    body = models.TextField()
    body_en = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["cooperative", "-version"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "version"], name="consent_text_version_once")]

    def __str__(self) -> str:
        return f"v{self.version}"


class Consent(CooperativeOwned):
    """A yes for one channel. Rows are only added and ended, so that what was agreed when can always be shown."""

    class Proof(models.TextChoices):
        FORM = "form", _("Formulaire rempli dans Surelle")
        MAIL = "mail", _("Courriel")
        PAPER = "paper", _("Papier signé")
        ORAL = "oral", _("Accord oral noté")

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="consents")
    channel = models.CharField(_("pour"), max_length=10, choices=[(c.value, CHANNEL_NAMES[c]) for c in Channel])
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    proof = models.CharField(_("preuve"), max_length=5, choices=Proof.choices)
    proof_note = models.CharField(_("où est la preuve"), max_length=200, blank=True)
    proof_file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    given_on = models.DateField(_("donné le"))
    expires_on = models.DateField(_("valable jusqu'au"), null=True, blank=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    # Whether a name or a portrait may be shown concerns everybody who may read the words, also in other cooperatives.
    open_rows_sql = (
        "ended_at IS NULL AND channel IN ('name', 'image')"
        " AND EXISTS (SELECT 1 FROM testimonies_testimony t WHERE t.id = testimony_id)"
    )

    class Meta:
        ordering = ["testimony", "channel", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["testimony", "channel"], condition=Q(ended_at=None), name="one_present_consent_per_channel"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_channel_display())


class AnswerInvitation(CooperativeOwned):
    """A link by mail to answer the guide for a testimony that waits for words; its secret's hash is kept."""

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("courriel"))
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    saved = models.JSONField(default=dict)  # question key → words as typed so far
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.email
