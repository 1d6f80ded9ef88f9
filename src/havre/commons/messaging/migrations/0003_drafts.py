"""What is typed of a first message is kept whole; who answers keeps their own, while it is open to them."""

from django.db import migrations, models

from havre.commons.messaging.words import Topic
from havre.foundation.db.fields import SealedField, choices_of
from havre.foundation.db.operations import desk_grants, desk_policies
from havre.foundation.db.roles import DESK_ROLES

DRAFT = "messaging_draft"
# Theirs, and of a conversation that they see: the policies of conversations decide that.
_OWN = (
    "author_id::text = "
    "(SELECT nullif(current_setting('havre.actor', true), '')::jsonb ->> 'actor') "
    "AND EXISTS (SELECT FROM messaging_conversation AS one "
    f"WHERE one.household_id = {DRAFT}.household_id AND one.id = {DRAFT}.conversation_id)"
)


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_guard")]

    operations = [
        migrations.AddField(
            "draft", "topic", models.TextField(null=True, choices=choices_of(Topic))
        ),
        migrations.AddField("draft", "subject", SealedField(null=True)),
        desk_policies(DRAFT),
        migrations.RunSQL(
            [
                f"CREATE POLICY own ON {DRAFT} AS RESTRICTIVE TO {', '.join(DESK_ROLES)} "
                f"USING ({_OWN}) WITH CHECK ({_OWN})"
            ],
            migrations.RunSQL.noop,
        ),
        desk_grants(DRAFT, "SELECT, INSERT, UPDATE, DELETE"),
    ]
