"""The health wall, at the height of the database: a schema of its own."""

from django.db import migrations

from havre.foundation.db.operations import (
    Recorded,
    household_link,
    household_owner,
    household_table,
)
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [
        ("health", "0001_initial"),
        ("people", "0002_guard"),
        ("contracts", "0002_guard"),
    ]

    operations = [
        migrations.RunSQL(
            f"GRANT USAGE ON SCHEMA health TO {Role.MEMBER}, {Role.BATCH}", migrations.RunSQL.noop
        ),
        household_table(
            "health.transfer",
            grants={Role.MEMBER: "SELECT", Role.BATCH: "SELECT, INSERT, UPDATE"},
            audited=Recorded.CHANGES,
        ),
        household_table(
            "health.line",
            grants={Role.MEMBER: "SELECT", Role.BATCH: "SELECT, INSERT, UPDATE"},
            audited=Recorded.CHANGES,
        ),
        household_owner("health.transfer"),
        household_owner("health.line"),
        household_link("health.line", "transfer_id", "health.transfer"),
        household_link("health.line", "person_id", "people_person"),
        household_link("health.line", "contract_id", "contracts_contract"),
    ]
