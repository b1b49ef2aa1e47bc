"""What is asked about people, and read; nothing is stored here."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surelle.commons.cooperatives.models import Branch

from .models import LANGUAGES, ROLE_NAMES, STATUS_NAMES, Membership, Person
from .queries import DirectoryFilters
from .rules import Role, Status

FIRST_STATUSES = [(status.value, STATUS_NAMES[status]) for status in Status if status != Status.LEFT]


class DirectoryFilterForm(forms.Form):
    """The filters of the directory; what is not understood does not filter."""

    q = forms.CharField(label=_("Chercher"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    branch = forms.TypedChoiceField(label=_("Établissement"), required=False, coerce=int, empty_value=None)
    status = forms.ChoiceField(label=_("Statut"), required=False)
    role = forms.ChoiceField(label=_("Rôle"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, branches: list[Branch], sees_left: bool) -> None:
        super().__init__(data)
        everything = [("", _("Tous"))]
        self.fields["branch"].choices = everything + [(branch.pk, branch.name) for branch in branches]  # type: ignore[attr-defined]
        self.fields["status"].choices = everything + [  # type: ignore[attr-defined]
            (status.value, STATUS_NAMES[status]) for status in Status if sees_left or status != Status.LEFT
        ]
        self.fields["role"].choices = everything + [(role.value, ROLE_NAMES[role]) for role in Role]  # type: ignore[attr-defined]

    def filters(self) -> DirectoryFilters:
        self.is_valid()
        cleaned = self.cleaned_data
        return DirectoryFilters(
            words=cleaned.get("q", ""),
            branch=cleaned.get("branch"),
            status=cleaned.get("status", ""),
            role=cleaned.get("role", ""),
            sort=cleaned.get("sort") or "name",
        )


class InvitationForm(forms.Form):
    """Whom to ask in. Only roles that the inviter may give are offered."""

    first_name = forms.CharField(label=_("Prénom"), max_length=80)
    last_name = forms.CharField(label=pgettext_lazy("de famille", "Nom"), max_length=80, required=False)
    email = forms.EmailField(label=_("Courriel"), help_text=_("L’invitation part à cette adresse."))
    status = forms.ChoiceField(label=_("Statut à l’arrivée"), choices=FIRST_STATUSES)
    roles = forms.MultipleChoiceField(
        label=_("Rôles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ce que cette personne pourra faire. Vous pourrez le changer plus tard."),
    )
    language = forms.ChoiceField(label=_("Langue du courriel"), choices=LANGUAGES)

    def __init__(self, data: Any = None, *, grantable: frozenset[Role], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.value, ROLE_NAMES[role]) for role in Role if role in grantable
        ]

    def clean_status(self) -> Status:
        return Status(self.cleaned_data["status"])

    def clean_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]


class MembershipForm(forms.Form):
    """The facts of a member that managers keep."""

    number = forms.IntegerField(label=_("Numéro"), min_value=1, max_value=2**31 - 1, required=False)
    branch = forms.ModelChoiceField(
        label=_("Établissement"), queryset=Branch.objects.none(), required=False, empty_label=_("Aucun")
    )
    trade = forms.CharField(label=_("Activité"), max_length=160, required=False)

    def __init__(self, data: Any = None, *, of: Membership) -> None:
        super().__init__(data, initial={"number": of.number, "branch": of.branch_id, "trade": of.trade})
        self.fields["branch"].queryset = Branch.objects.filter(cooperative=of.cooperative_id)  # type: ignore[attr-defined]


class StatusForm(forms.Form):
    """The next status and the day on which it begins."""

    status = forms.ChoiceField(label=_("Nouveau statut"), widget=forms.RadioSelect)
    starts_on = forms.DateField(
        label=_("À partir du"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Le statut actuel s’arrête la veille."),
    )

    def __init__(self, data: Any = None, *, offered: list[Status]) -> None:
        super().__init__(data, initial={"starts_on": timezone.localdate()})
        self.fields["status"].choices = [(status.value, STATUS_NAMES[status]) for status in offered]  # type: ignore[attr-defined]

    def clean_status(self) -> Status:
        return Status(self.cleaned_data["status"])


class OwnNames(forms.Form):
    """The names that one writes of oneself; the browser may fill them."""

    first_name = forms.CharField(
        label=_("Prénom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=pgettext_lazy("de famille", "Nom"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )


class ProfileForm(OwnNames):
    """One's own names and language, and one's trade in each cooperative."""

    language = forms.ChoiceField(
        label=_("Langue"), choices=LANGUAGES, help_text=_("Celle des pages et des courriels que vous recevez.")
    )

    def __init__(self, data: Any = None, *, person: Person, memberships: list[Membership]) -> None:
        super().__init__(
            data,
            initial={
                "first_name": person.first_name,
                "last_name": person.last_name,
                "language": person.language,
                **{f"trade_{membership.pk}": membership.trade for membership in memberships},
            },
        )
        self.memberships = memberships
        for membership in memberships:
            label: Any = _("Votre activité")
            if len(memberships) > 1:
                label = _("Votre activité à %(cooperative)s") % {"cooperative": membership.cooperative.name}
            self.fields[f"trade_{membership.pk}"] = forms.CharField(
                label=label, max_length=160, required=False, help_text=_("En quelques mots, pour l’annuaire.")
            )

    def trades(self) -> dict[int, str]:
        """Return the trade written for each membership, by its id."""
        return {membership.pk: self.cleaned_data[f"trade_{membership.pk}"] for membership in self.memberships}


class ArrivalForm(OwnNames):
    """What somebody invited gives of themselves: names and a password."""

    password = forms.CharField(
        label=_("Mot de passe"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("Au moins 12 signes. Quelques mots qui n’ont rien à voir entre eux font un bon mot de passe."),
    )

    def __init__(self, data: Any = None, *, email: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            names = {name: cleaned.get(name, "") for name in ("first_name", "last_name")}
            try:
                validate_password(password, Person(email=self.email, **names))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
