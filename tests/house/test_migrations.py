"""Migrations say what the models say, one after the other."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import RemoveIndex
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.django_db
OURS = sorted(
    {model._meta.app_label for model in apps.get_models() if model.__module__.startswith("havre.")}
)


def test_no_migration_is_missing() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)
    except SystemExit:
        pytest.fail(said.getvalue())


@pytest.mark.parametrize("app", OURS)
def test_migrations_are_linear(app: str) -> None:
    graph = MigrationLoader(None).graph
    assert len(graph.leaf_nodes(app)) == 1
    of_app = [key for key in graph.nodes if key[0] == app]
    forks = [
        key
        for key in of_app
        if len([child for child in graph.node_map[key].children if child.key[0] == app]) > 1
    ]
    assert forks == []


def test_the_web_user_can_tell_whether_all_were_applied() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.parametrize("app", OURS)
def test_every_app_with_tables_puts_them_under_the_guard(app: str) -> None:
    loader = MigrationLoader(None)
    assert (app, "0002_guard") in loader.disk_migrations


def test_an_index_that_was_removed_is_gone() -> None:
    """In a schema of its own it is dropped by its bare name, which finds nothing and says nothing."""
    steps = [
        step for one in MigrationLoader(None).disk_migrations.values() for step in one.operations
    ]
    removed = {step.name for step in steps if isinstance(step, RemoveIndex)}
    kept = {index.name for model in apps.get_models() for index in model._meta.indexes}
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes")
        assert (removed - kept).isdisjoint(name for (name,) in cursor.fetchall())
