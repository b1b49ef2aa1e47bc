"""Addresses of what a member is told."""

from django.urls import URLPattern

app_name = "notifications"
urlpatterns: list[URLPattern] = []
