"""Versions of contracts under the guard. A feed that corrects a day replaces what it corrects."""

from django.db import migrations

from havre.foundation.db.operations import household_link, household_owner, household_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_over_time")]

    operations = [
        household_table(
            "contracts_contractversion",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, DELETE",
            },
        ),
        household_owner("contracts_contractversion"),
        household_link("contracts_contractversion", "contract_id", "contracts_contract"),
    ]
