"""How long answers take, measured; nothing is promised that was not."""

from datetime import date, datetime, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from havre.commons.cases.models import Case, Delay, Published
from havre.commons.cases.queries.figures import Percentile
from havre.foundation.disclosure import FEWEST

_OVER = timedelta(days=90)


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
            median=Percentile("worked_seconds", share=0.5),
            ninetieth=Percentile("worked_seconds", share=0.9),
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


def publish_figure(*, now: datetime, on: date) -> None:
    """Count how often something was asked twice over ninety days, for members to read. Needs the batch
    role."""
    counted = Case.objects.filter(decided_at__gte=now - _OVER).aggregate(
        decided=Count("id"), asked_twice=Count("id", filter=Q(asked_twice=True))
    )
    Published.objects.all().delete()
    Published.objects.create(measured_on=on, **counted)
