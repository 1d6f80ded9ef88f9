"""The end of a membership, and who lets whom see their care."""

from django.db import migrations, models

import havre.foundation.db.fields
import havre.foundation.ids
from havre.foundation.db.operations import household_link, household_owner, household_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("people", "0002_guard")]

    operations = [
        migrations.AddField("membership", "membership_end", models.DateField(null=True)),
        migrations.CreateModel(
            name="Sharing",
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
                (
                    "person_id",
                    havre.foundation.db.fields.HouseholdReference(references="people_person"),
                ),
                (
                    "reader_id",
                    havre.foundation.db.fields.HouseholdReference(references="people_person"),
                ),
                ("agreed_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("wording", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("household_id", "person_id", "reader_id"),
                        name="one_sharing_a_reader",
                    )
                ],
            },
        ),
        household_table(
            "people_sharing",
            grants={Role.MEMBER: "SELECT, INSERT", Role.WORKER: "SELECT"},
        ),
        migrations.RunSQL(
            f"GRANT UPDATE (withdrawn_at) ON people_sharing TO {Role.MEMBER}",
            migrations.RunSQL.noop,
        ),
        household_owner("people_sharing"),
        household_link("people_sharing", "person_id", "people_person"),
        household_link("people_sharing", "reader_id", "people_person"),
    ]
