"""How long answers take, measured; nothing is promised that was not."""

from datetime import date, datetime, timedelta

from django.db.models import Aggregate, BooleanField, Count, ExpressionWrapper, FloatField, Q

from havre.commons.cases.models import Case, Delay

_OVER = timedelta(days=90)
FEWEST = 5
"""Fewer answers than this are no measure."""


class _Percentile(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def measure_delays(*, now: datetime, on: date) -> int:
    """Measure each kind over ninety days, complete requests apart from those with something asked.

    Gives how many figures there are. Needs the batch role.
    """
    asked = ExpressionWrapper(Q(asked_times__gt=0), output_field=BooleanField())
    rows = (
        Case.objects.filter(decided_at__gte=now - _OVER, worked_seconds__isnull=False)
        .annotate(asked=asked)
        .values("kind", "asked")
        .annotate(
            cases=Count("id"),
            median=_Percentile("worked_seconds", share=0.5),
            ninetieth=_Percentile("worked_seconds", share=0.9),
        )
        .filter(cases__gte=FEWEST)
        .order_by("kind", "asked")
    )
    made = [
        Delay(
            kind=row["kind"],
            asked=row["asked"],
            measured_on=on,
            cases=row["cases"],
            median_seconds=round(row["median"]),
            ninetieth_seconds=round(row["ninetieth"]),
        )
        for row in rows
    ]
    Delay.objects.all().delete()
    Delay.objects.bulk_create(made)
    return len(made)
