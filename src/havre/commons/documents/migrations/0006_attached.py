"""A file sent before its message goes under the message once that is sent."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_guard_uploads")]

    operations = [
        shared_table("documents_upload", grants={Role.MEMBER: "UPDATE (piece)"}),
        desk_grants("documents_upload", "UPDATE (piece)"),
    ]
