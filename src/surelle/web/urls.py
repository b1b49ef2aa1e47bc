"""The style guide, and the reader's choice of light or dark."""

from django.urls import path

from . import views

app_name = "web"
urlpatterns = [
    path("", views.styleguide, name="styleguide"),
    path("clarte/", views.choose_theme, name="theme"),
]
