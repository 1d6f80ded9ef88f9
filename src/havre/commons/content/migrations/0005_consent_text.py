"""The text of commercial consent is a text with versions like the others."""

from django.db import migrations, models

SLUGS = (
    *("terms", "legal-notice", "privacy", "safety-advice", "accessibility"),
    "commercial-consent",
)


class Migration(migrations.Migration):
    dependencies = [("content", "0004_published_guard")]

    operations = [
        migrations.AlterField(
            "legaltext", "slug", models.TextField(choices=[(slug, slug) for slug in SLUGS])
        ),
    ]
