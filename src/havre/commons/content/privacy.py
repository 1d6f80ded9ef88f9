"""Published texts tell nothing of anyone."""

from havre.foundation.personal_data import NotPersonal, TableDeclaration

DECLARATIONS = (
    TableDeclaration(
        "content.LegalText",
        (
            NotPersonal(
                (
                    "id",
                    "slug",
                    "language",
                    "version",
                    "in_force_from",
                    "title",
                    "source",
                    "html",
                    "sha256",
                    "loaded_at",
                ),
                "a text that is published",
            ),
        ),
    ),
)
