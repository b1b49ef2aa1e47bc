"""Addresses of groups."""

from django.urls import path

from . import views

app_name = "groups"
urlpatterns = [
    path("", views.groups, name="list"),
    path("nouveau/", views.create, name="create"),
    path("<slug:slug>/", views.group, name="group"),
    path("<slug:slug>/modifier/", views.edit, name="edit"),
    path("<slug:slug>/fermer/", views.close, name="close"),
    path("<slug:slug>/rouvrir/", views.reopen, name="reopen"),
    path("<slug:slug>/rejoindre/", views.join, name="join"),
    path("<slug:slug>/quitter/", views.leave, name="leave"),
    path("<slug:slug>/faire-entrer/", views.add, name="add_member"),
    path("<slug:slug>/membres/<int:pk>/sortir/", views.remove, name="remove_member"),
    path("<slug:slug>/membres/<int:pk>/remettre/", views.bring_back, name="bring_back"),
    path("<slug:slug>/membres/<int:pk>/animer/", views.coordinate, name="name_coordinator"),
]
