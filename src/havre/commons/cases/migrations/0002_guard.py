"""Requests under the guard. What one says keeps to its compartment; where it stands, the whole desk sees."""

from django.db import migrations

from havre.foundation.db.operations import (
    Recorded,
    desk_grants,
    desk_policies,
    desk_search,
    household_link,
    household_owner,
    household_table,
    shared_table,
)
from havre.foundation.db.roles import DESK_ROLES, Role

WRITES = "SELECT, INSERT, UPDATE"
# What a member may change of a request: by answering, withdrawing, being reminded of it.
OF_MEMBER = (
    "SELECT, INSERT, "
    "UPDATE (status, waiting_since, waited_seconds, version, acknowledged_at, asked_times)"
)
# Each with what the member, the worker and the desk may do there.
TABLES = {
    "cases_content": ("SELECT, INSERT, UPDATE", "", WRITES),
    "cases_event": ("SELECT, INSERT", "SELECT, INSERT", "SELECT, INSERT"),
    "cases_ask": ("SELECT, UPDATE", "SELECT, UPDATE", WRITES),
    "cases_note": ("", "", "SELECT, INSERT"),
    "cases_decision": ("", "SELECT", WRITES),
}
LINKED = ("cases_event", "cases_ask", "cases_note", "cases_decision")
# To find what is due, over all households: ids and days, no word of what it says.
OF_BATCH = {
    "cases_ask": "SELECT (id, household_id, case_id, state, asked_at, reminded_at)",
    "cases_decision": "SELECT (id, household_id, state, effective_at)",
}


def _granted(table: str, member: str, worker: str) -> dict[Role, str]:
    rights = {Role.MEMBER: member, Role.WORKER: worker, Role.BATCH: OF_BATCH.get(table, "")}
    return {role: granted for role, granted in rights.items() if granted}


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_what_happens"),
        ("audit", "0002_guard"),
        ("people", "0002_guard"),
        ("worklist", "0002_guard"),
    ]

    operations = [
        migrations.RunSQL(
            "GRANT USAGE ON SEQUENCE cases_serial TO " + ", ".join((Role.MEMBER, *DESK_ROLES)),
            migrations.RunSQL.noop,
        ),
        household_table(
            "cases_draft",
            grants={
                Role.MEMBER: "SELECT, INSERT, UPDATE, DELETE",
                Role.BATCH: "SELECT (id, saved_at), DELETE",
            },
            audited=Recorded.NOTHING,
        ),
        desk_policies("cases_draft"),
        desk_grants("cases_draft", "SELECT, INSERT, UPDATE, DELETE"),
        household_table(
            "cases_case",
            grants={Role.MEMBER: OF_MEMBER, Role.WORKER: WRITES, Role.BATCH: "SELECT"},
            hidden=("digest",),
        ),
        desk_policies("cases_case"),
        desk_search("cases_case"),
        desk_grants("cases_case", WRITES),
        *(
            operation
            for table, (member, worker, desk) in TABLES.items()
            for operation in (
                household_table(table, grants=_granted(table, member, worker)),
                desk_policies(table, compartment_column="compartment"),
                desk_grants(table, desk),
            )
        ),
        household_table(
            "cases_opinion",
            grants={Role.MEMBER: "SELECT, INSERT, UPDATE", Role.BATCH: "SELECT"},
        ),
        desk_policies("cases_opinion"),
        desk_search("cases_opinion"),
        desk_grants("cases_opinion", "SELECT"),
        shared_table(
            "cases_delay",
            grants={
                Role.MEMBER: "SELECT",
                Role.WORKER: "SELECT",
                Role.BATCH: "SELECT, INSERT, DELETE",
                **dict.fromkeys(DESK_ROLES, "SELECT"),
            },
        ),
        *(
            household_owner(table)
            for table in ("cases_draft", "cases_case", "cases_opinion", *TABLES)
        ),
        *(household_link(table, "case_id", "cases_case") for table in LINKED),
        household_link("cases_content", "id", "cases_case"),
        household_link("cases_opinion", "id", "cases_case"),
        household_link("cases_draft", "membership_id", "people_membership"),
        household_link("cases_case", "membership_id", "people_membership"),
        household_link("cases_case", "person_id", "people_person"),
        household_link("cases_case", "contests_id", "cases_case"),
    ]
