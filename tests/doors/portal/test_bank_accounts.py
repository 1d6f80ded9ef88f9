"""Where refunds go, in words; and the link that stops a change, for whoever is not signed in."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
import time_machine

from havre.domains.payments.models import BankAccount
from havre.domains.people.models import Person
from havre.foundation.crypto import link_digest, link_token, provisional_key
from havre.foundation.ids import new_id
from tests.builders import IBAN, a_bank_account, a_member
from tests.doors.portal.at_the_gate import browser, leads_to, text_of
from tests.doors.portal.conftest import NOW, Member
from tests.journeys.account_opening.asking import outbox
from tests.journeys.loading.tables import query

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
PAGE, LIST = "/en/stop-account", "/en/bank-accounts"
OTHER = "FR1420041010050500013M02606"


def a_change(person: Person, **changes: object) -> BankAccount:
    """Another account, verified an hour ago, that refunds go to in three days."""
    row_id = new_id()
    digest = link_digest(provisional_key(), link_token(provisional_key(), row_id))
    fields: dict[str, object] = {
        "id": row_id,
        "bank_name": "Banque du Large",
        "proposed_at": NOW,
        "verified_at": NOW,
        "usable_from": NOW + timedelta(hours=72),
        "stop_digest": digest,
        "stop_until": NOW + timedelta(days=7),
    }
    return a_bank_account(person=person, number=OTHER, **(fields | changes))


def a_link(account: BankAccount) -> str:
    return f"{PAGE}/{link_token(provisional_key(), account.id)}"


def state(account: BankAccount) -> str:
    ((found,),) = query("SELECT state FROM payments_bankaccount WHERE id = %s", account.id)
    return str(found)


# --- The page ------------------------------------------------------------------------------------


def test_the_page_says_where_refunds_go_and_from_when(claire: Member) -> None:
    a_bank_account(person=claire.person)
    a_change(claire.person)
    text = unescape(claire.page("bank-accounts"))
    assert "Refunds in EUR go there from Thursday 18 June 2026" in text
    assert "Refunds in EUR go there until Thursday 18 June 2026" in text
    assert "FR14 •••• 2606" in text
    assert "Banque du Large" in text
    assert "You gave it online" in text
    assert OTHER not in text
    assert IBAN not in text


def test_without_an_account_the_page_says_what_to_do(claire: Member) -> None:
    assert "No account yet" in unescape(claire.page("bank-accounts"))


def test_another_adults_account_is_not_shown_and_a_childs_is(claire: Member) -> None:
    spouse, _ = a_member(household=claire.household, link="SPOUSE")
    child, _ = a_member(
        household=claire.household,
        person={"first_name": "Jo", "birth_date": NOW.date().replace(year=2020)},
        link="CHILD",
    )
    hidden = a_bank_account(person=spouse)
    a_change(child)
    text = unescape(claire.page("bank-accounts"))
    assert hidden.number_shown not in text
    assert "Jo" in text
    assert claire.client.post(f"{LIST}/{hidden.id}/stop").status_code == 404


def test_a_change_is_stopped_from_the_page_and_a_second_click_is_harmless(claire: Member) -> None:
    a_bank_account(person=claire.person)
    change = a_change(claire.person)
    for _again in range(2):
        answer = claire.client.post(f"{LIST}/{change.id}/stop")
        assert answer["Location"] == f"{LIST}?stopped=1"
    assert state(change) == "STOPPED"
    text = unescape(claire.page("bank-accounts?stopped=1"))
    assert "The change is stopped" in text
    assert "Refunds in EUR go there." in text


def test_what_can_no_longer_be_stopped_says_to_call(claire: Member) -> None:
    known = a_bank_account(person=claire.person)
    answer = claire.client.post(f"{LIST}/{known.id}/stop")
    assert answer["Location"] == f"{LIST}?stopped=0"
    assert "Call us" in unescape(claire.page("bank-accounts?stopped=0"))
    assert state(known) == "VERIFIED"


# --- The link ------------------------------------------------------------------------------------


@pytest.fixture
def change() -> BankAccount:
    person, _ = a_member(email="n.exemple@example.org", language="en")
    return a_change(person)


def test_reading_says_what_the_button_does_and_does_nothing(change: BankAccount) -> None:
    client = browser()
    for _again in range(2):
        answer = client.get(a_link(change))
        assert leads_to(answer) == PAGE
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
    page = client.get(PAGE)
    assert "FR14 •••• 2606" in text_of(page)
    assert "Nothing more goes to this account" in text_of(page)
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert state(change) == "VERIFIED"


def test_the_button_stops_it_once_tells_everyone_and_somebody_looks(change: BankAccount) -> None:
    first, second = browser(), browser()
    for client in (first, second):
        client.get(a_link(change))
    assert leads_to(first.post(PAGE)) == PAGE
    assert state(change) == "STOPPED"
    assert "The change is stopped" in text_of(first.get(PAGE))
    assert leads_to(first.post(PAGE)) == PAGE  # a second click is harmless
    for answer in (second.post(PAGE), second.get(PAGE), browser().post(PAGE)):
        assert answer.status_code == 410
    assert [mail.kind for mail in outbox()] == ["payments.account_stopped"]
    assert query("SELECT source, kind, source_id FROM worklist_workitem") == [
        ("BANK", "bank-account-stopped", change.id)
    ]


def test_a_link_older_than_seven_days_says_to_call(change: BankAccount) -> None:
    client = browser()
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        client.get(a_link(change))
        assert client.get(PAGE).status_code == 410
        assert client.post(PAGE).status_code == 410
        assert "we stop it while you are on the line" in text_of(client.get(PAGE))
    assert state(change) == "VERIFIED"


def test_a_link_that_is_none_of_ours_opens_nothing() -> None:
    client = browser()
    client.get(f"{PAGE}/{link_token(provisional_key(), UUID(int=7))}")
    assert client.get(PAGE).status_code == 410
