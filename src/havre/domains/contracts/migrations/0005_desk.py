"""Contracts as the desk sees and changes them, in the household in context."""

from django.db import migrations

from havre.foundation.db.operations import desk_grants, desk_policies

_CHANGED = ("contracts_contract", "contracts_contractoption", "contracts_cover")
_VERSIONS = "contracts_contractversion"


class Migration(migrations.Migration):
    dependencies = [("contracts", "0004_over_time_guard"), ("audit", "0004_opening")]

    operations = [
        *(desk_policies(table) for table in (*_CHANGED, _VERSIONS)),
        *(desk_grants(table, "SELECT, INSERT, UPDATE") for table in _CHANGED),
        desk_grants(_VERSIONS, "SELECT, INSERT, DELETE"),
    ]
