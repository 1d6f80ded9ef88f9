"""Everybody reads what is sold; feeds and the editor write it."""

from django.db import migrations

from havre.foundation.db.operations import Recorded, shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial"), ("audit", "0002_guard")]

    operations = [
        shared_table(
            "products_formula",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.PRICING: "SELECT",
                Role.EDITOR: "SELECT, INSERT, UPDATE, DELETE",
                Role.BATCH: "SELECT, INSERT, UPDATE, DELETE",
            },
            audited=Recorded.ALL,
        ),
        shared_table(
            "products_guarantee",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.PRICING: "SELECT",
                Role.EDITOR: "SELECT, INSERT, UPDATE, DELETE",
                Role.BATCH: "SELECT, INSERT, UPDATE, DELETE",
            },
            audited=Recorded.ALL,
        ),
    ]
