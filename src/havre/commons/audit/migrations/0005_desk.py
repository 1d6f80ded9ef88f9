"""The journal of readings, as the desk reads it."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, desk_policies


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_opening")]

    operations = [
        desk_policies("audit_reading"),
        desk_grants("audit_reading", "SELECT"),
    ]
