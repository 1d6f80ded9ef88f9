"""The desk records whom it was shown the number of, in its own name; a list of openings over households."""

from django.db import migrations, models

from havre.foundation.db.fields import SealedField
from havre.foundation.db.operations import desk_grants, desk_search
from havre.foundation.db.roles import DESK_ROLES, Role

OWN_NAME = (
    "CREATE POLICY own_name ON audit_reading AS RESTRICTIVE FOR INSERT "
    f"TO {', '.join(DESK_ROLES)} WITH CHECK (account_id IS NULL AND staff_id::text = "
    "(nullif(current_setting('havre.actor', true), '')::jsonb ->> 'actor'))"
)
# A member's session records its own account, never somebody of the desk.
OWN_ACCOUNT = (
    "CREATE POLICY no_staff ON audit_reading AS RESTRICTIVE FOR INSERT "
    f"TO {Role.MEMBER} WITH CHECK (staff_id IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_desk"), ("people", "0007_desk")]

    operations = [
        migrations.AlterField("reading", "account_id", models.UUIDField(null=True)),
        migrations.AddField("reading", "staff_id", models.UUIDField(null=True)),
        migrations.AddField("reading", "staff_name", models.TextField(default="", db_default="")),
        migrations.AddConstraint(
            "reading",
            models.CheckConstraint(
                condition=models.Q(account_id__isnull=False, staff_id=None)
                | models.Q(account_id=None, staff_id__isnull=False),
                name="somebody_looked",
            ),
        ),
        migrations.AddField("opening", "words", SealedField(null=True)),
        migrations.AddIndex("opening", models.Index(fields=["at", "id"], name="audit_opening_at")),
        migrations.RunSQL([OWN_NAME, OWN_ACCOUNT], migrations.RunSQL.noop),
        desk_grants("audit_reading", "INSERT"),
        desk_search("audit_opening"),
    ]
