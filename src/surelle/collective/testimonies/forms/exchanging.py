"""The file of an analysis made elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..gateways.limits import PROJECT_BYTES


class ProjectForm(forms.Form):
    """One file of another program."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("Projet REFI-QDA (.qdpx), liste de thèmes (.qdc) ou projet Taguette (.sqlite3)."),
        widget=forms.FileInput(attrs={"accept": ".qdpx,.qdc,.sqlite3,.db"}),
    )

    def clean_file(self) -> tuple[str, bytes]:
        """Return the name and the bytes."""
        upload = self.cleaned_data["file"]
        if upload.size > PROJECT_BYTES:
            raise forms.ValidationError(_("Ce fichier est trop lourd."))
        return upload.name, upload.read()
