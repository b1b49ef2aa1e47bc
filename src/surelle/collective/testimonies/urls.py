"""Addresses of collections and testimonies, for members."""

from django.urls import URLPattern

app_name = "testimonies"
urlpatterns: list[URLPattern] = []
