"""Members add their choices; nobody changes a proof. The worker asks before a mail leaves."""

from django.db import migrations

from havre.foundation.db.operations import household_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("audit", "0002_guard")]

    operations = [
        household_table(
            "privacy_consent",
            grants={Role.MEMBER: "SELECT, INSERT", Role.WORKER: "SELECT", Role.BATCH: "SELECT"},
        ),
        household_table(
            "privacy_noticechoice",
            grants={Role.MEMBER: "SELECT, INSERT, UPDATE", Role.WORKER: "SELECT"},
        ),
    ]
