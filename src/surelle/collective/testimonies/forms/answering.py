"""What somebody writes and agrees to by their link."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import CHANNEL_NAMES, GuideQuestion, Testimony
from ..rules.states import Channel

FIELD = "reponse-"


class AnswersForm(forms.Form):
    """One field a question, named by its key; nothing is required: one answers what one wants."""

    def __init__(self, *args: Any, questions: Sequence[tuple[str, str, str]], saved: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for key, text, help_text in questions:
            self.fields[FIELD + key] = forms.CharField(
                label=text,
                help_text=help_text,
                required=False,
                strip=False,
                initial=saved.get(key, ""),
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 5, "class": "control"}),
            )

    def answers(self) -> dict[str, str]:
        """Return the words by question key, of the fields that were sent."""
        return {name.removeprefix(FIELD): words for name, words in self.cleaned_data.items() if name in self.data}


class AgreementForm(forms.Form):
    """The consents, each apart and none ticked beforehand."""

    channels = forms.MultipleChoiceField(
        label=_("Je suis d’accord pour que mes paroles soient utilisées ainsi"),
        choices=[(c.value, CHANNEL_NAMES[c]) for c in Channel if c is not Channel.IMAGE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    anonymous = forms.BooleanField(label=_("Je préfère rester anonyme"), required=False)
    tenure = forms.ChoiceField(
        label=_("Depuis combien de temps êtes-vous dans la coopérative ?"),
        choices=Testimony.Tenure.choices,
        required=False,
    )

    def clean_channels(self) -> list[Channel]:
        return [Channel(value) for value in self.cleaned_data["channels"]]


def questions_of(guide_questions: Sequence[GuideQuestion], free_key: str) -> list[tuple[str, str, str]]:
    """Return (key, question, help) of a guide, and one open question at the end."""
    asked = [(str(question.key), question.text, question.help) for question in guide_questions]
    last = _("Autre chose à dire ?") if asked else _("Ce que vous avez à dire")
    return [*asked, (free_key, str(last), "")]
