"""What people type about groups."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from surelle.commons.members.models import Membership

from .models import GroupKind
from .queries import GroupFilters


class GroupFilterForm(forms.Form):
    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Sorte"), required=False, choices=[("", _("Toutes")), *GroupKind.choices])
    mine = forms.BooleanField(label=_("Mes groupes"), required=False)
    closed = forms.BooleanField(label=_("Groupes clos"), required=False)

    def filters(self) -> GroupFilters:
        """Return what was asked for; what cannot be understood is left out."""
        self.is_valid()
        asked: dict[str, Any] = self.cleaned_data
        return GroupFilters(
            words=asked.get("q", "").strip(),
            kind=asked.get("kind", ""),
            is_mine=asked.get("mine", False),
            is_closed=asked.get("closed", False),
        )


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Nom du groupe"), max_length=120)
    kind = forms.ChoiceField(label=_("Quelle sorte de groupe"), choices=GroupKind.choices, widget=forms.RadioSelect)
    purpose = forms.CharField(
        label=_("À quoi sert ce groupe"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Deux ou trois phrases, pour que quelqu’un qui arrive sache si ce groupe est pour lui."),
    )
    is_open = forms.BooleanField(
        label=_("Chacun peut s’y joindre"),
        required=False,
        help_text=_("Sinon, ce sont les personnes qui l’animent qui font entrer les autres."),
    )


class NewGroupForm(GroupForm):
    coordinator = forms.ModelChoiceField(
        label=_("Qui l’anime"), queryset=Membership.objects.none(), empty_label=None, required=True
    )

    def __init__(self, *args: Any, members: QuerySet[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["coordinator"].queryset = members  # type: ignore[attr-defined]


class NewcomerForm(forms.Form):
    newcomer = forms.ModelChoiceField(
        label=_("Faire entrer"), queryset=Membership.objects.none(), empty_label=_("Choisissez un membre")
    )

    def __init__(self, *args: Any, members: QuerySet[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["newcomer"].queryset = members  # type: ignore[attr-defined]
