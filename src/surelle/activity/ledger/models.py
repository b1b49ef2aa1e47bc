"""The books: accounts, journals, years, entries and their lines, and the balances that follow them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from surelle.commons.cooperatives.models import CooperativeOwned
from surelle.commons.members.models import Membership


class Account(CooperativeOwned):
    """An account of the chart (PCG), by its number."""

    number = models.CharField(_("numéro"), max_length=12)
    name = models.CharField(_("intitulé"), max_length=160)
    takes_auxiliary = models.BooleanField(_("tenu par tiers"), default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "number"], name="account_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class AuxiliaryAccount(CooperativeOwned):
    """A third party (customer, supplier, employee) under a collective account."""

    code = models.CharField(_("code"), max_length=17)
    name = models.CharField(_("nom"), max_length=160)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="auxiliaries")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "code"], name="auxiliary_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Journal(CooperativeOwned):
    """A book that entries are written in: sales, purchases, bank, payroll, sundry, opening."""

    code = models.CharField(_("code"), max_length=6)
    name = models.CharField(_("intitulé"), max_length=80)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["cooperative", "code"], name="journal_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FiscalYear(CooperativeOwned):
    """A year of the books. Nothing is posted on or before `closed_through`; `last_number` counts its entries."""

    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    closed_through = models.DateField(_("clos jusqu'au"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "starts_on"], name="fiscal_year_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="fiscal_year_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class ChainHead(CooperativeOwned):
    """Where the chain of a cooperative stands. Its row is the lock that puts entries in order."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative"], name="one_chain_each")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:8]}"


class Entry(CooperativeOwned):
    """A posted entry. The database refuses to change or delete it; a mistake is reversed by another entry."""

    sequence = models.PositiveBigIntegerField()
    fiscal_year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(_("numéro"))
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="entries")
    dated_on = models.DateField(_("date"))
    piece = models.CharField(_("pièce"), max_length=60)
    piece_on = models.DateField(_("date de la pièce"))
    label = models.CharField(_("libellé"), max_length=200)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    posted_at = models.DateTimeField(auto_now_add=True)
    posted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    hash = models.CharField(max_length=64)

    is_append_only = True

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["cooperative", "dated_on"])]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "sequence"], name="entry_sequence_once"),
            models.UniqueConstraint(fields=["fiscal_year", "number"], name="entry_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.journal_id} {self.number}"


class Line(CooperativeOwned):
    """A line of an entry: cents on one side of one account, for one analytic code ("" is the cooperative itself)."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="lines")
    auxiliary = models.ForeignKey(AuxiliaryAccount, on_delete=models.PROTECT, null=True, related_name="lines")
    analytic_code = models.CharField(_("code analytique"), max_length=20, blank=True)
    dated_on = models.DateField()
    label = models.CharField(_("libellé"), max_length=200)
    debit_cents = models.BigIntegerField(_("débit"), default=0)
    credit_cents = models.BigIntegerField(_("crédit"), default=0)

    is_append_only = True

    class Meta:
        ordering = ["entry", "position"]
        indexes = [
            models.Index(fields=["account", "dated_on"]),
            models.Index(fields=["cooperative", "analytic_code", "dated_on"]),
            models.Index(fields=["auxiliary", "account"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="line_place_once"),
            models.CheckConstraint(
                condition=Q(debit_cents__gt=0, credit_cents=0) | Q(debit_cents=0, credit_cents__gt=0),
                name="line_has_one_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.debit_cents} {self.credit_cents}"


class Balance(CooperativeOwned):
    """What the lines of one account, activity and month add up to; written with them, in the same transaction."""

    fiscal_year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="balances")
    month_on = models.DateField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="balances")
    analytic_code = models.CharField(max_length=20, blank=True)
    debit_cents = models.BigIntegerField(default=0)
    credit_cents = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["fiscal_year", "month_on", "account", "analytic_code"]
        indexes = [models.Index(fields=["cooperative", "analytic_code", "month_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "month_on", "account", "analytic_code"], name="one_balance_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.analytic_code} {self.month_on}"


class Matching(CooperativeOwned):
    """Lines of one account that settle each other (lettrage): their debits equal their credits.

    `code` is the letters of the FEC. An undone matching keeps its row and its letters, which are never given again.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="matchings")
    code = models.CharField(_("lettres"), max_length=6)
    matched_on = models.DateField(_("lettré le"))
    matched_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["account", "code"]
        constraints = [models.UniqueConstraint(fields=["account", "code"], name="letters_once")]

    def __str__(self) -> str:
        return self.code


class MatchedLine(CooperativeOwned):
    """A line in a matching; it stands in one present matching at most."""

    matching = models.ForeignKey(Matching, on_delete=models.PROTECT, related_name="matched_lines")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="matched")
    is_present = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(is_present=True), name="matched_once"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} ∈ {self.matching_id}"
