"""The health of a household, for those of the desk who opened it, while it is open."""

from django.db import migrations

from havre.foundation.db.operations import desk_policies
from havre.foundation.db.roles import Role

_TABLES = ("health.transfer", "health.line")
_OPENS = f"{Role.DESK_HEALTH}, {Role.DESK_MEDICAL}"


class Migration(migrations.Migration):
    dependencies = [("health", "0005_no_index_of_providers"), ("audit", "0004_opening")]

    operations = [
        migrations.RunSQL(f"GRANT USAGE ON SCHEMA health TO {_OPENS}", migrations.RunSQL.noop),
        *(desk_policies(table) for table in _TABLES),
        migrations.RunSQL(
            [f"GRANT SELECT ON {table} TO {_OPENS}" for table in _TABLES], migrations.RunSQL.noop
        ),
    ]
