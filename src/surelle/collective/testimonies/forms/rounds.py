"""Who marks what, blindly; and what is kept of a disagreement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.rounds import Settlement
from ..queries.rounds import RoundChoices
from .marking import KeysField


class RoundForm(forms.Form):
    """A new blind coding."""

    name = forms.CharField(
        label=_("Nom"), max_length=120, help_text=_("Pour le reconnaître : « Première lecture à deux », par exemple.")
    )
    coders = forms.MultipleChoiceField(
        label=_("Qui marque"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Deux personnes au moins. Aucune ne verra les marques des autres avant la fin."),
    )
    testimonies = forms.MultipleChoiceField(
        label=_("Quels témoignages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Une dizaine de voix variées suffit souvent pour voir si l'on comprend les thèmes pareil."),
    )

    def __init__(self, *args: Any, choices: RoundChoices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.choices = choices
        coders: Any = self.fields["coders"]
        coders.choices = [(str(member.pk), member.person.full_name) for member in choices.coders]
        testimonies: Any = self.fields["testimonies"]
        testimonies.choices = [(str(t.pk), str(t)) for t in choices.testimonies]


class SettleForm(forms.Form):
    """What the team keeps of a disagreement."""

    theme = forms.IntegerField()
    marks = KeysField()
    choice = forms.ChoiceField(choices=[(s.value, s.value) for s in Settlement])
