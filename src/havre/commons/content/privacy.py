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


def _author(begins: str) -> Kept:
    return Kept(
        fields=("author",),
        purpose=Purpose.SECURITY,
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        sources=(Source.STAFF,),
        retention=Retention(60, begins),
        export=False,
        erase=Erasure.PSEUDONYM,
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
            _author("the version was published"),
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
            _author("the version was published"),
        ),
    ),
    TableDeclaration(
        "content.File", (NotPersonal(("sha256", "body", "loaded_at"), "a file that is published"),)
    ),
    TableDeclaration(
        "content.Draft",
        (
            NotPersonal(
                (
                    *("id", "kind", "step", "base", "seen"),
                    *("document", "files", "made_at", "publish_at"),
                ),
                "content that may be published",
            ),
            _author("the draft was made"),
        ),
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
