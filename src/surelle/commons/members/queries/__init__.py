"""What the pages about people show."""

from .account import account_page, personal_subjects
from .directory import Directory, DirectoryFilters, DirectoryRow, directory
from .people import invitations_page, member_page, roles_page

__all__ = [
    "Directory",
    "DirectoryFilters",
    "DirectoryRow",
    "account_page",
    "directory",
    "invitations_page",
    "member_page",
    "personal_subjects",
    "roles_page",
]
