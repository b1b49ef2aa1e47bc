"""A whole house in one file: to keep it safe, to bring it back, to move it from SQLite to PostgreSQL."""

from .archive import ArchiveRefused
from .backup import write_backup
from .restore import check_archive, restore_backup

__all__ = ["ArchiveRefused", "check_archive", "restore_backup", "write_backup"]
