"""Everything that changes documents, and the files that become documents."""

from havre.commons.documents.actions.attaching import attach
from havre.commons.documents.actions.checking import CHECK, check_upload
from havre.commons.documents.actions.receiving import (
    MOST_AT_ONCE,
    MOST_OF_A_SUBJECT,
    PART_MOST,
    For,
    append_upload,
    begin_upload,
    finish_upload,
    receive_sealed,
    receive_whole,
)
from havre.commons.documents.actions.removing import (
    FORGET,
    forget_documents,
    keep_uploads,
    remove_upload,
    remove_uploads_of,
)
from havre.commons.documents.actions.sender import (
    NotReceiving,
    Sender,
    TooManyUploads,
    UploadKept,
    UploadMissing,
    WrongOffset,
)
from havre.commons.documents.actions.store import (
    Stored,
    discard,
    keys_of_files,
    record,
    reseal_files,
    store,
)
from havre.commons.documents.actions.sweeping import sweep, sweep_uploads

__all__ = [
    "CHECK",
    "FORGET",
    "MOST_AT_ONCE",
    "MOST_OF_A_SUBJECT",
    "PART_MOST",
    "For",
    "NotReceiving",
    "Sender",
    "Stored",
    "TooManyUploads",
    "UploadKept",
    "UploadMissing",
    "WrongOffset",
    "append_upload",
    "attach",
    "begin_upload",
    "check_upload",
    "discard",
    "finish_upload",
    "forget_documents",
    "keep_uploads",
    "keys_of_files",
    "receive_sealed",
    "receive_whole",
    "record",
    "remove_upload",
    "remove_uploads_of",
    "reseal_files",
    "store",
    "sweep",
    "sweep_uploads",
]
