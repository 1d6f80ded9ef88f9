"""Drafts at the desk: those that it writes for a member, each in its compartment; never a member's own."""

from django.db import migrations, models

from havre.commons.documents.words import Compartment
from havre.foundation.db.fields import choices_of
from havre.foundation.db.operations import desk_compartments, desk_restricted


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_proposed")]

    operations = [
        migrations.AddField(
            "draft",
            "compartment",
            models.TextField(choices=choices_of(Compartment), default=Compartment.GENERAL),
        ),
        desk_compartments("cases_draft", "compartment"),
        desk_restricted("cases_draft", "not_a_members_own", "channel <> 'ONLINE'"),
    ]
