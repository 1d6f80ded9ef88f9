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
