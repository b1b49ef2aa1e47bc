"""What people type to search."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Chercher"), required=False, max_length=200, strip=True)
    kind = forms.SlugField(required=False)
    page = forms.IntegerField(required=False, min_value=1)

    def asked(self) -> tuple[str, str, int]:
        """Return the words, the kind and the page asked for; what cannot be understood counts as nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return asked.get("q", ""), asked.get("kind", ""), asked.get("page") or 1
