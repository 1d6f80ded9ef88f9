"""What is published tells nothing of anyone but who published it."""

from havre.foundation.personal_data import (
    Erasure,
    Kept,
    LegalBasis,
    NotPersonal,
    Purpose,
    Retention,
    Source,
    TableDeclaration,
)

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
    TableDeclaration(
        "content.Version",
        (
            NotPersonal(
                (
                    "id",
                    "kind",
                    "number",
                    "in_force_from",
                    "document",
                    "files",
                    "sha256",
                    "loaded_at",
                    "back_to",
                ),
                "content that is published",
            ),
            Kept(
                fields=("author",),
                purpose=Purpose.SECURITY,
                legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
                sources=(Source.STAFF,),
                retention=Retention(60, "the version was published"),
                export=False,
                erase=Erasure.PSEUDONYM,
            ),
        ),
    ),
    TableDeclaration(
        "content.File", (NotPersonal(("sha256", "body", "loaded_at"), "a file that is published"),)
    ),
    TableDeclaration(
        "content.AnswerCount",
        (
            NotPersonal(
                ("id", "question", "day", "helped", "count"),
                "a count of a day: no account, no address, no device",
            ),
        ),
    ),
)
