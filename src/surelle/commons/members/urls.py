"""Addresses of the members of a cooperative."""

from django.urls import path, re_path

from .views import invitations, members

app_name = "members"
urlpatterns = [
    path("", members.members, name="directory"),
    path("export/<slug:file_format>/", members.export_members, name="export"),
    path("inviter/", invitations.invite, name="invite"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<int:pk>/renvoyer/", invitations.resend, name="resend_invitation"),
    path("invitations/<int:pk>/retirer/", invitations.revoke, name="revoke_invitation"),
    path("<int:pk>/", members.member, name="member"),
    path("<int:pk>/modifier/", members.edit, name="edit"),
    path("<int:pk>/statut/", members.status, name="status"),
    path("<int:pk>/statut/<int:period>/annuler/", members.undo_status, name="undo_status"),
    path("<int:pk>/roles/", members.roles, name="roles"),
    re_path(
        r"^(?P<pk>[0-9]+)/roles/(?P<role>[a-z]+)/(?P<act>donner|retirer)/$", members.change_role, name="change_role"
    ),
]
