"""Addresses of before go after three months."""

from django.db import migrations

from havre.foundation.db.operations import shared_table
from havre.foundation.db.roles import Role


class Migration(migrations.Migration):
    dependencies = [("people", "0010_note")]

    operations = [shared_table("people_formeremail", grants={Role.BATCH: "DELETE"})]
