"""Addresses of before are kept three months, and no longer."""

from datetime import timedelta

import pytest

from havre.domains.people.actions import forget_former_emails
from havre.domains.people.models import FormerEmail
from havre.foundation.db import Role
from tests.builders import NOW, a_member
from tests.database import acting_as

pytestmark = pytest.mark.django_db


def test_an_address_of_before_goes_after_three_months() -> None:
    for days in (91, 93):
        _person, membership = a_member()
        with acting_as(Role.OWNER):
            FormerEmail(
                household_id=membership.household_id,
                membership_id=membership.id,
                email=f"after-{days}@exemple.org",
                replaced_at=NOW - timedelta(days=days),
            ).save(force_insert=True)
    with acting_as(Role.WORKER):
        assert forget_former_emails(now=NOW) == 1
    with acting_as(Role.OWNER):
        assert FormerEmail.objects.get().email == "after-91@exemple.org"
