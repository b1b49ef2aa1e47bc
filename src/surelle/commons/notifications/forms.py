"""The choice of a rhythm."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Rhythm


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("M’envoyer les nouvelles par courriel"), choices=Rhythm.choices, widget=forms.RadioSelect
    )
