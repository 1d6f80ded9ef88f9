"""Contracts under the guard."""

from django.db import migrations

from havre.foundation.db.operations import household_link, household_owner, household_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0001_initial"),
        ("people", "0002_guard"),
        ("products", "0002_guard"),
    ]

    operations = [
        household_table(
            "contracts_contract",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, UPDATE",
            },
        ),
        household_table(
            "contracts_contractoption",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, UPDATE",
            },
        ),
        household_table(
            "contracts_cover",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, UPDATE",
            },
        ),
        household_owner("contracts_contract"),
        household_owner("contracts_contractoption"),
        household_owner("contracts_cover"),
        household_link("contracts_contractoption", "contract_id", "contracts_contract"),
        household_link("contracts_cover", "contract_id", "contracts_contract"),
        household_link("contracts_cover", "person_id", "people_person"),
    ]
