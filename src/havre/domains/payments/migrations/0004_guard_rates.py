"""Rates are the same for everybody: whoever shows or decides an amount reads them, a command brings them."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_publishedrate")]

    operations = [
        shared_table(
            "payments_publishedrate",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, UPDATE (per_euro)",
            },
        ),
        desk_grants("payments_publishedrate", "SELECT"),
    ]
