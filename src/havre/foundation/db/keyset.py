"""Pages that begin where another ended: the columns of a place compared as one row."""

from django.db.models import F, Q
from django.db.models.fields import tuple_lookups


def row_than(than: str, /, **place: object) -> Q:
    """``row_than("lt", day=day, id=id)`` is ``(day, id) < (…, …)``, in the order of the names.

    ``than`` is lt, lte, gt or gte. One range of an index on these columns, where the same in ORs and
    ANDs reads from the first column on:
    https://www.postgresql.org/docs/current/functions-comparisons.html#ROW-WISE-COMPARISON
    """
    lookup = tuple_lookups.tuple_lookups[than]
    return Q(lookup(tuple(map(F, place)), tuple(place.values())))
