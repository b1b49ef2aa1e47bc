"""What a theme says of itself, and what is done with themes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Theme
from .marking import KeysField


def theme_options(choices: Sequence[tuple[int, str]], none: Any) -> list[tuple[str, Any]]:
    """Return options of a choice among themes, the first of which is none of them."""
    return [("", none), *((str(key), path) for key, path in choices)]


class ThemeForm(forms.ModelForm[Theme]):
    """A theme: name, definition, example, colour, and the theme above."""

    above = forms.ChoiceField(label=_("Rangé sous"), required=False)
    hue = forms.TypedChoiceField(
        label=_("Couleur"), choices=[(n, n) for n in range(10)], coerce=int, empty_value=None, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip

    class Meta:
        model = Theme
        fields = ["name", "definition", "example"]
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "example": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"name": _("Nom"), "definition": _("Définition"), "example": _("Exemple")}
        help_texts = {
            "definition": _("Quand ce thème convient, et quand il ne convient pas : pour marquer tous pareil."),
            "example": _("Une phrase qui le montre bien."),
        }

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["above"].choices = theme_options(choices, _("Aucun : tout en haut"))  # type: ignore[attr-defined]

    def parent_key(self) -> int | None:
        """Return the key of the theme above, once the form is valid."""
        return int(self.cleaned_data["above"]) if self.cleaned_data["above"] else None

    def validate_unique(self) -> None:
        """Leave a name that is taken to the action, which says it in its own words."""


class MergeForm(forms.Form):
    """Into which theme another one goes."""

    into = forms.ChoiceField(label=_("Fusionner dans"))

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["into"].choices = theme_options(choices, _("Choisir un thème"))  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """Which excerpts go to a new theme."""

    name = forms.CharField(label=_("Nom du nouveau thème"), max_length=120)
    definition = forms.CharField(
        label=_("Définition"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000
    )
    excerpts = KeysField(required=False)


class MoveForm(forms.Form):
    """Up or down among its siblings."""

    direction = forms.ChoiceField(choices=[("up", ""), ("down", "")])
