"""Documents belong to their household, and those about care to nobody of the house as yet."""

from django.db import migrations

from havre.foundation.db.operations import household_owner, household_table
from havre.foundation.db.roles import Role

# A second barrier on top of the household's policy: a grant too many would still show nothing of care.
COMPARTMENT = (
    "CREATE POLICY compartment ON documents_document AS RESTRICTIVE "
    f"TO {Role.WORKER}, {Role.DESK} USING (compartment = 'GENERAL') "
    "WITH CHECK (compartment = 'GENERAL')"
)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("audit", "0002_guard"),
        ("people", "0002_guard"),
    ]

    operations = [
        household_table(
            "documents_document",
            grants={
                Role.MEMBER: "SELECT, INSERT",
                # To sweep files that nothing names: which ids there are, and nothing else.
                Role.BATCH: "SELECT (id)",
            },
            hidden=("sha256",),
        ),
        household_owner("documents_document"),
        migrations.RunSQL(COMPARTMENT, migrations.RunSQL.noop),
    ]
