"""The desk reads what is sold."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants


class Migration(migrations.Migration):
    dependencies = [("products", "0003_over_time")]

    operations = [
        *(desk_grants(table, "SELECT") for table in ("products_formula", "products_guarantee")),
    ]
