"""Lines are accepted at the desk by those who opened the health of the household; how many acts each is."""

from django.db import migrations, models

from havre.foundation.db.roles import Role

_OPENS = f"{Role.DESK_HEALTH}, {Role.DESK_MEDICAL}"


class Migration(migrations.Migration):
    dependencies = [("health", "0007_indexes_are_gone")]

    operations = [
        migrations.AddField("line", "count", models.SmallIntegerField(db_default=1)),
        migrations.RunSQL(f"GRANT INSERT ON health.line TO {_OPENS}", migrations.RunSQL.noop),
    ]
