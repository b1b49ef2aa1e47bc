"""What is done with people and their rights: one verb each, checked, changed and recorded in one transaction."""

from .accounts import choose_language, close_account, edit_own_profile
from .invitations import accept_invitation, invite_person, resend_invitation, revoke_invitation
from .memberships import change_status, edit_membership, grant_role, revoke_role, undo_status_change
from .refusals import Refused

__all__ = [
    "Refused",
    "accept_invitation",
    "change_status",
    "choose_language",
    "close_account",
    "edit_membership",
    "edit_own_profile",
    "grant_role",
    "invite_person",
    "resend_invitation",
    "revoke_invitation",
    "revoke_role",
    "undo_status_change",
]
