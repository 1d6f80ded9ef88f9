"""What waits is added by whoever makes it wait, and read across households by the desk alone."""

from django.db import migrations

from havre.foundation.db.operations import HOUSEHOLD_IN_CONTEXT
from havre.foundation.db.roles import DESK_ROLES, Role

TABLE = "worklist_workitem"
# A member's own act changes what waits about the own household; the house sees all of it.
OWN = f"household_id = {HOUSEHOLD_IN_CONTEXT}"
WIDE = (*DESK_ROLES, Role.WORKER, Role.BATCH)
ALL = ", ".join((*WIDE, Role.OWNER))
RIGHTS = "SELECT, INSERT, UPDATE, DELETE"


class Migration(migrations.Migration):
    dependencies = [("worklist", "0001_initial"), ("audit", "0002_guard")]

    operations = [
        migrations.RunSQL(
            [
                f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY own ON {TABLE} TO {Role.MEMBER} USING ({OWN}) WITH CHECK ({OWN})",
                f"CREATE POLICY house ON {TABLE} TO {ALL} USING (true) WITH CHECK (true)",
                *(f"GRANT {RIGHTS} ON {TABLE} TO {role}" for role in (Role.MEMBER, *WIDE)),
            ],
            migrations.RunSQL.noop,
        ),
    ]
