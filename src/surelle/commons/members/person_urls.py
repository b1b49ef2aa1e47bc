"""Addresses of a person's own account, and of invitations."""

from django.urls import URLPattern

app_name = "person"
urlpatterns: list[URLPattern] = []
