"""A member signed in on a day of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from havre.commons.accounts.models import Account
from havre.domains.people.models import Membership, Person
from havre.doors.portal.identity import CONFIRMED
from tests.builders import a_member, an_account

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
LAST = datetime(2026, 6, 12, 13, 42, tzinfo=UTC)
BACKEND = "havre.commons.accounts.access.SessionAccounts"


Withholding = Callable[[str], None]


@pytest.fixture
def withholding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Withholding:
    """From now on collective contracts withhold this."""

    def withhold(what: str) -> None:
        rules = tmp_path / f"{what}.yaml"
        rules.write_text(
            "version: tests\nsensitive: []\nprivate_from_age: 13\n"
            f"contracts: [{{kind: COLLECTIVE, withholds: [{what}]}}]\n"
        )
        monkeypatch.setattr(settings.HAVRE, "CONFIDENTIALITY", rules)

    return withhold


@dataclass(frozen=True)
class Member:
    """Someone signed in, and their browser."""

    client: Client
    account: Account
    person: Person
    membership: Membership

    @property
    def household(self) -> UUID:
        return self.person.household_id

    def page(self, path: str, *, language: str = "en") -> str:
        """The page in that language; it must be there."""
        answer = self.client.get(f"/{language}/{path}")
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()


def signed_in(
    *,
    person: Person | None = None,
    membership: Membership | None = None,
    previous_sign_in: datetime | None = LAST,
) -> Member:
    """Claire, holder of a household of her own, unless someone else is given; past the first sign-in."""
    if person is None or membership is None:
        person, membership = a_member(
            person={"first_name": "Claire", "family_name": "Aubrac"}, adherent_number="HV 204 817 3"
        )
    account = an_account(
        membership=membership,
        state="ACTIVE",
        password_chosen_at=NOW,
        email_confirmed_at=NOW,
        previous_sign_in_at=previous_sign_in,
        previous_sign_in_zone="America/Mexico_City" if previous_sign_in else None,
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(account, backend=BACKEND)
    session = client.session
    session.update(
        {
            "used": int(NOW.timestamp()),
            CONFIRMED: int(NOW.timestamp()),
            "name": f"{person.first_name} {person.family_name}",
        }
    )
    session.save()
    return Member(client, account, person, membership)


@pytest.fixture
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def claire(db: None, that_day: None) -> Member:
    """The holder of a household, on :data:`TODAY`."""
    return signed_in()
