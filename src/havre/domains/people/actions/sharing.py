"""Who lets whom see their care: agreed and withdrawn by that person alone, each time on record."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from havre.domains.people.models import Sharing


def agree_to_share(
    *, household: UUID, person: UUID, reader: UUID, wording: str, now: datetime
) -> bool:
    """``person`` agrees that ``reader`` sees their care, by the version ``wording`` of the text shown.

    False where that stood already. Needs the guard of the household; who may is the caller's to know.
    """
    try:
        with transaction.atomic():
            Sharing.objects.create(
                household_id=household,
                person_id=person,
                reader_id=reader,
                agreed_at=now,
                wording=wording,
            )
    except IntegrityError as error:
        if "one_sharing_a_reader" in str(error):
            return False
        raise
    return True


def stop_sharing(*, household: UUID, person: UUID, reader: UUID, now: datetime) -> bool:
    """``person`` no longer shares with ``reader``; False where they did not. Needs the guard."""
    standing = Sharing.objects.filter(
        household_id=household, person_id=person, reader_id=reader, withdrawn_at=None
    )
    return standing.update(withdrawn_at=now) > 0
