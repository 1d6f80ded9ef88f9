"""Feeds that were refused or loaded with remarks: written by whoever loads, read and closed at the desk."""

from django.db import migrations, models

import havre.foundation.ids
from havre.commons.audit.words import LoadingOutcome
from havre.foundation.db.fields import SealedField, choices_of
from havre.foundation.db.operations import Recorded, desk_grants, shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_readings_of_the_desk")]

    operations = [
        migrations.CreateModel(
            name="Loading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=havre.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("command", models.TextField()),
                ("files", models.TextField()),
                ("outcome", models.TextField(choices=choices_of(LoadingOutcome))),
                ("at", models.DateTimeField()),
                ("remarks", models.IntegerField()),
                ("told", SealedField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.TextField(default="")),
                ("reason", SealedField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("command", "files"), name="one_loading_of_these_files"
                    )
                ],
            },
        ),
        shared_table(
            "audit_loading",
            grants={Role.BATCH: "SELECT, INSERT, UPDATE, DELETE"},
            audited=Recorded.CHANGES,
            hidden=("told",),
        ),
        desk_grants("audit_loading", "SELECT, UPDATE (told, closed_at, closed_by, reason)"),
    ]
