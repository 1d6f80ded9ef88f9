"""Members change how they are reached, the language of their account follows; keys to choices."""

from django.db import migrations, models

from havre.foundation.db.operations import household_link, household_owner, shared_table
from havre.foundation.db.roles import Role

CONTACT = "email, phone, address_lines, postal_code, city, country, district, region, language"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_confidentiality"), ("privacy", "0002_guard")]

    operations = [
        migrations.AddField("membership", "district", models.TextField(null=True)),
        migrations.AddField("membership", "region", models.TextField(null=True)),
        # Grants alone: the table is under the guard already.
        shared_table(
            "people_membership",
            grants={Role.MEMBER: f"UPDATE ({CONTACT}, expatriation_country, origin)"},
        ),
        shared_table("accounts_account", grants={Role.WEB: "UPDATE (language)"}),
        household_owner("privacy_consent"),
        household_owner("privacy_noticechoice"),
        household_link("privacy_consent", "person_id", "people_person"),
        household_link("privacy_noticechoice", "person_id", "people_person"),
    ]
