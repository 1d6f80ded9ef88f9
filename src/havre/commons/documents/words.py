from enum import StrEnum

from havre.foundation.cleaning import Fault as Fault


class Compartment(StrEnum):
    """Who may come near a document, beside its household."""

    GENERAL = "GENERAL"
    HEALTH = "HEALTH"
    MEDICAL = "MEDICAL"  # for the medical adviser alone


class DocumentKind(StrEnum):
    """What a document is. A new kind is one line here and one in a migration's choices."""

    CERTIFICATE = "CERTIFICATE"
    PIECE = "PIECE"  # a paper that somebody sent, cleaned
    PREVIEW = "PREVIEW"  # a picture of its first pages, drawn by us


class UploadState(StrEnum):
    """Where a file that somebody sends stands. The last three are where it ends."""

    RECEIVING = "RECEIVING"
    CHECKING = "CHECKING"  # received whole
    WAITING_SCAN = "WAITING_SCAN"  # the antivirus does not answer; asked again by itself
    READY = "READY"
    REFUSED = "REFUSED"  # ``fault`` says why
    QUARANTINED = "QUARANTINED"  # the antivirus found something


UNSETTLED = frozenset({UploadState.RECEIVING, UploadState.CHECKING, UploadState.WAITING_SCAN})
ATTACHABLE = (UploadState.CHECKING, UploadState.WAITING_SCAN, UploadState.READY)
"""A file that may leave with a message: all of it is here, and nothing was found against it."""
