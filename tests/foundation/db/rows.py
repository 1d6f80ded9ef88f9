"""A row in every table that names a household, made from the models: a table added later is filled too."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from havre.foundation.db.fields import HouseholdReference
from havre.foundation.ids import new_id

_MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
_WRITTEN_BY_A_TRIGGER = {"public.audit_change"}
# Of two columns that may be empty, the one that a row has.
_ALWAYS = {("public.audit_reading", "account_id")}
# Columns of the directory tables that point to a household's row as plain ids.
# Rows that have the id of another: one of each, apart for what it reaches.
_SAME_ID = dict.fromkeys(("public.cases_content", "public.cases_opinion"), "public.cases_case")
_NAMED_FOR = {"person_id": "public.people_person", "membership_id": "public.people_membership"}


def household_models() -> dict[str, type[models.Model]]:
    """Models whose rows name a household, by table as the catalogue writes it."""
    return {
        qualified(model._meta.db_table): model
        for model in apps.get_models()
        if "household_id" in {field.attname for field in model._meta.concrete_fields}
    }


def qualified(table: str) -> str:
    """A model's table as the catalogue writes it: "public.people_person"."""
    schema, _, name = table.replace('"', "").rpartition(".")
    return f"{schema or 'public'}.{name}"


def points_to(field: Any) -> str | None:
    """The table of the same household that a column refers to, or none."""
    if isinstance(field, HouseholdReference):
        return qualified(field.references)
    if isinstance(field, models.ForeignKey) and qualified(field.related_model._meta.db_table) in (
        household_models()
    ):
        return qualified(field.related_model._meta.db_table)
    return _NAMED_FOR.get(field.attname)


def a_household_everywhere() -> tuple[UUID, dict[str, Any]]:
    """A household with one row in each of its tables. Gives its id, and each row's id by table.

    Be the owner. Keys between tables are checked at the end of the transaction, so any order will do.
    """
    household = new_id()
    ids: dict[str, Any] = {table: new_id() for table in household_models()}
    ids |= {table: ids[other] for table, other in _SAME_ID.items()}
    ids["public.people_household"] = household
    apps.get_model("people.Household").objects.create(
        id=household, source="test", external_id=str(household)
    )
    for table, model in household_models().items():
        if table in _WRITTEN_BY_A_TRIGGER:
            continue
        values = {
            field.attname: ids.get(points_to(field) or "", _value(field, household))
            for field in model._meta.concrete_fields
            if _is_needed(field) or (table, field.attname) in _ALWAYS
        }
        row = model._base_manager.create(**{**values, **_own_id(model, ids[table])})
        ids[table] = row.pk
    return household, ids


def all_rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def _is_needed(field: Any) -> bool:
    if field.primary_key and not isinstance(field, models.TextField):
        return False
    if field.attname == "household_id" or points_to(field):
        return True
    return not (field.null or field.has_default() or _db_default(field))


def _db_default(field: Any) -> bool:
    return field.db_default is not models.NOT_PROVIDED


def _own_id(model: type[models.Model], row_id: UUID) -> dict[str, Any]:
    return {"id": row_id} if isinstance(model._meta.pk, models.UUIDField) else {}


def _value(field: Any, household: UUID) -> Any:
    if field.attname == "household_id":
        return household
    if field.choices:
        return field.choices[0][0]
    match field:
        case models.UUIDField():
            return new_id()
        case models.DateTimeField():
            return _MOMENT
        case models.DateField():
            return _MOMENT.date()
        case models.BinaryField():
            return household.bytes + field.attname.encode()
        case models.DecimalField():
            return Decimal(1)
        case models.IntegerField():
            return 1
        case models.BooleanField():
            return True
        case _:
            return f"{field.attname} of {household}"[: field.max_length]
