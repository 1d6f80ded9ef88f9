"""How many said that an answer helped."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from havre.commons.content.models import AnswerCount


@dataclass(frozen=True)
class AnswersSeen:
    question: str
    helped: int
    did_not: int


def answers(*, since: date) -> list[AnswersSeen]:
    """By question since a day, those that helped least first."""
    rows = (
        AnswerCount.objects.filter(day__gte=since)
        .values("question")
        .annotate(
            yes=Sum("count", filter=Q(helped=True), default=0),
            no=Sum("count", filter=Q(helped=False), default=0),
        )
    )
    found = [AnswersSeen(row["question"], row["yes"], row["no"]) for row in rows]
    return sorted(found, key=lambda one: (one.helped - one.did_not, one.question))
