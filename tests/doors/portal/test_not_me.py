"""Behind the link of a notice: reading does nothing, the button closes the account."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.models import Account
from havre.commons.accounts.words import AccountState, SecurityChange
from havre.foundation.crypto import link_token, provisional_key
from havre.foundation.db import Actor, Channel, Role, acting
from tests.builders import NOW, an_active_account
from tests.database import acting_as
from tests.doors.portal.at_the_gate import HOME, browser, leads_to, sign_in, text_of
from tests.doors.portal.conftest import that_day
from tests.journeys.account_opening.asking import outbox, the_member

__all__ = ["that_day"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
PAGE, CLOSED = "/en/not-me", "/en/account-closed"
ASKS = Actor(name="tests", channel=Channel.ONLINE, purpose="change how one signs in")


def a_link() -> str:
    """The address that the newest notice of a member carries."""
    account = an_active_account(membership=the_member())
    with acting(actor=ASKS):
        accounts.tell_change(
            account=account.id,
            change=SecurityChange.PASSWORD,
            address="n@example.org",
            language="en",
            now=NOW,
        )
    notice = outbox()[-1].about["notice"]
    return f"{PAGE}/{link_token(provisional_key(), UUID(notice))}"


def state() -> str:
    with acting_as(Role.OWNER):
        return Account.objects.get().state


def test_reading_says_what_the_button_does_and_does_nothing() -> None:
    # W13
    client, link = browser(), a_link()
    for _again in range(2):
        answer = client.get(link)
        assert leads_to(answer) == PAGE
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
    page = client.get(PAGE)
    assert "Your password was changed" in text_of(page)
    assert "close my account" in text_of(page)
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert link.rpartition("/")[2] not in text_of(page)
    assert state() == AccountState.ACTIVE


def test_the_button_ends_every_session_and_the_owner_reads_what_to_do() -> None:
    # W13
    link, owner, client = a_link(), browser(), browser()
    assert leads_to(sign_in(owner)) == HOME
    client.get(link)
    assert leads_to(client.post(PAGE)) == CLOSED
    assert state() == AccountState.SUSPENDED
    assert leads_to(owner.get(HOME)) == "/en/sign-in"
    assert leads_to(sign_in(owner)) == CLOSED
    assert "Call us" in text_of(owner.get(CLOSED))
    assert leads_to(owner.get(HOME)) == "/en/sign-in"


def test_a_link_acts_once_and_says_so_afterwards() -> None:
    link, first, second = a_link(), browser(), browser()
    for client in (first, second):
        client.get(link)
    assert leads_to(first.post(PAGE)) == CLOSED
    for answer in (second.post(PAGE), second.get(PAGE), first.get(PAGE), browser().post(PAGE)):
        assert answer.status_code == 410
        assert "no longer acts" in text_of(answer)


def test_a_link_older_than_72_hours_says_to_call() -> None:
    link, client = a_link(), browser()
    with time_machine.travel(NOW + timedelta(hours=72), tick=False):
        client.get(link)
        assert client.get(PAGE).status_code == 410
        assert client.post(PAGE).status_code == 410
    assert state() == AccountState.ACTIVE


def test_a_link_that_is_none_of_ours_leaves_no_session() -> None:
    answer = browser().get(f"{PAGE}/{'x' * 24}")
    assert leads_to(answer) == PAGE
    assert "havre-session" not in answer.cookies
