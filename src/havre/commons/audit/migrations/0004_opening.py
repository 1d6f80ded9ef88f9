"""Who of the desk opened the health part of a file: nothing is seen without it, and the member reads it."""

from datetime import timedelta

from django.db import migrations, models

import havre.foundation.ids
from havre.commons.audit.words import OpeningPurpose
from havre.foundation.db.fields import choices_of
from havre.foundation.db.operations import desk_grants, household_table
from havre.foundation.db.roles import DESK_ROLES, Role

# In one's own name only; and it can be ended early, never made to last. A minute for clocks that differ.
OWN_NAME = (
    "CREATE POLICY own_name ON audit_opening AS RESTRICTIVE FOR INSERT "
    f"TO {', '.join(DESK_ROLES)} WITH CHECK (staff_id::text = "
    "(nullif(current_setting('havre.actor', true), '')::jsonb ->> 'actor'))"
)
ENDED_EARLY = (
    "CREATE POLICY ended_early ON audit_opening AS RESTRICTIVE FOR UPDATE "
    f"TO {', '.join(DESK_ROLES)} "
    "USING (until > now()) WITH CHECK (until <= now() + interval '1 minute')"
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_resealing")]

    operations = [
        migrations.CreateModel(
            name="Opening",
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
                ("staff_id", models.UUIDField()),
                ("staff_name", models.TextField()),
                ("purpose", models.TextField(choices=choices_of(OpeningPurpose))),
                ("case_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["household_id", "at"], name="audit_opening_household_at")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(until__lte=models.F("at") + timedelta(days=1)),
                        name="an_opening_ends",
                    )
                ],
            },
        ),
        household_table(
            "audit_opening",
            grants={Role.MEMBER: "SELECT"},
            # Every role of the desk by the household alone: the policies of health ask this table.
            scoped_to=(Role.MEMBER, Role.WORKER, *DESK_ROLES),
        ),
        desk_grants("audit_opening", "SELECT, INSERT, UPDATE (until)"),
        migrations.RunSQL([OWN_NAME, ENDED_EARLY], migrations.RunSQL.noop),
    ]
