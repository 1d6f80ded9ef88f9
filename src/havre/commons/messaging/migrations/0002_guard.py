"""Messages belong to their household; nobody writes under the other side's name.

The worker sees who has read how far, to know whether a mail is still true, and nothing of what was said.
What a member has not sent is granted to nobody of the house.
"""

from django.db import migrations

from havre.foundation.db.operations import (
    Recorded,
    desk_grants,
    desk_policies,
    household_link,
    household_owner,
    household_table,
    shared_table,
)
from havre.foundation.db.roles import DESK_ROLES, Role

CONVERSATION, MESSAGE, DRAFT = "messaging_conversation", "messaging_message", "messaging_draft"
ANSWERS = "messaging_answertime"


def _written_by(side: str, *roles: Role) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"CREATE POLICY by_{side.lower()} ON {MESSAGE} AS RESTRICTIVE FOR INSERT "
            f"TO {', '.join(roles)} WITH CHECK (author = '{side}')"
        ],
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0001_initial"),
        ("people", "0002_guard"),
        ("audit", "0004_opening"),
    ]

    operations = [
        household_table(
            CONVERSATION,
            grants={
                Role.MEMBER: "SELECT, INSERT, UPDATE (state, last_at, last_from, waiting_since, "
                "messages, member_seen, unread_by_member, unread_by_staff)",
                Role.WORKER: "SELECT (id, household_id, member_seen)",
            },
            hidden=("subject",),
        ),
        household_owner(CONVERSATION),
        household_link(CONVERSATION, "membership_id", "people_membership"),
        desk_policies(CONVERSATION, compartment_column="compartment"),
        desk_grants(CONVERSATION, "SELECT, INSERT, UPDATE"),
        household_table(
            MESSAGE,
            grants={
                Role.MEMBER: "SELECT, INSERT",
                Role.WORKER: "SELECT (id, household_id, conversation_id, number, author)",
            },
            hidden=("body",),
        ),
        household_owner(MESSAGE),
        household_link(MESSAGE, "conversation_id", CONVERSATION),
        desk_policies(MESSAGE, compartment_column="compartment"),
        desk_grants(MESSAGE, "SELECT, INSERT"),
        _written_by("MEMBER", Role.MEMBER),
        _written_by("STAFF", *DESK_ROLES),
        household_table(
            DRAFT,
            grants={Role.MEMBER: "SELECT, INSERT, UPDATE, DELETE"},
            audited=Recorded.NOTHING,
        ),
        household_owner(DRAFT),
        household_link(DRAFT, "conversation_id", CONVERSATION),
        shared_table(ANSWERS, grants={Role.MEMBER: "SELECT"}),
        desk_grants(ANSWERS, "SELECT, INSERT"),
    ]
