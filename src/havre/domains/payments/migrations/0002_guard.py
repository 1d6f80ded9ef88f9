"""Accounts belong to their household. A member proposes and stops; who verifies is of the house."""

from django.db import migrations

from havre.foundation.db.operations import (
    household_link,
    household_owner,
    household_table,
    shared_table,
)
from havre.foundation.db.roles import Role

PROPOSES = (
    "CREATE POLICY member_proposes ON payments_bankaccount AS RESTRICTIVE FOR INSERT "
    f"TO {Role.MEMBER} WITH CHECK (state = 'PROPOSED')"
)
STOPS = (
    "CREATE POLICY member_stops ON payments_bankaccount AS RESTRICTIVE FOR UPDATE "
    f"TO {Role.MEMBER} USING (true) WITH CHECK (state IN ('STOPPED', 'REFUSED'))"
)
# Runs as the owner: whoever opens the link of a mail reads no table, and is told ids alone.
BY_LINK = """
CREATE FUNCTION payments_account_by_link(wanted bytea) RETURNS TABLE (household_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
    SELECT account.household_id, account.id
    FROM public.payments_bankaccount AS account WHERE account.stop_digest = wanted
$body$
"""
# Whoever verifies puts a mail in the outbox, and the job that sends it.
ADDS_JOBS = f"""
DO $do$ DECLARE routine regprocedure; BEGIN
    FOR routine IN SELECT oid::regprocedure FROM pg_proc WHERE proname = 'procrastinate_defer_jobs_v1'
    LOOP EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {Role.DESK}', routine); END LOOP;
END $do$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
        ("people", "0007_former_email"),
        ("documents", "0002_guard"),
        ("notifications", "0002_guard"),
    ]

    operations = [
        household_table(
            "payments_bankaccount",
            grants={
                Role.MEMBER: "SELECT, INSERT, UPDATE (state, ended_at, ended_by)",
                Role.DESK: "SELECT, INSERT, UPDATE",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, UPDATE",
            },
            hidden=("number_index", "stop_digest"),
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
        shared_table("people_membership", grants={Role.DESK: "SELECT"}),
        shared_table("people_person", grants={Role.DESK: "SELECT"}),
        shared_table("notifications_outgoingmail", grants={Role.DESK: "INSERT"}),
        migrations.RunSQL(ADDS_JOBS, migrations.RunSQL.noop),
    ]
