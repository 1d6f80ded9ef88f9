from django.db import models
from django.db.models.functions import Now

from havre.commons.content.words import Slug
from havre.foundation.db.fields import choices_of
from havre.foundation.ids import new_id


class LegalText(models.Model):
    """One version of a text in one language, kept for ever: people have accepted it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.TextField(choices=choices_of(Slug))
    language = models.TextField()
    version = models.TextField()
    in_force_from = models.DateField()
    title = models.TextField()
    source = models.TextField()
    html = models.TextField()
    sha256 = models.TextField()
    author = models.TextField(default="", db_default="")
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "version", "language"], name="one_text_a_version_and_language"
            ),
        ]
        indexes = [
            models.Index(
                fields=["slug", "language", "-in_force_from"], name="content_text_in_force"
            ),
        ]


class Version(models.Model):
    """One version of a kind of content in both languages, kept for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()
    number = models.IntegerField()
    in_force_from = models.DateField()
    document = models.JSONField()
    files = models.JSONField(default=dict)
    """By the name that the document gives: sha256, media_type and size."""
    sha256 = models.TextField()
    author = models.TextField()
    loaded_at = models.DateTimeField()
    back_to = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="one_version_a_number"),
        ]


class File(models.Model):
    """The bytes of a file, once however many versions show it."""

    sha256 = models.TextField(primary_key=True)
    body = models.BinaryField()
    loaded_at = models.DateTimeField()


class Draft(models.Model):
    """What somebody of the desk has changed of a kind so far, a row a change: undone one by one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()
    author = models.TextField()
    step = models.IntegerField()
    base = models.IntegerField(null=True)
    """The version that it was begun from; none where nothing was published."""
    seen = models.IntegerField()
    """The highest number when it was begun: a higher one is somebody else's."""
    document = models.JSONField()
    files = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    publish_at = models.DateTimeField(null=True)
    """Of the last change: publish the draft at that moment."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "author", "step"], name="one_draft_a_kind_author_and_step"
            ),
        ]


class AnswerCount(models.Model):
    """How many said on a day that the answer to a question helped, or that it did not. Nobody's name."""

    question = models.TextField()
    day = models.DateField()
    helped = models.BooleanField()
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "day", "helped"], name="one_count_a_question_day_and_answer"
            ),
        ]
