"""Marks: themes, excerpts of words, rounds of blind coding, and the steps that can be undone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from surelle.commons.cooperatives.models import CooperativeOwned
from surelle.commons.members.models import Membership

from .collections import Collection
from .testimonies import Testimony


class Theme(CooperativeOwned):
    """A theme that voices carry; themes form a tree. A merged theme points at the one that took its excerpts."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="themes")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children")
    name = models.CharField(_("nom"), max_length=120)
    definition = models.TextField(_("définition"), blank=True)
    example = models.TextField(_("exemple"), blank=True)
    hue = models.PositiveSmallIntegerField(_("couleur"), default=0)  # index in the palette of the design tokens
    position = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    created_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "name"], condition=Q(merged_into=None), name="theme_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CodingRound(CooperativeOwned):
    """A blind double coding: each coder marks the same voices without seeing the other's marks until it is closed."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="rounds")
    name = models.CharField(_("nom"), max_length=120)
    coders = models.ManyToManyField(Membership, through="RoundCoder", related_name="+", verbose_name=_("qui marque"))
    testimonies = models.ManyToManyField(
        Testimony, through="RoundTestimony", related_name="rounds", verbose_name=_("témoignages")
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    # How far the coders agreed when it was closed (rules.agreement.as_json): settling changes the marks afterwards.
    agreement = models.JSONField(default=dict)

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class RoundCoder(CooperativeOwned):
    """A member who marks in a round."""

    round = models.ForeignKey(CodingRound, on_delete=models.CASCADE, related_name="coder_links")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "member"], name="coder_once_per_round")]

    def __str__(self) -> str:
        return f"{self.member_id} ∈ {self.round_id}"


class RoundTestimony(CooperativeOwned):
    """A testimony that a round's coders mark."""

    round = models.ForeignKey(CodingRound, on_delete=models.CASCADE, related_name="testimony_links")
    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="round_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "testimony"], name="testimony_once_per_round")]

    def __str__(self) -> str:
        return f"{self.testimony_id} ∈ {self.round_id}"


class Excerpt(CooperativeOwned):
    """Words marked in a testimony: code points `start` to `end` of its text, with quote and context to find them again.

    `round` is set while the mark belongs to a blind coding. `is_lost` says that a correction removed the words: the
    mark keeps its quote and waits for a person.
    """

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="excerpts")
    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="excerpts")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    tone = models.SmallIntegerField(_("ton"), null=True, blank=True)
    memo = models.TextField(_("mémo"), blank=True)
    themes = models.ManyToManyField(Theme, through="ExcerptTheme", related_name="excerpts")
    round = models.ForeignKey(CodingRound, on_delete=models.CASCADE, null=True, blank=True, related_name="excerpts")
    is_lost = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)  # a person holds it for one of the best of its themes
    marked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["testimony", "start", "end", "pk"]
        indexes = [models.Index(fields=["collection", "testimony", "start"])]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="excerpt_has_words"),
            models.CheckConstraint(
                condition=Q(tone=None) | Q(tone__gte=-2, tone__lte=2), name="tone_from_minus_2_to_2"
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:60]


class ExcerptTheme(CooperativeOwned):
    """A theme given to an excerpt."""

    excerpt = models.ForeignKey(Excerpt, on_delete=models.CASCADE, related_name="theme_links")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="excerpt_links")
    is_settled = models.BooleanField(default=False)  # the team agreed on it after a blind coding

    class Meta:
        constraints = [models.UniqueConstraint(fields=["excerpt", "theme"], name="theme_once_per_excerpt")]

    def __str__(self) -> str:
        return f"{self.excerpt_id} → {self.theme_id}"


class MarkingStep(CooperativeOwned):
    """One step of marking that can be undone: `before` and `after` are the rows it changed, as JSON.

    A step that holds words is about one `testimony`, and goes with it; steps about themes hold no words of voices.
    """

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="marking_steps")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    testimony = models.ForeignKey(
        Testimony, on_delete=models.CASCADE, null=True, blank=True, related_name="marking_steps"
    )
    verb = models.CharField(max_length=40)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    done_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-done_at", "-pk"]
        indexes = [models.Index(fields=["collection", "member", "-done_at"])]

    def __str__(self) -> str:
        return self.verb
