import sys
from dataclasses import replace
from pathlib import Path

import pytest

from havre.foundation.personal_data import (
    Erasure,
    Kept,
    LegalBasis,
    NotPersonal,
    Purpose,
    Retention,
    Source,
    SpecialBasis,
    TableDeclaration,
    collect,
    register_rows,
)

LEAVING = Retention(24, "the last cover ended")
IDENTITY = Kept(
    fields=("family_name", "birth_date"),
    purpose=Purpose.CONTRACT,
    legal_basis=LegalBasis.CONTRACT,
    sources=(Source.FEED, Source.MEMBER),
    retention=LEAVING,
    export=True,
    erase=Erasure.BLANK,
)
PERSON = TableDeclaration("people.Person", (IDENTITY, NotPersonal(("id",), "a random id")))

APP = """
from havre.foundation.personal_data import NotPersonal, TableDeclaration
DECLARATIONS = (TableDeclaration("{label}", (NotPersonal(("id",), "a random id"),)),)
"""


def test_a_field_that_nobody_declared_is_missing() -> None:
    assert PERSON.missing(["id", "family_name", "birth_date"]) == ()
    assert PERSON.missing(["id", "nir", "birth_date", "family_name", "email"]) == ("email", "nir")


def test_a_declared_field_that_the_model_lost_is_unknown() -> None:
    assert PERSON.unknown(["id", "family_name", "birth_date", "email"]) == ()
    assert PERSON.unknown(["id"]) == ("birth_date", "family_name")


def test_a_field_is_declared_once() -> None:
    with pytest.raises(ValueError, match=r"people\.Person declares birth_date more than once"):
        TableDeclaration("people.Person", (IDENTITY, NotPersonal(("birth_date",), "")))


def test_a_retention_is_told_in_words() -> None:
    assert str(LEAVING) == "24 months after the last cover ended"
    assert str(Retention(0, "the mail is sent")) == "until the mail is sent"


@pytest.mark.parametrize(("months", "after"), [(-1, "the end"), (12, " ")])
def test_a_retention_counts_from_an_event(months: int, after: str) -> None:
    with pytest.raises(ValueError, match="from an event"):
        Retention(months, after)


@pytest.fixture
def apps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith("declaring_")]:
        monkeypatch.delitem(sys.modules, name)
    return tmp_path


def an_app(apps: Path, name: str, privacy: str | None = None) -> str:
    (apps / name).mkdir()
    (apps / name / "__init__.py").touch()
    if privacy is not None:
        (apps / name / "privacy.py").write_text(privacy)
    return name


def test_declarations_are_collected_from_each_app_that_has_tables(apps: Path) -> None:
    one = an_app(apps, "declaring_one", APP.format(label="one.Table"))
    none = an_app(apps, "declaring_none")
    two = an_app(apps, "declaring_two", APP.format(label="two.Table"))
    assert [table.model_label for table in collect([one, none, two])] == ["one.Table", "two.Table"]


def test_a_table_declared_by_two_apps_is_refused(apps: Path) -> None:
    three = an_app(apps, "declaring_three", APP.format(label="same.Table"))
    four = an_app(apps, "declaring_four", APP.format(label="same.Table"))
    with pytest.raises(ValueError, match=r"same\.Table is declared more than once"):
        collect([three, four])


@pytest.mark.parametrize(
    ("name", "privacy", "fault"),
    [
        ("declaring_nothing", "", AttributeError),
        ("declaring_broken", "import no_such_module", ModuleNotFoundError),
    ],
)
def test_a_broken_declaration_is_no_silence(
    apps: Path, name: str, privacy: str, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        collect([an_app(apps, name, privacy)])


def test_the_register_groups_what_is_kept_alike() -> None:  # GDPR art. 30
    care = replace(
        IDENTITY,
        fields=("act",),
        purpose=Purpose.REIMBURSEMENT,
        special=SpecialBasis.SOCIAL_PROTECTION,
    )
    longer = replace(IDENTITY, fields=("end",), retention=Retention(60, "the contract ended"))
    health = TableDeclaration("health.Line", (care, replace(IDENTITY, fields=("person",))))
    contracts = TableDeclaration("contracts.Cover", (longer,))
    rows = register_rows([health, PERSON, contracts])
    assert [(row.purpose, row.retention.months, row.data) for row in rows] == [
        (
            Purpose.CONTRACT,
            24,
            ("health.Line.person", "people.Person.family_name", "people.Person.birth_date"),
        ),
        (Purpose.CONTRACT, 60, ("contracts.Cover.end",)),
        (Purpose.REIMBURSEMENT, 24, ("health.Line.act",)),
    ]
    assert rows[2].special == SpecialBasis.SOCIAL_PROTECTION
    assert rows[0].sources == (Source.FEED, Source.MEMBER)
