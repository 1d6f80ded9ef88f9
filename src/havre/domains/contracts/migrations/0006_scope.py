"""The desk finds members by what they are insured with: whose files somebody works on is asked of all."""

from django.db import migrations

from havre.foundation.db.operations import desk_search


class Migration(migrations.Migration):
    dependencies = [("contracts", "0005_desk")]

    operations = [desk_search("contracts_contract")]
