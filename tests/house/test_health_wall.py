"""The health wall, at the height of the models: nothing points in, and what points out has no way back."""

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, models
from django.test.utils import isolate_apps

from havre.foundation.db import Role
from havre.foundation.db.fields import HouseholdReference
from tests.database import acting_as

HEALTH = "health"


def breaches(registry: Apps) -> list[str]:
    """Each relation from outside into health, and each from health that its target could follow back."""
    found = []
    for model in registry.get_models(include_auto_created=True):
        inside = model._meta.app_label == HEALTH
        for field in model._meta.get_fields(include_hidden=True):
            if not inside and _points_in(field):
                found.append(f"{model._meta.label}.{field.name} points into health")
            if inside and _leads_back(field):
                found.append(f"{model._meta.label}.{field.name} can be followed back into health")
    return found


def _points_in(field: object) -> bool:
    if isinstance(field, HouseholdReference):
        return field.references.replace('"', "").startswith(f"{HEALTH}.")
    # Reverse accessors count too: they are how the other side would read health.
    target = getattr(field, "related_model", None)
    return bool(target) and target._meta.app_label == HEALTH and not _hidden(field)


def _hidden(field: object) -> bool:
    return isinstance(field, models.ForeignObjectRel) and field.hidden


def _leads_back(field: object) -> bool:
    if not isinstance(field, models.ForeignKey | models.ManyToManyField):
        return False
    return field.related_model._meta.app_label != HEALTH and not field.remote_field.hidden


def test_the_wall_holds() -> None:  # S10
    assert breaches(apps) == []


def test_its_tables_are_in_a_schema_of_their_own() -> None:
    tables = [model._meta.db_table for model in apps.get_app_config(HEALTH).get_models()]
    assert tables
    assert all(table.startswith('"health".') for table in tables)


@pytest.mark.django_db
def test_no_key_of_the_database_points_in() -> None:
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint "
            "JOIN pg_class target ON target.oid = confrelid JOIN pg_class origin ON origin.oid = conrelid "
            "WHERE contype = 'f' AND target.relnamespace = 'health'::regnamespace "
            "AND origin.relnamespace <> target.relnamespace"
        )
        assert cursor.fetchall() == []


# --- Planted, each is found ----------------------------------------------------------------------


@isolate_apps("havre.domains.health", "havre.domains.people")
def test_a_planted_relation_into_health_is_found() -> None:
    class Care(models.Model):
        class Meta:
            app_label = HEALTH

    class Neighbour(models.Model):
        care = models.ForeignKey(Care, on_delete=models.CASCADE)

        class Meta:
            app_label = "people"

    assert breaches(Neighbour._meta.apps) == ["people.Neighbour.care points into health"]


@isolate_apps("havre.domains.health", "havre.domains.people")
def test_a_planted_reference_into_health_is_found() -> None:
    class Neighbour(models.Model):
        transfer_id = HouseholdReference(references='"health"."transfer"')

        class Meta:
            app_label = "people"

    assert breaches(Neighbour._meta.apps) == ["people.Neighbour.transfer_id points into health"]


@isolate_apps("havre.domains.health", "havre.domains.people")
def test_a_planted_way_back_into_health_is_found() -> None:
    class Neighbour(models.Model):
        class Meta:
            app_label = "people"

    class Care(models.Model):
        neighbour = models.ForeignKey(Neighbour, on_delete=models.CASCADE)
        silent = models.ForeignKey(Neighbour, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = HEALTH

    assert "health.Care.neighbour can be followed back into health" in breaches(Care._meta.apps)
    assert not any("silent" in breach for breach in breaches(Care._meta.apps))
