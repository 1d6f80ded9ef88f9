"""The indexes that were removed before, but not found: Django names them without their schema."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("health", "0006_desk")]

    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS health.line_by_settlement, health.line_of_provider",
            migrations.RunSQL.noop,
        ),
    ]
