"""Accounts belong to their household. A member proposes and stops; who verifies is of the house."""

from django.db import migrations

from havre.foundation.db.operations import (
    desk_grants,
    desk_policies,
    desk_search,
    household_link,
    household_owner,
    household_table,
)
from havre.foundation.db.roles import Role

PROPOSES = (
    "CREATE POLICY member_proposes ON payments_bankaccount AS RESTRICTIVE FOR INSERT "
    f"TO {Role.MEMBER} WITH CHECK (state = 'PROPOSED')"
)
# Which rows is for the policy of the household to say: this one says what may become of them.
STOPS = (
    "CREATE POLICY member_stops ON payments_bankaccount AS RESTRICTIVE FOR UPDATE "
    f"TO {Role.MEMBER} USING (state IS NOT NULL) WITH CHECK (state IN ('STOPPED', 'REFUSED'))"
)
# Runs as the owner: whoever opens the link of a mail reads no table, and is told ids alone.
BY_LINK = """
CREATE FUNCTION payments_account_by_link(wanted bytea) RETURNS TABLE (household_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
    SELECT account.household_id, account.id
    FROM public.payments_bankaccount AS account WHERE account.stop_digest = wanted
$body$
"""
_DECIDED = "state, verified_at, verified_by, second_by, usable_from, stop_digest, stop_until"
_ENDED = "state, ended_at, ended_by"


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
        ("people", "0008_former_email"),
        ("documents", "0002_guard"),
        ("notifications", "0004_desk"),
    ]

    operations = [
        household_table(
            "payments_bankaccount",
            grants={
                Role.MEMBER: f"SELECT, INSERT, UPDATE ({_ENDED})",
                Role.WORKER: "SELECT",
                Role.BATCH: f"SELECT, INSERT, UPDATE ({_ENDED})",
            },
            hidden=("number_index", "stop_digest"),
        ),
        desk_search("payments_bankaccount"),
        desk_policies("payments_bankaccount"),
        desk_grants(
            "payments_bankaccount", f"SELECT, INSERT, UPDATE ({_DECIDED}, ended_at, ended_by)"
        ),
        household_owner("payments_bankaccount"),
        household_link("payments_bankaccount", "person_id", "people_person"),
        household_link("payments_bankaccount", "proof_id", "documents_document"),
        migrations.RunSQL([PROPOSES, STOPS], migrations.RunSQL.noop),
        migrations.RunSQL(
            [
                BY_LINK,
                "REVOKE ALL ON FUNCTION payments_account_by_link(bytea) FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION payments_account_by_link(bytea) TO {Role.PUBLIC}",
            ],
            "DROP FUNCTION payments_account_by_link(bytea)",
        ),
    ]
