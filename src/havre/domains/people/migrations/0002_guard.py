"""People under the guard, and the keys from the commons to them."""

from django.db import migrations

from havre.foundation.db.operations import (
    Recorded,
    household_link,
    household_owner,
    household_table,
    shared_table,
)
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("audit", "0002_guard"), ("accounts", "0002_guard")]

    operations = [
        shared_table(
            "people_company",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, UPDATE",
            },
            audited=Recorded.ALL,
        ),
        shared_table(
            "people_intermediary",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, UPDATE",
            },
            audited=Recorded.ALL,
        ),
        household_table(
            "people_household",
            grants={Role.MEMBER: "SELECT", Role.WORKER: "SELECT", Role.BATCH: "SELECT, INSERT"},
            key="id",
        ),
        household_table(
            "people_person",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, UPDATE",
            },
        ),
        household_table(
            "people_membership",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT, UPDATE",
                Role.BATCH: "SELECT, INSERT, UPDATE",
            },
        ),
        household_table(
            "people_difference",
            grants={Role.WORKER: "SELECT, UPDATE", Role.BATCH: "SELECT, INSERT, UPDATE"},
            hidden=("feed_index",),
        ),
        shared_table(
            "people_directory",
            grants={Role.WORKER: "SELECT", Role.BATCH: "SELECT, INSERT, UPDATE, DELETE"},
        ),
        household_owner("people_person"),
        household_owner("people_membership"),
        household_owner("people_difference"),
        household_owner("people_directory"),
        household_owner("audit_reading"),
        household_owner("accounts_account"),
        household_owner("accounts_openingreview"),
        household_link("people_membership", "person_id", "people_person"),
        household_link("people_difference", "person_id", "people_person"),
        household_link("people_directory", "membership_id", "people_membership"),
        household_link("audit_reading", "person_id", "people_person"),
        household_link("accounts_account", "membership_id", "people_membership"),
        household_link("accounts_account", "person_id", "people_person"),
        household_link("accounts_openingreview", "membership_id", "people_membership"),
        household_link("accounts_openingreview", "person_id", "people_person"),
    ]
