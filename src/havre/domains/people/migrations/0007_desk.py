"""People as the desk sees them: somebody is found over all households, and changed in one only."""

from django.db import migrations

from havre.foundation.db.operations import (
    desk_grants,
    desk_policies,
    desk_search,
    household_owner,
)

_SEARCHED = ("people_person", "people_membership", "people_household")


class Migration(migrations.Migration):
    dependencies = [("people", "0006_withdrawn_for_good"), ("audit", "0004_opening")]

    operations = [
        household_owner("audit_opening"),
        *(desk_search(table) for table in _SEARCHED),
        desk_policies("people_household", key="id"),
        *(
            desk_policies(table)
            for table in (
                "people_person",
                "people_membership",
                "people_sharing",
                "people_difference",
            )
        ),
        *(
            desk_grants(table, "SELECT")
            for table in ("people_company", "people_intermediary", "people_household")
        ),
        desk_grants("people_directory", "SELECT, INSERT"),
        desk_grants(
            "people_person",
            "SELECT, INSERT, UPDATE (family_name, first_name, sort_key, birth_date, nir, nir_index,"
            " deceased_on, origin)",
        ),
        desk_grants(
            "people_membership",
            "SELECT, INSERT, UPDATE (link, adherent_number, email, phone, address_lines, postal_code,"
            " city, country, district, region, language, expatriation_country, membership_end, origin)",
        ),
        desk_grants("people_sharing", "SELECT, UPDATE (withdrawn_at)"),
        desk_grants("people_difference", "SELECT, UPDATE (state, decided_at, decided_by)"),
    ]
