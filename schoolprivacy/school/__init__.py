"""A school file: made, opened, worked in, backed up, restored, locked."""

from schoolprivacy.school.looking import FolderSeen, FolderState, Holding, look_at
from schoolprivacy.school.opened import School
from schoolprivacy.school.restoring import restore
from schoolprivacy.school.session import DEMO, PAPER_KEY, NewStaff, Session, StaffMember
from schoolprivacy.vault.kept_backups import BackupSeen, list_backups

__all__ = [
    "DEMO",
    "PAPER_KEY",
    "BackupSeen",
    "FolderSeen",
    "FolderState",
    "Holding",
    "NewStaff",
    "School",
    "Session",
    "StaffMember",
    "list_backups",
    "look_at",
    "restore",
]
