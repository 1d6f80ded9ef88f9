"""Everybody reads the texts; the editor adds versions and changes none."""

from django.db import migrations

from havre.foundation.db.operations import Recorded, shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial"), ("audit", "0002_guard")]

    operations = [
        shared_table(
            "content_legaltext",
            grants={
                Role.WEB: "SELECT",
                Role.PUBLIC: "SELECT",
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.EDITOR: "SELECT, INSERT",
            },
            audited=Recorded.ALL,
            hidden=("source", "html"),
        ),
    ]
