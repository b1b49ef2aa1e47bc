"""What one asks of the trail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .queries import TrailFilters


class TrailFilterForm(forms.Form):
    """The filters of the trail; what is not understood does not filter."""

    who = forms.TypedChoiceField(label=_("Qui"), required=False, coerce=int, empty_value=None)
    verb = forms.ChoiceField(label=_("Quoi"), required=False)
    kind = forms.ChoiceField(label=_("Sur"), required=False)
    object_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(label=_("Nom"), required=False)
    from_on = forms.DateField(label=_("Du"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label=_("Au"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, choices: dict[str, list[tuple[Any, str]]]) -> None:
        super().__init__(data)
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("Tous")), *offered]  # type: ignore[attr-defined]

    def filters(self) -> TrailFilters:
        self.is_valid()
        return TrailFilters(**{name: value for name, value in self.cleaned_data.items() if value})
