"""An address that is replaced is kept for a while, by the database itself: whoever took it over is not
the only one who is told what follows."""

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
from havre.foundation.db.roles import Role

KEEP = """
CREATE FUNCTION people_keep_former_email() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    INSERT INTO public.people_formeremail (id, household_id, membership_id, email, replaced_at)
    VALUES (gen_random_uuid(), OLD.household_id, OLD.id, OLD.email, now());
    RETURN NULL;
END $body$
"""
WHEN = """
CREATE TRIGGER keep_former_email AFTER UPDATE OF email ON people_membership FOR EACH ROW
WHEN (OLD.email IS NOT NULL AND OLD.email IS DISTINCT FROM NEW.email)
EXECUTE FUNCTION people_keep_former_email()
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_desk")]

    operations = [
        migrations.CreateModel(
            name="FormerEmail",
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
                ("email", models.TextField()),
                ("replaced_at", models.DateTimeField()),
                (
                    "membership",
                    havre.foundation.db.fields.HouseholdForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["household_id", "membership"], name="people_former_email")
                ],
            },
        ),
        household_table(
            "people_formeremail",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT",
            },
        ),
        desk_policies("people_formeremail"),
        desk_grants("people_formeremail", "SELECT"),
        household_owner("people_formeremail"),
        household_link("people_formeremail", "membership_id", "people_membership"),
        migrations.RunSQL(
            [KEEP, "REVOKE ALL ON FUNCTION people_keep_former_email() FROM PUBLIC", WHEN],
            migrations.RunSQL.noop,
        ),
    ]
