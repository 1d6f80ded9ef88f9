"""Who may touch the tables of sign-in."""

from django.db import migrations

from havre.foundation.db.operations import Recorded, shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("audit", "0002_guard"),
    ]

    operations = [
        shared_table(
            "accounts_account",
            grants={
                Role.WEB: "SELECT, UPDATE (password, password_chosen_at, state, "
                "email_confirmed_at, confirmed_email, signed_in_at, signed_in_zone, "
                "previous_sign_in_at, previous_sign_in_zone)",
                Role.WORKER: "SELECT, INSERT, UPDATE",
                Role.BATCH: "SELECT (membership_id, number_key, language), "
                "UPDATE (number_key, language)",
            },
            audited=Recorded.ALL,
            hidden=("password",),
        ),
        shared_table(
            "accounts_provisionalsecret",
            grants={Role.WEB: "SELECT, UPDATE (used_at)", Role.WORKER: "SELECT, INSERT, UPDATE"},
            audited=Recorded.ALL,
            hidden=("digest",),
        ),
        shared_table(
            "accounts_emailcode",
            grants={
                Role.WEB: "SELECT, INSERT, UPDATE (failures, used_at)",
                Role.WORKER: "SELECT, DELETE",
            },
        ),
        shared_table(
            "accounts_termsacceptance",
            grants={Role.WEB: "SELECT, INSERT", Role.WORKER: "SELECT"},
            audited=Recorded.ALL,
        ),
        shared_table(
            "accounts_knowndevice",
            grants={Role.WEB: "SELECT, INSERT, UPDATE, DELETE", Role.WORKER: "SELECT, DELETE"},
        ),
        shared_table(
            "accounts_throttle",
            grants={Role.WEB: "SELECT, INSERT, UPDATE, DELETE", Role.WORKER: "SELECT, DELETE"},
        ),
        shared_table(
            "accounts_openingrequest",
            grants={Role.PUBLIC: "INSERT", Role.WORKER: "SELECT, UPDATE, DELETE"},
        ),
        shared_table(
            "accounts_openingreview",
            grants={Role.WORKER: "SELECT, INSERT, UPDATE"},
            audited=Recorded.ALL,
        ),
        shared_table("django_migrations", grants={Role.WEB: "SELECT", Role.WORKER: "SELECT"}),
    ]
