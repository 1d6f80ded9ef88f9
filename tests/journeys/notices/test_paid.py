"""A reimbursement was paid: one mail a member and batch, which says nothing of the care."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail as sent_mails

from havre.commons.accounts.models import Account
from havre.commons.notifications import actions as notifications
from havre.commons.notifications.models import OutgoingMail
from havre.commons.notifications.words import MailState
from havre.commons.privacy.models import NoticeChoice
from havre.domains.people.models import Membership, Person
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from havre.journeys.loading.load import load
from tests.builders import NOW, a_contract, a_household, a_member, an_active_account
from tests.database import acting_as
from tests.journeys.loading.feeds import a_line, a_transfer, gathered

pytestmark = pytest.mark.django_db
KIND = "notices.reimbursement_paid"
TODAY = NOW.date()
QUIET = """
version: tests
sensitive: []
private_from_age: 13
contracts: [{kind: INDIVIDUAL, withholds: [AMOUNTS_OF_OTHERS]}]
"""


@dataclass(frozen=True)
class Home:
    holder: Person
    account: Account


@pytest.fixture
def home() -> Home:
    household = a_household(external_id="H-1")
    holder, membership = a_member(
        household=household,
        person={"external_id": "P-1", "first_name": "Claire"},
        adherent_number="HV 1",
        email="claire@example.org",
        language="en",
    )
    a_contract(household=household, external_id="K-1")
    return Home(holder, an_active_account(membership=membership))


def a_spouse(home: Home, **changes: Any) -> Person:
    person, membership = a_member(
        household=home.holder.household_id,
        person={"external_id": "P-2", "first_name": "Marc"},
        **{"link": "SPOUSE", "adherent_number": "HV 2", "email": "marc@example.org", **changes},
    )
    an_active_account(membership=membership)
    return person


def pay(number: int, *, person: str = "P-1", dry_run: bool = False, **changes: Any) -> None:
    fields = {"external_id": f"T-{number}", "settled_on": TODAY} | changes
    transfer = a_transfer(**fields)
    line = a_line(external_id=f"L-{number}", transfer=f"T-{number}", person=person, contract="K-1")
    batch = gathered(transfer, line)
    with acting_as(Role.WORKER):
        load(batch, actor_source="tests", now=NOW, dry_run=dry_run)


def outbox() -> list[OutgoingMail]:
    with acting_as(Role.WORKER):
        return list(OutgoingMail.objects.filter(kind=KIND).order_by("id"))


def leaves(row: OutgoingMail) -> MailState | None:
    with acting_as(Role.WORKER):
        return notifications.send(mail_id=row.id, now=NOW)


def test_it_says_neither_what_nor_how_much_and_how_to_do_without(home: Home) -> None:  # W43
    pay(1)
    (row,) = outbox()
    assert leaves(row) is MailState.SENT
    (mail,) = sent_mails.outbox
    text = str(mail.body)
    assert "A reimbursement has just been paid" in text
    for told in ("20", "Consultation", "DENTAL", "Dental", "VIR"):
        assert told not in text.replace("/mails/stop?t=", "").split("Stop these mails")[0]
    stop = mail.extra_headers["List-Unsubscribe"]
    assert stop.startswith("<http://localhost/en/mails/stop?t=")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop.strip("<>") in text
    assert "http://localhost/en/profile" in text
    assert "claire" not in stop


def test_whoever_has_a_line_is_told_once_a_batch(home: Home) -> None:
    a_spouse(home)
    pay(1, person="P-2")
    assert len(outbox()) == 2
    pay(1, person="P-2")  # the same file again
    assert len(outbox()) == 2
    pay(2)
    assert len(outbox()) == 3


def test_the_holder_is_not_told_of_what_a_contract_withholds(
    home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:  # W20
    rules = tmp_path / "quiet.yaml"
    rules.write_text(QUIET)
    monkeypatch.setattr(settings.HAVRE, "CONFIDENTIALITY", rules)
    spouse = a_spouse(home)
    pay(1, person="P-2")
    assert [row.about["person"] for row in outbox()] == [str(spouse.id)]
    pay(2)  # their own
    assert [row.about["person"] for row in outbox()][1:] == [str(home.holder.id)]


def test_a_holder_who_has_left_is_told_of_nobody_else(home: Home) -> None:  # W20
    with acting_as(Role.OWNER):
        Membership.objects.filter(person_id=home.holder.id).update(
            membership_end=TODAY - timedelta(days=1)
        )
    spouse = a_spouse(home)
    pay(1, person="P-2")
    assert [row.about["person"] for row in outbox()] == [str(spouse.id)]


def test_who_has_no_account_is_not_written_to(home: Home) -> None:
    person = {"external_id": "P-2"}
    a_member(
        household=home.holder.household_id, person=person, link="SPOUSE", email="x@example.org"
    )
    pay(1, person="P-2")
    assert len(outbox()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"payee": "PROVIDER"},
        {"settled_on": TODAY - timedelta(days=15)},
        {"settled_on": date(2020, 1, 1)},
        {"dry_run": True},
    ],
)
def test_nothing_is_told_of(home: Home, changes: dict[str, Any]) -> None:
    pay(1, **changes)
    assert outbox() == []


def test_the_preference_is_asked_when_it_leaves(home: Home) -> None:
    pay(1)
    with acting_as(Role.OWNER):
        NoticeChoice.objects.create(
            id=new_id(),
            household_id=home.holder.household_id,
            person_id=home.holder.id,
            notice="REIMBURSEMENT_PAID",
            wanted=False,
            changed_at=NOW,
        )
    assert leaves(outbox()[0]) is MailState.EXPIRED
    assert sent_mails.outbox == []


def test_a_suspended_account_is_not_written_to(home: Home) -> None:
    pay(1)
    with acting_as(Role.OWNER):
        Account.objects.filter(id=home.account.id).update(state="SUSPENDED", closed_for="REPORTED")
    assert leaves(outbox()[0]) is MailState.EXPIRED
