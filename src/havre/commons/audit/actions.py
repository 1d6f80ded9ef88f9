"""Everything that writes to the journal of readings. The history itself has no writer but its trigger."""

from collections.abc import Iterable
from uuid import UUID

from havre.commons.audit.models import Reading
from havre.commons.audit.words import Datum


def record_reading(
    *, household: UUID, account: UUID, people: Iterable[UUID], datum: Datum, purpose: str
) -> None:
    """Record that an account was shown a datum of these people of its household.

    Needs the transaction in which the datum is read, so that neither happens alone. One statement.
    """
    Reading.objects.bulk_create(
        Reading(
            household_id=household,
            account_id=account,
            person_id=person,
            datum=datum,
            purpose=purpose,
        )
        for person in people
    )
