"""Invented people and figures for the style guide."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import charts


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Titre du chantier"), max_length=80)
    email = forms.EmailField(label=_("Courriel"), help_text=_("Pour prévenir la personne, jamais pour autre chose."))
    began_on = forms.DateField(label=_("Depuis le"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    group = forms.ChoiceField(
        label=_("Groupe"),
        required=False,
        choices=[("", _("Tous les groupes")), ("lyon", "Groupe local Lyon"), ("web", "Collectif web")],
    )
    audience = forms.ChoiceField(
        label=_("Qui peut lire ?"),
        widget=forms.RadioSelect,
        choices=[
            ("inside", _("La coopérative")),
            ("partners", _("Les coopératives partenaires")),
            ("public", _("Tout le monde")),
        ],
    )
    purpose = forms.CharField(label=_("Raison d’être"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    agrees = forms.BooleanField(
        label=_("J’accepte que mes mots soient lus par les membres"), help_text=_("Vous pourrez changer d’avis.")
    )


GROUPS = ["Groupe local Lyon", "Collectif web", "Équipe d’appui", "Annecy"]
THEMES = [
    _("Solidarité"),
    _("Liberté d’organiser son temps"),
    _("Peur de l’isolement"),
    _("Salaire et sécurité"),
]
COUNTS = [[9, 4, 2, 0], [6, 7, 0, 3], [1, 5, 3, 2], [3, 0, 8, 4]]


def themes_chart() -> charts.Chart:
    rows = [
        {"theme": theme, "voices": sum(counts), "url": "#themes"} for theme, counts in zip(THEMES, COUNTS, strict=True)
    ]
    columns = {"theme": _("Thème"), "voices": _("Voix")}
    return charts.bars(rows, label="theme", value="voices", title=_("Ce que disent les voix"), columns=columns)


def grid_chart() -> charts.Chart:
    rows = [
        {"theme": theme, "group": group, "voices": count}
        for theme, counts in zip(THEMES, COUNTS, strict=True)
        for group, count in zip(GROUPS, counts, strict=True)
    ]
    columns = {"theme": _("Thème"), "group": _("Groupe"), "voices": _("Voix")}
    return charts.heatmap(rows, x="group", y="theme", value="voices", title=_("Qui le dit"), columns=columns)


def tones_chart() -> charts.Chart:
    rows = [
        {"theme": theme, "tone": tone, "excerpts": count}
        for theme, counts in zip(THEMES, COUNTS, strict=True)
        for tone, count in zip((-2, -1, 1, 2), counts, strict=True)
    ]
    columns = {"theme": _("Thème"), "tone": _("Ton"), "excerpts": _("Extraits")}
    return charts.stacked(
        rows, label="theme", value="excerpts", colour_by="tone", title=_("Sur quel ton"), columns=columns
    )


def everything(request: HttpRequest) -> dict[str, Any]:
    """Return what the style guide shows."""
    members = [
        {"name": "Anne-Laure Martin", "trade": "Paysagiste", "voices": 3, "status": _("Associée")},
        {"name": "Bilal Haddad", "trade": "Développement web", "voices": 12, "status": _("En CESA")},
        {
            "name": "Camille Le Goff",
            "trade": "Formation à l’égalité professionnelle",
            "voices": 0,
            "status": _("En CAPE"),
        },
    ]
    page = Paginator(range(1, 241), 20).get_page(request.GET.get("page", 4))
    return {
        "sample_form": SampleForm(),
        "wrong_form": SampleForm({"name": "", "email": "camille@", "audience": "inside", "agrees": "on"}),
        "sample_members": members,
        "sample_page": page,
        "sample_sort": request.GET.get("sort", "name"),
        "sample_rows": [
            {"label": theme, "value": sum(counts), "href": "#bars"}
            for theme, counts in zip(THEMES, COUNTS, strict=True)
        ],
        "sample_steps": [
            {"title": _("Déposer la source"), "state": "done", "url": "#steps"},
            {"title": _("Relire"), "state": "current"},
            {"title": _("Enregistrer"), "state": "todo"},
        ],
        "sample_charts": [themes_chart(), tones_chart(), grid_chart()],
        "sample_tones": [-2, -1, 0, 1, 2],
        "sample_surfaces": ["paper", "surface", "raised", "sunken", "accent"],
        "sample_leaves": ["activity", "serenity", "collective"],
        "sample_tints": ["info", "success", "warn", "danger"],
    }
