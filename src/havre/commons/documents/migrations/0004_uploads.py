"""Files that somebody sends: a part at a time, checked, and then documents."""

import django.db.models.deletion
from django.db import migrations, models

import havre.foundation.db.fields
import havre.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_desk"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.TextField(
                choices=[("CERTIFICATE", "CERTIFICATE"), ("PIECE", "PIECE"), ("PREVIEW", "PREVIEW")]
            ),
        ),
        migrations.CreateModel(
            name="Upload",
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
                ("household_id", models.UUIDField()),
                ("subject_id", models.UUIDField()),
                ("piece", models.TextField(blank=True)),
                (
                    "compartment",
                    models.TextField(
                        choices=[
                            ("GENERAL", "GENERAL"),
                            ("HEALTH", "HEALTH"),
                            ("MEDICAL", "MEDICAL"),
                        ]
                    ),
                ),
                ("uploaded_by", models.UUIDField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("RECEIVING", "RECEIVING"),
                            ("CHECKING", "CHECKING"),
                            ("WAITING_SCAN", "WAITING_SCAN"),
                            ("READY", "READY"),
                            ("REFUSED", "REFUSED"),
                            ("QUARANTINED", "QUARANTINED"),
                        ]
                    ),
                ),
                (
                    "fault",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("EMPTY", "EMPTY"),
                            ("UNKNOWN_TYPE", "UNKNOWN_TYPE"),
                            ("MISNAMED", "MISNAMED"),
                            ("TOO_LARGE", "TOO_LARGE"),
                            ("PASSWORD", "PASSWORD"),
                            ("TOO_MANY_PAGES", "TOO_MANY_PAGES"),
                            ("TOO_MANY_PIXELS", "TOO_MANY_PIXELS"),
                            ("TOO_HEAVY", "TOO_HEAVY"),
                            ("DAMAGED", "DAMAGED"),
                        ],
                    ),
                ),
                ("size", models.BigIntegerField()),
                ("received", models.BigIntegerField()),
                ("file_name", havre.foundation.db.fields.SealedField()),
                ("fingerprint", models.BinaryField(null=True)),
                ("content_sha256", models.BinaryField(null=True)),
                (
                    "document_id",
                    havre.foundation.db.fields.HouseholdReference(
                        null=True, references="documents_document"
                    ),
                ),
                (
                    "preview_id",
                    havre.foundation.db.fields.HouseholdReference(
                        null=True, references="documents_document"
                    ),
                ),
                ("media_type", models.TextField(blank=True)),
                ("pages", models.IntegerField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["household_id", "subject_id"], name="upload_of_subject"),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["RECEIVING", "CHECKING", "WAITING_SCAN"])
                        ),
                        fields=["moved_at"],
                        name="upload_unsettled",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received__gte", 0),
                            ("received__lte", models.F("size")),
                            ("size__gte", 0),
                        ),
                        name="upload_has_a_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("compartment__in", ["GENERAL", "HEALTH", "MEDICAL"])),
                        name="upload_in_a_compartment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "READY"), _negated=True),
                            ("document_id__isnull", False),
                            _connector="OR",
                        ),
                        name="upload_ready_is_a_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "REFUSED"), _negated=True),
                            models.Q(("fault", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="upload_refused_for_a_fault",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "REFUSED"), _negated=True),
                        fields=("household_id", "subject_id", "piece", "content_sha256"),
                        name="upload_once_a_piece",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UploadPart",
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
                ("household_id", models.UUIDField()),
                ("offset", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                (
                    "upload",
                    havre.foundation.db.fields.HouseholdForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.upload",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("household_id", "upload", "offset"), name="upload_part_once"
                    )
                ],
            },
        ),
    ]
