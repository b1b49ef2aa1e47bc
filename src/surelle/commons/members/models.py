"""Persons, their memberships of cooperatives, statuses, roles and invitations."""

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surelle.commons.cooperatives.models import Branch, CooperativeOwned

from .rules import Capability, InvitationState, Role, Status, capabilities_of, invitation_state

LANGUAGES = [("fr", "Français"), ("en", "English")]

ROLE_NAMES = {
    Role.ENTREPRENEUR: _("Entrepreneur·e"),
    Role.ADVISOR: _("Accompagnateur·rice"),
    Role.ACCOUNTANT: _("Comptable"),
    Role.COORDINATOR: _("Animateur·rice de groupes"),
    Role.DIRECTOR: _("Direction"),
    Role.ADMINISTRATOR: _("Administration de Surelle"),
}
STATUS_NAMES = {
    Status.CANDIDATE: _("Porteur·se de projet"),
    Status.CAPE: _("En CAPE"),
    Status.CESA: _("En CESA"),
    Status.ASSOCIATE: _("Associé·e"),
    Status.STAFF: _("Équipe d'appui"),
    Status.EXTERNAL: _("Associé·e extérieur·e"),
    Status.LEFT: _("Parti·e"),
}

CAPABILITY_NAMES = {
    Capability.INVITE: _("inviter des personnes"),
    Capability.MANAGE_MEMBERS: _("changer les statuts, les rôles et les fiches des membres"),
    Capability.READ_AUDIT: _("lire le journal de ce qui a été fait"),
    Capability.MANAGE_GROUPS: _("créer et clore des groupes, nommer qui les anime"),
    Capability.COORDINATE: _("ouvrir un chantier dans un de ses groupes"),
    Capability.SUPPORT: _("accompagner des entrepreneur·es"),
    Capability.KEEP_BOOKS: _("tenir les comptes"),
    Capability.RUN_ACTIVITY: _("mener une activité"),
    Capability.DIRECT: _("voir la coopérative dans son ensemble"),
}


class People(BaseUserManager["Person"]):
    """Persons are found by mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. Rights are never here: they hang on a membership."""

    email = models.EmailField(_("courriel"), unique=True)
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    language = models.CharField(_("langue"), max_length=2, default="fr", choices=LANGUAGES)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    owned_rows_sql = "(SELECT surelle_sees_all()) OR id = surelle_person()"
    open_rows_sql = "EXISTS (SELECT 1 FROM members_membership m WHERE m.person_id = members_person.id)"

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = People()

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="email_once_whatever_its_case")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or str(_("Compte fermé"))


class Membership(CooperativeOwned):
    """A person in a cooperative: "the member" of every access rule."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    number = models.PositiveIntegerField(_("numéro"), null=True, blank=True)
    branch = models.ForeignKey(Branch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    trade = models.CharField(_("activité"), max_length=160, blank=True)
    joined_on = models.DateField(_("arrivée"))
    left_on = models.DateField(_("départ"), null=True, blank=True)

    open_rows_sql = "person_id = surelle_person()"

    class Meta:
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "person"], name="one_membership_each"),
            models.UniqueConstraint(fields=["cooperative", "number"], name="member_number_once"),
        ]

    def __str__(self) -> str:
        return self.person.full_name

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(grant.role) for grant in self.role_grants.all())

    @cached_property
    def capabilities(self) -> frozenset[Capability]:
        return capabilities_of(self.roles)

    def may(self, capability: Capability) -> bool:
        """Say whether one of this member's roles gives `capability`."""
        return self.left_on is None and capability in self.capabilities


class StatusPeriod(CooperativeOwned):
    """One stretch of a membership's timeline; the last one has no end."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(_("statut"), max_length=12, choices=[(s.value, STATUS_NAMES[s]) for s in Status])
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership"], condition=Q(ends_on=None), name="one_present_status"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="status_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.starts_on})"


class RoleGrant(CooperativeOwned):
    """A role given to a member."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("rôle"), max_length=16, choices=[(r.value, ROLE_NAMES[r]) for r in Role])
    granted_on = models.DateField(_("depuis le"))

    class Meta:
        ordering = ["role"]
        constraints = [models.UniqueConstraint(fields=["membership", "role"], name="role_once")]

    def __str__(self) -> str:
        return str(self.get_role_display())


class Invitation(CooperativeOwned):
    """Somebody asked in by mail; the link holds a secret whose hash is kept here."""

    email = models.EmailField(_("courriel"))
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    status = models.CharField(_("statut"), max_length=12, choices=[(s.value, STATUS_NAMES[s]) for s in Status])
    roles = models.JSONField(default=list)
    language = models.CharField(_("langue"), max_length=2, default="fr", choices=LANGUAGES)
    invited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.email

    @property
    def state(self) -> InvitationState:
        return invitation_state(
            expires_at=self.expires_at,
            accepted_at=self.accepted_at,
            revoked_at=self.revoked_at,
            now=timezone.now(),
        )
