"""What the web's user of the database may change of an account: how one signs in, never whose it is."""

import pytest
from django.db import connection

from havre.commons.accounts.models import Account, EmailCode, ProvisionalSecret
from havre.foundation.db import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "kept"),
    [
        (Account, {"id", "household_id", "membership_id", "person_id", "number_key", "opened_at"}),
        (ProvisionalSecret, {"id", "account_id", "digest", "issued_at", "expires_at"}),
        (EmailCode, {"id", "account_id", "email", "digest", "sent_at", "expires_at"}),
    ],
)
def test_the_web_changes_no_id_number_or_life(model: type, kept: set[str]) -> None:
    columns = {field.column for field in model._meta.concrete_fields}  # type: ignore[attr-defined]
    assert kept <= columns
    assert not kept & {column for column in columns if may_update(model, column)}


def may_update(model: type, column: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_column_privilege(%s, %s, %s, 'UPDATE')",
            [Role.WEB, model._meta.db_table, column],  # type: ignore[attr-defined]
        )
        return bool(cursor.fetchone()[0])
