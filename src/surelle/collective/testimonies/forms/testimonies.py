"""What is typed about one testimony: its facts, its words, its consents."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surelle.collective.groups.models import Group
from surelle.commons.members.models import Membership

from ..models import CHANNEL_NAMES, Consent, Testimony
from ..rules.states import Audience, Channel
from .reviewing import DATE


class TestimonyForm(forms.Form):
    __test__ = False

    author_kind = forms.ChoiceField(
        label=_("Qui parle ?"), choices=Testimony.AuthorKind.choices, widget=forms.RadioSelect
    )
    author = forms.ModelChoiceField(label=_("Membre"), queryset=Membership.objects.none(), required=False)
    author_name = forms.CharField(label=_("Nom, si ce n’est pas un membre"), max_length=160, required=False)
    group = forms.ModelChoiceField(label=_("Groupe"), queryset=Group.objects.none(), required=False)
    group_name = forms.CharField(label=_("Groupe, s’il n’est pas dans la liste"), max_length=160, required=False)
    tenure = forms.ChoiceField(label=_("Ancienneté à ce moment-là"), choices=Testimony.Tenure.choices, required=False)
    kind = forms.ChoiceField(label=_("Sorte"), choices=Testimony.Kind.choices)
    said = forms.CharField(
        label=_("Date"),
        help_text=_("Aussi précise que vous la connaissez : 2021, 2021-09 ou 2021-09-14."),
        required=False,
    )
    context = forms.CharField(label=_("Contexte"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    addressee = forms.CharField(label=_("Adressé à"), max_length=160, required=False)
    mentions = forms.CharField(
        label=_("Personnes nommées dans ces paroles"),
        help_text=_("Un nom par ligne. Pensez à leur demander si elles sont d’accord, elles aussi."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, members: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"].queryset = members  # type: ignore[attr-defined]
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]

    def clean_said(self) -> tuple[date | None, str]:
        written = self.cleaned_data["said"].strip()
        if not written:
            return None, ""
        if not DATE.match(written):
            raise ValidationError(_("Écrivez la date ainsi : 2021, 2021-09 ou 2021-09-14."))
        numbers = [int(part) for part in written.split("-")]
        try:
            day = date(*[*numbers, 1, 1][:3])
        except ValueError:
            raise ValidationError(_("Ce jour n’existe pas.")) from None
        return day, {1: "year", 2: "month", 3: "day"}[len(numbers)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("author_kind") == "member" and not given.get("author"):
            self.add_error("author", _("Choisissez le membre, ou dites que c’est une autre personne."))
        return given

    def facts(self) -> dict[str, Any]:
        """Return the fields as actions.edit_testimony takes them."""
        given = dict(self.cleaned_data)
        given["said_on"], given["said_precision"] = given.pop("said")
        given["mentions"] = given["mentions"].splitlines()
        return given


class WordsForm(forms.Form):
    text = forms.CharField(label=_("Paroles"), widget=forms.Textarea(attrs={"rows": 16}), required=False)


class ConsentForm(forms.Form):
    channels = forms.MultipleChoiceField(
        label=_("La personne est d’accord pour"),
        choices=[(channel.value, CHANNEL_NAMES[channel]) for channel in Channel],
        widget=forms.CheckboxSelectMultiple,
    )
    proof = forms.ChoiceField(
        label=_("Preuve de l’accord"),
        choices=[choice for choice in Consent.Proof.choices if choice[0] != Consent.Proof.FORM],
        widget=forms.RadioSelect,
    )
    proof_note = forms.CharField(
        label=_("Où est la preuve ?"),
        help_text=_("Par exemple : courriel du 12 mars ; papier dans le classeur du groupe."),
        max_length=200,
        required=False,
    )
    proof_file = forms.FileField(label=_("Copie de la preuve"), required=False)
    given_on = forms.DateField(label=_("Donné le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    expires_on = forms.DateField(
        label=_("Valable jusqu’au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = timezone.localdate

    def clean_given_on(self) -> date:
        given_on: date = self.cleaned_data["given_on"]
        if given_on > timezone.localdate():
            raise ValidationError(_("Un accord ne peut pas être donné dans l’avenir."))
        return given_on

    def clean_channels(self) -> list[Channel]:
        return [Channel(value) for value in self.cleaned_data["channels"]]


class PublishForm(forms.Form):
    audience = forms.ChoiceField(choices=[(a.value, a.value) for a in Audience])

    def clean_audience(self) -> Audience:
        return Audience(self.cleaned_data["audience"])


class ChannelForm(forms.Form):
    channel = forms.ChoiceField(choices=[(c.value, c.value) for c in Channel])

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])


class MediaForm(forms.Form):
    file = forms.FileField(label=_("Le fichier"))
