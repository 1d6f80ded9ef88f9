"""Certificates belong to their household; a stranger asks one function, which gives one row or none."""

from django.db import migrations

from havre.foundation.db.operations import household_link, household_owner, household_table
from havre.foundation.db.roles import Role

# Runs as the owner of the tables, so that whoever calls it needs no right on any. It takes two keyed
# digests and gives nothing unless both are of the same certificate.
CHECK = """
CREATE FUNCTION certificates_check(wanted bytea, born bytea)
RETURNS TABLE (kind text, initials text, zone smallint, first_day date, last_day date,
               issued_at timestamptz, revoked_at timestamptz, covers json)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
    SELECT certificate.kind, certificate.initials, certificate.zone, certificate.first_day,
           certificate.last_day, certificate.issued_at, certificate.revoked_at,
           (SELECT coalesce(json_agg(json_build_array(
                       greatest(cover.first_day, coalesce(contract.first_day, cover.first_day)),
                       least(cover.last_day, contract.last_day))), '[]')
            FROM public.contracts_cover AS cover
            JOIN public.contracts_contract AS contract
              ON contract.household_id = cover.household_id AND contract.id = cover.contract_id
            WHERE cover.household_id = certificate.household_id
              AND cover.contract_id = certificate.contract_id
              AND cover.person_id = certificate.person_id
              AND coalesce(least(cover.last_day, contract.last_day), 'infinity') >= greatest(
                  cover.first_day, coalesce(contract.first_day, cover.first_day)))
    FROM public.certificates_certificate AS certificate
    WHERE certificate.token = wanted AND certificate.birth = born
$body$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0001_initial"),
        ("contracts", "0002_guard"),
        ("documents", "0002_guard"),
        ("people", "0002_guard"),
    ]

    operations = [
        household_table(
            "certificates_certificate",
            grants={Role.MEMBER: "SELECT, INSERT, UPDATE (revoked_at)"},
            hidden=("token", "birth", "facts"),
        ),
        household_owner("certificates_certificate"),
        household_link("certificates_certificate", "person_id", "people_person"),
        household_link("certificates_certificate", "contract_id", "contracts_contract"),
        household_link("certificates_certificate", "document_id", "documents_document"),
        migrations.RunSQL(
            [
                CHECK,
                "REVOKE ALL ON FUNCTION certificates_check(bytea, bytea) FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION certificates_check(bytea, bytea) TO {Role.PUBLIC}",
            ],
            "DROP FUNCTION certificates_check(bytea, bytea)",
        ),
    ]
