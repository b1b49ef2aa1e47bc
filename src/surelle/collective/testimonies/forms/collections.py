"""What is typed to make a collection, its guide, and who is expected in it."""

from typing import Any
from uuid import UUID

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from surelle.collective.groups.models import Group
from surelle.commons.members.models import Membership

from ..models import Collection, Testimony
from ..rules.states import State


class CollectionForm(forms.Form):
    title = forms.CharField(label=_("Titre"), max_length=160)
    purpose = forms.CharField(
        label=_("À quoi servira ce chantier ?"),
        help_text=_("Ces mots accueillent les personnes que vous inviterez à parler."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    group = forms.ModelChoiceField(label=_("Groupe qui rassemble les voix"), queryset=Group.objects.none())
    visibility = forms.ChoiceField(
        label=_("Qui peut voir ce chantier ?"),
        help_text=_("Une parole n’y est lisible qu’avec l’accord de la personne."),
        choices=Collection.Visibility.choices,
        initial=Collection.Visibility.COOPERATIVE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, groups: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if groups is None:
            del self.fields["group"]
        else:
            self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class GuideForm(forms.Form):
    introduction = forms.CharField(
        label=_("Mot d’accueil"),
        help_text=_("Ce que la personne lit avant la première question."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    note = forms.CharField(label=_("Ce qui change dans cette version"), max_length=200, required=False)


class QuestionForm(forms.Form):
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Question"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    help = forms.CharField(label=_("Pour aider à répondre"), required=False)

    def clean_key(self) -> UUID | None:
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return None


QuestionFormSet: type[BaseFormSet[QuestionForm]] = formset_factory(QuestionForm, extra=2, can_order=True, max_num=60)


class ConsentTextForm(forms.Form):
    body = forms.CharField(label=_("Texte en français"), widget=forms.Textarea(attrs={"rows": 14}))
    body_en = forms.CharField(label=_("Texte en anglais"), widget=forms.Textarea(attrs={"rows": 14}), required=False)


class ExpectedVoiceForm(forms.Form):
    author = forms.ModelChoiceField(
        label=_("Un membre de la coopérative"), queryset=Membership.objects.none(), required=False
    )
    name = forms.CharField(label=_("Ou une autre personne"), max_length=160, required=False)
    group = forms.ModelChoiceField(label=_("Groupe"), queryset=Group.objects.none(), required=False)

    def __init__(self, *args: Any, members: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"].queryset = members  # type: ignore[attr-defined]
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("Courriel"))


class VoiceFilters(forms.Form):
    """The filters of the list of voices, read from the address."""

    q = forms.CharField(label=_("Chercher dans les paroles"), required=False)
    groupe = forms.ChoiceField(label=_("Groupe"), required=False)
    sorte = forms.ChoiceField(label=_("Sorte"), required=False, choices=[("", _("Toutes")), *Testimony.Kind.choices])
    etat = forms.ChoiceField(label=_("État"), required=False)
    anciennete = forms.ChoiceField(
        label=_("Ancienneté"),
        required=False,
        choices=[("", _("Toutes")), *[choice for choice in Testimony.Tenure.choices if choice[0]]],
    )

    def __init__(self, *args: Any, group_names: list[str], is_team: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groupe"].choices = [("", _("Tous")), *[(name, name) for name in group_names]]  # type: ignore[attr-defined]
        states = [c for c in Testimony._meta.get_field("state").choices or () if c[0] != State.WITHDRAWN]
        self.fields["etat"].choices = [("", _("Tous")), *states]  # type: ignore[attr-defined]
        if not is_team:
            del self.fields["etat"]
