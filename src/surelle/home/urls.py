"""Addresses of the first pages of a cooperative."""

from django.urls import path

from . import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("feuille/<slug:brick>/", views.brick, name="brick"),
]
