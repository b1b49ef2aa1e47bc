"""What is given to import a page: a file, or pasted text."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..gateways import FORMATS

FORMAT_NAMES = {
    "yeswiki": _("YesWiki : texte de la page"),
    "yeswiki-json": _("YesWiki : page en JSON (api/pages)"),
    "yeswiki-html": _("YesWiki : page enregistrée"),
    "slides": _("YesWiki : texte d’un diaporama"),
    "markdown": "Markdown",
    "text": _("Texte simple"),
    "html": _("Page web (HTML)"),
    "docx": "Word (DOCX)",
    "odt": "LibreOffice Writer (ODT)",
    "csv": _("Tableau de réponses (CSV)"),
    "xlsx": _("Tableau de réponses (XLSX)"),
    "ods": _("Tableau de réponses (ODS)"),
    "srt": _("Sous-titres (SRT)"),
    "vtt": _("Sous-titres (VTT)"),
}


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Un fichier"),
        help_text=_("Page de wiki, document, tableau de réponses, sous-titres… Déposez-le ici."),
        allow_empty_file=True,  # the gateway says it better
        required=False,
    )
    pasted = forms.CharField(
        label=_("Ou un texte collé"),
        help_text=_("Le texte de la page, son code, ou le JSON de l’adresse « api/pages » du wiki."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        required=False,
        strip=False,
    )
    name = forms.CharField(
        label=_("Nom de la page collée"),
        help_text=_("Le même nom la prochaine fois : Surelle montrera ce qui a changé."),
        max_length=200,
        required=False,
    )
    format = forms.ChoiceField(label=_("Format"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, FORMAT_NAMES.get(name, name)) for name in FORMATS]
        self.fields["format"].choices = [("", _("Le reconnaître tout seul")), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("file") and not (given.get("pasted") or "").strip():
            raise ValidationError(_("Choisissez un fichier, ou collez un texte."))
        return given

    def page(self) -> tuple[str, bytes]:
        """Return the name and the bytes of what was given; a file counts before a pasted text."""
        if file := self.cleaned_data.get("file"):
            return file.name, file.read()
        words: str = self.cleaned_data["pasted"]
        name = self.cleaned_data["name"].strip() or str(_("Texte collé"))
        return name, words.encode("utf-8", "surrogatepass")
