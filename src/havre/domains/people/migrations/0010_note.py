"""What those who work here keep in mind of a member, beside any request."""

import django.db.models.deletion
from django.db import migrations, models

import havre.foundation.db.fields
import havre.foundation.ids
from havre.foundation.db.operations import (
    desk_grants,
    desk_policies,
    household_link,
    household_owner,
    household_table,
)


class Migration(migrations.Migration):
    dependencies = [("people", "0009_finding")]

    operations = [
        migrations.CreateModel(
            name="MemberNote",
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
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("words", havre.foundation.db.fields.SealedField()),
                (
                    "membership",
                    havre.foundation.db.fields.HouseholdForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["household_id", "membership", "at"], name="people_note_of_member"
                    )
                ],
            },
        ),
        household_table("people_membernote", grants={}),
        desk_policies("people_membernote"),
        desk_grants("people_membernote", "SELECT, INSERT"),
        household_owner("people_membernote"),
        household_link("people_membernote", "membership_id", "people_membership"),
    ]
