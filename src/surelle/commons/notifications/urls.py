"""Addresses of what a member is told."""

from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.notifications, name="list"),
    path("<int:pk>/", views.open_notification, name="open"),
    path("<int:pk>/lue/", views.keep_for_later, name="toggle"),
    path("toutes-lues/", views.mark_all_read, name="read_all"),
    path("rythme/", views.choose_rhythm, name="rhythm"),
]
