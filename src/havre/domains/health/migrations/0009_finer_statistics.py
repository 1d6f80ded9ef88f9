"""How often a category occurs is known finely: by it PostgreSQL chooses how to read a search."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("health", "0008_claims")]

    operations = [
        # A tenth of a percent more or less of a rare category doubled what a page read.
        migrations.RunSQL(
            "ALTER TABLE health.line ALTER category SET STATISTICS 1000",
            "ALTER TABLE health.line ALTER category SET STATISTICS -1",
        ),
    ]
