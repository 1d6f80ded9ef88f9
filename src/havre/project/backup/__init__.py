"""Backup and restore: the database and the sealed files in one archive, sealed and proven whole.

``backup`` writes an archive, ``examine`` proves one without touching anything, ``restore`` fills an
empty database and folder from one, and ``proving`` holds what was restored against it.
"""

from havre.project.backup.archive import ArchiveRefused
from havre.project.backup.programs import ProgramFailed, ProgramMissing
from havre.project.backup.restoring import NotEmpty, examine, restore
from havre.project.backup.writing import FileExists, backup

__all__ = [
    "ArchiveRefused",
    "FileExists",
    "NotEmpty",
    "ProgramFailed",
    "ProgramMissing",
    "backup",
    "examine",
    "restore",
]
