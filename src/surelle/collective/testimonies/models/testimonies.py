"""A voice: who speaks, when, of what kind, in which words."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from surelle.collective.groups.models import Group, GroupKind
from surelle.commons.cooperatives.models import CooperativeOwned
from surelle.commons.files.models import StoredFile
from surelle.commons.members.models import Membership

from ..rules.states import Audience, State
from .collections import Collection
from .sources import Source

STATE_NAMES = {
    State.EXPECTED: _("Pas encore entendu·e"),
    State.DRAFT: _("En cours d'écriture"),
    State.AWAITING_CONSENT: _("Attend un accord"),
    State.PUBLISHED: _("Publié"),
    State.WITHDRAWN: _("Retiré"),
}
AUDIENCE_NAMES = {
    Audience.INSIDE: _("Dans la coopérative"),
    Audience.PARTNERS: _("Coopératives partenaires"),
    Audience.PUBLIC: _("Tout le monde"),
}


class Testimony(CooperativeOwned):
    """One voice. `text` is NFC with LF, and every offset of answers and excerpts counts its code points.

    A testimony without words (`expected`) is a voice not heard yet: an empty heading of a page, or somebody invited.
    Once `withdrawn` nothing remains but the row: no words, no name.
    """

    class AuthorKind(models.TextChoices):
        MEMBER = "member", _("Membre")
        OUTSIDER = "outsider", _("Personne nommée, hors de Surelle")
        GROUP = "group", _("Groupe")
        ANONYMOUS = "anonymous", _("Anonyme")

    class Kind(models.TextChoices):
        QUOTE = "quote", _("Parole")
        INTERVIEW = "interview", _("Entretien")
        MEDIA = "media", _("Vidéo ou fichier")
        FEEDBACK = "feedback", _("Retour sur une proposition")

    class Tenure(models.TextChoices):
        UNKNOWN = "", _("Ancienneté inconnue")
        NEWCOMER = "newcomer", _("Moins d'un an")
        SETTLED = "settled", _("D'un à trois ans")
        EXPERIENCED = "experienced", _("De trois à sept ans")
        ELDER = "elder", _("Plus de sept ans")

    class Precision(models.TextChoices):
        UNKNOWN = "", _("Date inconnue")
        YEAR = "year", _("L'année")
        MONTH = "month", _("Le mois")
        DAY = "day", _("Le jour")

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="testimonies")
    kind = models.CharField(_("sorte"), max_length=10, choices=Kind.choices)
    state = models.CharField(
        _("état"), max_length=16, choices=[(s.value, STATE_NAMES[s]) for s in State], default=State.EXPECTED.value
    )
    audience = models.CharField(
        _("lisible par"),
        max_length=10,
        choices=[(a.value, AUDIENCE_NAMES[a]) for a in Audience],
        default=Audience.INSIDE.value,
    )
    position = models.PositiveIntegerField(default=0)

    author_kind = models.CharField(_("qui parle"), max_length=10, choices=AuthorKind.choices)
    author_name = models.CharField(_("nom"), max_length=160, blank=True)
    author = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="testimonies")
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="testimonies")
    group_name = models.CharField(_("groupe"), max_length=160, blank=True)
    group_kind = models.CharField(_("sorte de groupe"), max_length=20, choices=GroupKind.choices, blank=True)
    tenure = models.CharField(_("ancienneté alors"), max_length=12, choices=Tenure.choices, blank=True)

    text = models.TextField(_("paroles"), blank=True)
    text_version = models.PositiveIntegerField(default=1)
    context = models.TextField(_("contexte"), blank=True)
    addressee = models.CharField(_("adressé à"), max_length=160, blank=True)
    said_on = models.DateField(_("date"), null=True, blank=True)
    said_precision = models.CharField(_("précision de la date"), max_length=5, choices=Precision.choices, blank=True)

    source = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="testimonies")
    source_entry = models.CharField(max_length=80, blank=True)  # the entry's id in the reading
    first_line = models.PositiveIntegerField(null=True, blank=True)
    last_line = models.PositiveIntegerField(null=True, blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    open_rows_sql = (
        "state = 'published' AND (audience = 'public' OR audience = 'partners' AND EXISTS (SELECT 1"
        " FROM cooperatives_partnership p WHERE p.cooperative_id = testimonies_testimony.cooperative_id"
        " AND p.partner_id = ANY (surelle_scope())))"
    )

    class Meta:
        ordering = ["collection", "position", "pk"]
        indexes = [
            models.Index(fields=["collection", "position"]),
            models.Index(fields=["cooperative", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(text="", author_name="", context="", author=None),
                name="withdrawn_leaves_nothing",
            ),
            models.CheckConstraint(
                condition=Q(first_line=None, last_line=None) | Q(last_line__gte=F("first_line")), name="lines_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.author_name or str(self.get_author_kind_display())


class Answer(CooperativeOwned):
    """A stretch of an interview's text that answers one question; `start` = `end` when nothing was said."""

    class QuestionState(models.TextChoices):
        STATED = "stated", _("Question posée dans la source")
        PROPOSED = "proposed", _("Question proposée, à confirmer")
        CONFIRMED = "confirmed", _("Question confirmée")
        UNKNOWN = "unknown", _("Question inconnue")

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveIntegerField()
    question = models.TextField(blank=True)
    question_key = models.UUIDField(null=True, blank=True)  # GuideQuestion.key, whatever its version
    question_state = models.CharField(max_length=10, choices=QuestionState.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    first_line = models.PositiveIntegerField(null=True, blank=True)
    last_line = models.PositiveIntegerField(null=True, blank=True)

    open_rows_sql = "EXISTS (SELECT 1 FROM testimonies_testimony t WHERE t.id = testimony_id)"

    class Meta:
        ordering = ["testimony", "position"]
        constraints = [
            models.UniqueConstraint(fields=["testimony", "position"], name="answer_place_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="answer_span_in_order"),
        ]

    def __str__(self) -> str:
        return self.question


class MediaLink(CooperativeOwned):
    """A medium that a testimony points at, and the hosted file once somebody brought it home."""

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="media_links")
    url = models.URLField(max_length=1000, blank=True)
    service = models.CharField(max_length=40, blank=True)
    is_likely_to_expire = models.BooleanField(default=False)
    hosted = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    open_rows_sql = "EXISTS (SELECT 1 FROM testimonies_testimony t WHERE t.id = testimony_id)"

    class Meta:
        ordering = ["testimony", "pk"]

    def __str__(self) -> str:
        return self.service or self.url


class Mention(CooperativeOwned):
    """A third person named in somebody's words."""

    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="mentions")
    name = models.CharField(max_length=160)

    open_rows_sql = "EXISTS (SELECT 1 FROM testimonies_testimony t WHERE t.id = testimony_id)"

    class Meta:
        ordering = ["testimony", "name"]
        constraints = [models.UniqueConstraint(fields=["testimony", "name"], name="mentioned_once")]

    def __str__(self) -> str:
        return self.name
