"""Everybody reads what is published; the editor adds and changes nothing; readers may add to a count."""

from django.db import migrations

from havre.foundation.db.operations import Recorded, shared_table
from havre.foundation.db.roles import Role

_READ = dict.fromkeys((Role.WEB, Role.PUBLIC, Role.MEMBER, Role.WORKER), "SELECT")
_ADDED = {**_READ, Role.EDITOR: "SELECT, INSERT"}


class Migration(migrations.Migration):
    dependencies = [("content", "0003_published"), ("audit", "0002_guard")]

    operations = [
        shared_table(
            "content_version", grants=_ADDED, audited=Recorded.ALL, hidden=("document", "files")
        ),
        # Named by their content and never changed: the history has nothing to add.
        shared_table("content_file", grants=_ADDED),
        # Kept apart as it is: PDFs don't shrink, and a part is then read without the rest.
        migrations.RunSQL(
            "ALTER TABLE content_file ALTER body SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
        shared_table(
            "content_answercount",
            grants={
                Role.PUBLIC: "SELECT, INSERT, UPDATE (count)",
                Role.WORKER: "SELECT",
                Role.EDITOR: "SELECT",
            },
        ),
    ]
