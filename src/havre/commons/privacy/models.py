from django.db import models

from havre.commons.privacy.words import ContactChannel, Notice, Via
from havre.foundation.db.fields import HouseholdReference, HouseholdRow, choices_of


class Consent(HouseholdRow):
    """One choice, given or withdrawn, and its proof. Rows are added, never changed; the latest holds.

    ``follows`` is the choice before it of the same topic and channel, so that a second click, or
    another tab, cannot add the same step twice. ``wording_sha256`` is of the very words: the text in
    its language, the topic's label and the channel.
    """

    person_id = HouseholdReference(references="people_person")
    topic = models.TextField()
    channel = models.TextField(choices=choices_of(ContactChannel))
    given = models.BooleanField()
    at = models.DateTimeField()
    via = models.TextField(choices=choices_of(Via))
    text_version = models.TextField()
    language = models.TextField()
    wording_sha256 = models.TextField()
    follows = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "person_id", "topic", "channel", "follows"],
                name="one_choice_after_another",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            # Whom news go to, over all households.
            models.Index(fields=["topic", "channel", "person_id", "-id"], name="privacy_agreed"),
        ]


class NoticeChoice(HouseholdRow):
    """Whether someone wants a notice. No row: they do."""

    person_id = HouseholdReference(references="people_person")
    notice = models.TextField(choices=choices_of(Notice))
    wanted = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id", "person_id", "notice"], name="one_choice_a_notice"
            ),
        ]
