"""Counting whether an answer helped: a number a day, and nothing of who said it (S8)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from havre.commons.content.models import AnswerCount
from havre.foundation.db import Actor, Channel, Role, acting

MOST_A_DAY = 500
_READER = Actor(name="a reader", channel=Channel.ONLINE, purpose="say whether an answer helped")


def count_answer(*, question: str, helped: bool, today: date) -> None:
    """One more who said so. Opens a transaction, as the public: no account is in it.

    ``question`` is an id of the FAQ in force: the caller knows. A count stops at :data:`MOST_A_DAY`, so that
    whoever sends it a thousand times changes little, and nobody needs to be told from another.
    """
    with acting(actor=_READER, role=Role.PUBLIC):
        same = AnswerCount.objects.filter(question=question, day=today, helped=helped)
        if not _one_more(same) and not same.exists():
            try:
                with transaction.atomic():
                    same.create(question=question, day=today, helped=helped, count=1)
            except IntegrityError:  # the first two of the day at once
                _one_more(same)


def _one_more(same: QuerySet[AnswerCount]) -> int:
    return same.filter(count__lt=MOST_A_DAY).update(count=F("count") + 1)
