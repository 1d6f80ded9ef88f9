"""Figures over requests: counts and delays in the database, of nobody, without a word of what one says.

Each function is one statement and reads ``cases_case`` and ``cases_opinion`` alone: neither what a request
says, nor its title, is in them. For the desk, over all households, within a scope.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models import Case as Choice
from django.db.models.functions import TruncMonth, TruncWeek

from havre.commons.cases.models import Case, Opinion
from havre.commons.cases.words import RIGHTS_PREFIX, CaseStatus, Team
from havre.commons.worklist.queries import EVERYTHING, Scope
from havre.foundation.disclosure import FEWEST


class Step(StrEnum):
    """The pace of a series."""

    WEEK = "week"
    MONTH = "month"


class Grouped(StrEnum):
    """By what requests are told apart: not at all, or by this column."""

    ALL = ""
    KIND = "kind"
    TEAM = "team"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Of which requests, and when: from ``start`` up to ``end``, which is left out; ``before`` is where the
    period that they are compared with begins."""

    before: datetime
    start: datetime
    end: datetime
    scope: Scope = EVERYTHING
    team: Team | None = None


@dataclass(frozen=True)
class Quantiles:
    """Seconds of work within which half, and nine in ten, were answered."""

    median: float
    ninetieth: float


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided of a group. Delays leave the member's own waiting out; none where fewer than five
    were answered. ``complete``: nothing had to be asked."""

    decided: int
    rejected: int
    asked: int
    asked_twice: int
    complete: Quantiles | None
    incomplete: Quantiles | None


class Part(NamedTuple):
    """A kind and a team, in the period or in the one before it."""

    kind: str
    team: Team
    current: bool


class Percentile(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def filed(wanted: Wanted) -> Counter[Part]:
    """How many were filed. One statement."""
    rows = _between(wanted, "filed_at").values("kind", "team", "current").annotate(n=Count("id"))
    return Counter({_part(row): row["n"] for row in rows})


def decided(wanted: Wanted, by: Grouped) -> dict[tuple[str, bool], Decided]:
    """What was decided, by group, in the period (true) and in the one before it. One statement."""
    grouped = ("current", by.value) if by else ("current",)
    complete, incomplete = Q(asked_times=0), Q(asked_times__gt=0)
    rows = (
        _between(wanted, "decided_at")
        .values(*grouped)
        .annotate(
            decided=Count("id"),
            rejected=Count("id", filter=Q(status=CaseStatus.REJECTED)),
            asked=Count("id", filter=incomplete),
            twice=Count("id", filter=Q(asked_twice=True)),
            complete_half=Percentile("worked_seconds", share=0.5, filter=complete),
            complete_most=Percentile("worked_seconds", share=0.9, filter=complete),
            incomplete_half=Percentile("worked_seconds", share=0.5, filter=incomplete),
            incomplete_most=Percentile("worked_seconds", share=0.9, filter=incomplete),
        )
    )
    return {(row[by.value] if by else "", row["current"]): _decided(row) for row in rows}


def series(wanted: Wanted, column: str, step: Step, *, zone: ZoneInfo) -> Counter[date]:
    """How many were filed (``filed_at``) or decided (``decided_at``), by the first day of each week or
    month. One statement."""
    cut = (TruncWeek if step is Step.WEEK else TruncMonth)(column, tzinfo=zone)
    rows = _between(wanted, column).filter(current=True).values(day=cut).annotate(n=Count("id"))
    return Counter({row["day"].date(): row["n"] for row in rows})


def rejections(wanted: Wanted) -> Counter[tuple[str, str]]:
    """How many were rejected, by kind and by the code of the reason. One statement."""
    rows = _between(wanted, "decided_at").filter(current=True, status=CaseStatus.REJECTED)
    counted = rows.values("kind", "reason").annotate(n=Count("id"))
    return Counter({(row["kind"], row["reason"]): row["n"] for row in counted})


def opinions(wanted: Wanted) -> Counter[tuple[Part, int]]:
    """How many gave each score, one to five, to an answer of the period. One statement."""
    given = Opinion.objects.filter(household_id=OuterRef("household_id"), id=OuterRef("id"))
    rows = _between(wanted, "decided_at").annotate(score=Subquery(given.values("score")))
    rows = rows.filter(score__isnull=False)
    counted = rows.values("kind", "team", "current", "score").annotate(n=Count("id"))
    return Counter({(_part(row), row["score"]): row["n"] for row in counted})


def _between(wanted: Wanted, column: str) -> Any:  # annotated beyond what the types know
    """Requests of both periods, each with its team and the period it is of."""
    span = {f"{column}__gte": wanted.before, f"{column}__lt": wanted.end}
    rows = Case.objects.filter(_in_scope(wanted.scope), **span).order_by()
    team = Choice(
        When(prefix=RIGHTS_PREFIX, then=Value(Team.RIGHTS.value)),
        default=F("compartment"),
        output_field=TextField(),
    )
    current = ExpressionWrapper(Q(**{f"{column}__gte": wanted.start}), output_field=BooleanField())
    rows = rows.annotate(team=team, current=current)
    return rows.filter(team=wanted.team) if wanted.team else rows


def _in_scope(scope: Scope) -> Q:
    limits = {
        "product__in": scope.products,
        "employer_id__in": scope.employers,
        "intermediary_id__in": scope.intermediaries,
    }
    return Q(**{column: values for column, values in limits.items() if values is not None})


def _part(row: dict[str, Any]) -> Part:
    return Part(row["kind"], Team(row["team"]), row["current"])


def _decided(row: dict[str, Any]) -> Decided:
    return Decided(
        decided=row["decided"],
        rejected=row["rejected"],
        asked=row["asked"],
        asked_twice=row["twice"],
        complete=_quantiles(row, "complete", row["decided"] - row["asked"]),
        incomplete=_quantiles(row, "incomplete", row["asked"]),
    )


def _quantiles(row: dict[str, Any], which: str, answered: int) -> Quantiles | None:
    if answered < FEWEST or row[f"{which}_half"] is None:
        return None
    return Quantiles(row[f"{which}_half"], row[f"{which}_most"])
