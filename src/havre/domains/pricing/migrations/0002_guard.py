"""Everybody reads prices; the editor writes them."""

from django.db import migrations

from havre.foundation.db.operations import Recorded, desk_grants, shared_table
from havre.foundation.db.roles import Role

TABLE = "pricing_tariffline"


class Migration(migrations.Migration):
    dependencies = [("pricing", "0001_initial"), ("audit", "0002_guard")]

    operations = [
        shared_table(
            TABLE,
            grants={
                Role.MEMBER: "SELECT",
                Role.PRICING: "SELECT",
                Role.EDITOR: "SELECT, INSERT, UPDATE, DELETE",
            },
            audited=Recorded.ALL,
        ),
        desk_grants(TABLE, "SELECT"),
    ]
