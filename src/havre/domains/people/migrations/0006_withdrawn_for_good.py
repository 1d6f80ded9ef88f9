"""What was withdrawn is never agreed to again but by a new agreement."""

from django.db import migrations

from havre.foundation.db.roles import Role

ONCE = (
    "CREATE POLICY withdrawn_once ON people_sharing AS RESTRICTIVE FOR UPDATE "
    f"TO {Role.MEMBER} USING (withdrawn_at IS NULL) WITH CHECK (true)"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_own_number")]

    operations = [migrations.RunSQL(ONCE, migrations.RunSQL.noop)]
