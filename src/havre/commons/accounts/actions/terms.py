"""Accepting the terms of use."""

from datetime import datetime
from uuid import UUID

from havre.commons.accounts.models import TermsAcceptance
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.ids import new_id
from havre.foundation.refusals import Refusal


class StaleTerms(Refusal):
    """The text shown is no longer the one in force."""


def accept_terms(
    *, account: UUID, shown: str, version: str, language: str, text_sha256: str, now: datetime
) -> None:
    """Record the acceptance of the text in force; ``shown`` is the hash of the text on the page.

    Accepting twice (a double click, two tabs) is accepting once: the first stands.
    """
    if shown != text_sha256:
        raise StaleTerms
    actor = Actor(name=str(account), channel=Channel.ONLINE, purpose="accept the terms of use")
    with acting(actor=actor):
        TermsAcceptance.objects.get_or_create(
            account_id=account,
            version=version,
            defaults={
                "id": new_id(),
                "language": language,
                "text_sha256": text_sha256,
                "accepted_at": now,
            },
        )
