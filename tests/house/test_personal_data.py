"""Every field of every table is declared: what it is kept for, until when, and how it goes."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from havre.foundation.db.fields import SealedField
from havre.foundation.personal_data import Erasure, NotPersonal, TableDeclaration
from havre.project.register import APPS, declarations, register

PAGE = Path(__file__).resolve().parents[2] / "docs" / "privacy-register.md"
DECLARED = {table.model_label: table for table in declarations()}
OURS = [model for model in apps.get_models() if model.__module__.startswith("havre.")]


def fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_declared(model: type[models.Model]) -> None:
    declared = DECLARED.get(model._meta.label, TableDeclaration(model._meta.label, ()))
    assert declared.missing(fields(model)) == ()
    assert declared.unknown(fields(model)) == ()


def test_nothing_is_declared_that_is_not_a_table() -> None:
    assert set(DECLARED) == {model._meta.label for model in OURS}


def test_every_app_with_tables_is_asked() -> None:
    assert set(APPS) == {model._meta.app_config.name for model in OURS}


def test_the_walk_sees_a_field_that_nobody_declared() -> None:
    line = DECLARED["health.Line"]
    assert line.missing(["care_date", "blood_group"]) == ("blood_group",)


@pytest.mark.parametrize("table", DECLARED.values(), ids=lambda table: table.model_label)
def test_data_on_health_name_what_lifts_the_ban(table: TableDeclaration) -> None:
    if table.model_label.startswith("health."):
        assert all(kept.special for kept in table.kept)
        assert len(table.kept) == len(table.entries)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_is_sealed_or_of_a_household_is_somebody_s(model: type[models.Model]) -> None:
    somebodys = {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField) or field.name == "household_id"
    }
    said_otherwise = {
        name
        for entry in DECLARED[model._meta.label].entries
        if isinstance(entry, NotPersonal)
        for name in entry.fields
    }
    assert not somebodys & said_otherwise


def test_what_is_blanked_can_be_empty() -> None:
    for table in DECLARED.values():
        model = apps.get_model(table.model_label)
        for kept in table.kept:
            if kept.erase is Erasure.BLANK:
                assert all(model._meta.get_field(name).null for name in kept.fields)


def test_the_register_is_the_one_that_the_declarations_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == register(declarations()), (
        "write it again: python -m havre.project.register > docs/privacy-register.md"
    )
