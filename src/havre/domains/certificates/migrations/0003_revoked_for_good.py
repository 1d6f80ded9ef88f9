"""A certificate that was revoked stays so: whoever holds the paper was told."""

from django.db import migrations

from havre.foundation.db.roles import Role

ONCE = (
    "CREATE POLICY revoked_once ON certificates_certificate AS RESTRICTIVE FOR UPDATE "
    f"TO {Role.MEMBER} USING (revoked_at IS NULL) WITH CHECK (true)"
)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_guard")]

    operations = [migrations.RunSQL(ONCE, migrations.RunSQL.noop)]
