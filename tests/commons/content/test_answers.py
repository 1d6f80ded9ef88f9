"""Whether an answer helped is counted, and nothing of who said it."""

from datetime import date

import pytest
from django.db import DatabaseError

from havre.commons.content import actions, queries
from havre.commons.content.actions import answers
from havre.commons.content.models import AnswerCount
from havre.foundation.db import Role
from tests.database import acting_as

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def count(question: str = "claim", *, helped: bool = True, day: date = DAY) -> None:
    actions.count_answer(question=question, helped=helped, today=day)


def rows() -> list[tuple[str, date, bool, int]]:
    with acting_as(Role.WORKER):
        return sorted(AnswerCount.objects.values_list("question", "day", "helped", "count"))


def test_a_count_by_question_day_and_answer_and_no_more():  # S8
    for _ in range(3):
        count()
    count(helped=False)
    count(day=date(2026, 3, 3))
    assert rows() == [
        ("claim", DAY, False, 1),
        ("claim", DAY, True, 3),
        ("claim", date(2026, 3, 3), True, 1),
    ]
    assert {field.name for field in AnswerCount._meta.fields} == {
        "id", "question", "day", "helped", "count",
    }  # fmt: skip


def test_a_count_stops_somewhere(monkeypatch):
    monkeypatch.setattr(answers, "MOST_A_DAY", 2)
    for _ in range(5):
        count()
    assert rows() == [("claim", DAY, True, 2)]


def test_those_that_helped_least_come_first():
    count("good")
    count("bad", helped=False)
    count("old", day=date(2026, 1, 1))
    with acting_as(Role.WORKER):
        seen = queries.answers(since=date(2026, 3, 1))
    assert [(one.question, one.helped, one.did_not) for one in seen] == [
        ("bad", 0, 1),
        ("good", 1, 0),
    ]


def test_the_site_cannot_read_who_or_set_a_count():
    with pytest.raises(DatabaseError):
        AnswerCount.objects.create(question="x", day=DAY, helped=True, count=9)
