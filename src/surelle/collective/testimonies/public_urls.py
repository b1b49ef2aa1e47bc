"""Addresses that need no sign-in: answering a guide by link, and published voices."""

from django.urls import URLPattern

app_name = "voices"
urlpatterns: list[URLPattern] = []
