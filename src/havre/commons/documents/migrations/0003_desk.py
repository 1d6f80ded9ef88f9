"""Documents as the desk sees them, each role by its compartments."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, desk_policies
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_guard"), ("audit", "0004_opening")]

    operations = [
        # The desk's roles have compartments of their own now; the worker keeps to GENERAL by itself.
        migrations.RunSQL(
            [f"ALTER POLICY compartment ON documents_document TO {Role.WORKER}"],
            migrations.RunSQL.noop,
        ),
        desk_policies("documents_document", compartment_column="compartment"),
        desk_grants("documents_document", "SELECT, INSERT"),
    ]
