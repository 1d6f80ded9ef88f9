"""Uploads belong to their household; the worker, as batch, checks them and keeps what is left of them.

Whoever sends a file may not make it a document: that column is the batch role's. What is kept of a file is
removed by the batch role alone, once no upload names it.
"""

from django.db import migrations

from havre.foundation.db.operations import (
    Recorded,
    desk_grants,
    desk_policies,
    household_link,
    household_owner,
    household_table,
    shared_table,
)
from havre.foundation.db.roles import Role

MOVED = "state, received, content_sha256, moved_at, kept_at"


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_uploads")]

    operations = [
        household_table(
            "documents_upload",
            grants={
                Role.MEMBER: f"SELECT, INSERT, DELETE, UPDATE ({MOVED})",
                Role.BATCH: "SELECT, UPDATE, DELETE",
            },
            hidden=("fingerprint", "content_sha256"),
        ),
        household_owner("documents_upload"),
        desk_policies("documents_upload", compartment_column="compartment"),
        desk_grants("documents_upload", f"SELECT, INSERT, DELETE, UPDATE ({MOVED})"),
        household_link("documents_upload", "document_id", "documents_document"),
        household_link("documents_upload", "preview_id", "documents_document"),
        household_table(
            "documents_uploadpart",
            grants={Role.MEMBER: "SELECT, INSERT, DELETE", Role.BATCH: "SELECT, DELETE"},
            audited=Recorded.NOTHING,
        ),
        household_owner("documents_uploadpart"),
        desk_policies("documents_uploadpart"),
        desk_grants("documents_uploadpart", "SELECT, INSERT, DELETE"),
        household_link("documents_uploadpart", "upload_id", "documents_upload"),
        shared_table(
            "documents_document",
            grants={Role.BATCH: "SELECT (household_id, kind), INSERT, DELETE"},
        ),
    ]
