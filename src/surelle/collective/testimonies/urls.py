"""Addresses of collections and testimonies, for members."""

from django.urls import URLPattern, path

from .views import marking

app_name = "testimonies"

MARKING: list[URLPattern] = [
    path("paroles/<int:pk>/marquer/", marking.marking_page, name="marking"),
    path("paroles/<int:pk>/marques/", marking.mark, name="mark"),
    path("paroles/<int:pk>/annuler/", marking.undo, name="undo_marking"),
    path("paroles/<int:pk>/refaire/", marking.redo, name="redo_marking"),
    path("paroles/<int:pk>/ressemblances/", marking.suggest_themes, name="suggest_themes"),
    path("marques/<int:pk>/", marking.change_mark, name="change_mark"),
    path("marques/<int:pk>/retirer/", marking.remove_mark, name="remove_mark"),
]

urlpatterns: list[URLPattern] = [*MARKING]
