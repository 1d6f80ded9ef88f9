"""What a role may change of a row that is its own to change: these columns, and once where it is for good."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from havre.domains.certificates.models import Certificate
from havre.domains.people.models import Sharing
from havre.foundation.db import Actor, Channel, Role, acting
from tests.builders import (
    NOW,
    a_certificate,
    a_contract,
    a_household,
    a_member,
    a_sharing,
)
from tests.database import acting_as

pytestmark = pytest.mark.django_db
ACTOR = Actor(name="tests", channel=Channel.ONLINE, purpose="try")


@pytest.mark.parametrize(
    ("role", "table", "column"),
    [
        (Role.WEB, "accounts_codeapp", "secret"),
        (Role.WEB, "accounts_codeapp", "account_id"),
        (Role.WEB, "accounts_passkey", "public_key"),
        (Role.WEB, "accounts_securityreport", "state"),
        (Role.WEB, "accounts_changenotice", "account_id"),
        (Role.MEMBER, "privacy_noticechoice", "person_id"),
        (Role.MEMBER, "privacy_consent", "given"),
        (Role.MEMBER, "people_sharing", "reader_id"),
        (Role.MEMBER, "people_membership", "adherent_number"),
        (Role.MEMBER, "people_membership", "membership_end"),
        (Role.MEMBER, "certificates_certificate", "last_day"),
        (Role.MEMBER, "documents_document", "compartment"),
    ],
)
def test_a_column_is_not_theirs_to_change(role: Role, table: str, column: str) -> None:  # S3
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("SELECT has_column_privilege(%s, %s, %s, 'UPDATE')", [role, table, column])
        assert cursor.fetchone() == (False,)


def test_what_was_withdrawn_or_revoked_stays_so() -> None:  # W20, W30
    household = a_household()
    claire = a_member(household=household)[0]
    mathieu = a_member(household=household, link="SPOUSE")[0]
    a_sharing(person=mathieu, reader=claire)
    a_certificate(person=claire, contract=a_contract(household=household))
    with acting(actor=ACTOR, role=Role.MEMBER, household=household):
        for rows, column in (
            (Sharing.objects.all(), "withdrawn_at"),
            (Certificate.objects.all(), "revoked_at"),
        ):
            assert rows.update(**{column: NOW}) == 1
            for again in (None, NOW + timedelta(days=1)):
                assert rows.update(**{column: again}) == 0


def test_a_stranger_asks_the_one_function_and_reads_no_table() -> None:
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.proconfig FROM pg_proc p JOIN pg_namespace n "
            "ON n.oid = p.pronamespace WHERE p.prosecdef AND n.nspname IN ('public', 'health')"
        )
        for name, settings in cursor.fetchall():
            assert any(one.startswith("search_path=") for one in settings or ()), name
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'havre_%' AND rolname <> 'havre_owner' "
            "AND has_function_privilege(rolname, 'certificates_check(bytea, bytea)', 'EXECUTE')"
        )
        may = {row[0] for row in cursor.fetchall()}
    assert may == {Role.PUBLIC}
    with pytest.raises(DatabaseError), acting(actor=ACTOR, role=Role.PUBLIC):
        list(Certificate.objects.all())
