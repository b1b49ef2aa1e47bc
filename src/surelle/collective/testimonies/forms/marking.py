"""What a hand says when it marks: which words, which themes, tone, memo."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TONES = [("", _("Sans ton")), ("-2", "−2"), ("-1", "−1"), ("0", "0"), ("1", "+1"), ("2", "+2")]


class ToneField(forms.TypedChoiceField):
    """A tone from −2 to 2, or None."""

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=TONES, coerce=int, empty_value=None, required=False, **more)


class KeysField(forms.Field):
    """Keys of rows, from fields of the same name; what is no number is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        return [int(key) for key in value or [] if str(key).isdigit() and len(str(key)) < 18]


class MarkForm(forms.Form):
    """Words by code points of elements and UTF-16 units in them (browser), or by numbers of sentences (no script)."""

    start = forms.IntegerField(required=False, min_value=0)
    start_units = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    end = forms.IntegerField(required=False, min_value=0)
    end_units = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    first = forms.IntegerField(required=False, min_value=1)
    last = forms.IntegerField(required=False, min_value=1)
    page = forms.IntegerField(required=False, min_value=0)
    themes = KeysField(required=False)
    new_theme = forms.CharField(required=False, max_length=200)
    tone = ToneField()
    memo = forms.CharField(required=False, max_length=10_000)


class ChangeMarkForm(forms.Form):
    """What changes of a mark: only the fields that are sent."""

    themes = KeysField(required=False)
    new_theme = forms.CharField(required=False, max_length=200)
    tone = ToneField()
    memo = forms.CharField(required=False, max_length=10_000)
    pin = forms.CharField(required=False)


class BlockForm(forms.Form):
    """The bounds of the paragraphs that the page wants back."""

    block_start = forms.IntegerField(required=False, min_value=0)
    block_end = forms.IntegerField(required=False, min_value=0)
