"""Addresses of a person's own account, and of invitations."""

from django.urls import path

from .views import account, invitations

app_name = "person"
urlpatterns = [
    path("", account.account, name="account"),
    path("profil/", account.profile, name="profile"),
    path("donnees/", account.known, name="known"),
    path("donnees/archive/", account.export, name="export"),
    path("fermer/", account.close, name="close"),
    path("au-revoir/", account.closed, name="closed"),
    path("invitation/<str:secret>/", invitations.accept, name="accept_invitation"),
]
