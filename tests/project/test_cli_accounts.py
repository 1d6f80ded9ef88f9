"""What an operator types about accounts, on the tests' database, signed in as the worker."""

import pytest
from click.testing import CliRunner, Result
from tests.builders import NOW, a_passkey, an_active_account
from tests.database import acting_as
from tests.journeys.account_opening.asking import EMAIL, NUMBER, the_member

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.models import Account
from havre.foundation.db import Actor, Channel, Role, acting
from havre.project.cli import main, starting

pytestmark = pytest.mark.django_db
OWNER = Actor(name="tests", channel=Channel.ONLINE, purpose="say it was not me")


@pytest.fixture(autouse=True)
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django runs already here, on the tests' database."""
    monkeypatch.setattr(starting, "start", lambda _user: None)


@pytest.fixture
def account() -> Account:
    return an_active_account(membership=the_member())


def havre(*arguments: str) -> Result:
    with acting_as(Role.WORKER):
        answer = CliRunner().invoke(main, ["accounts", *arguments])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def state() -> tuple[str, str | None]:
    with acting_as(Role.OWNER):
        row = Account.objects.get()
    return row.state, row.closed_for


def test_show_says_the_state_and_names_nobody(account: Account) -> None:
    havre("disable", NUMBER, "--reason", "MISUSE", "--why", "sold access")
    told = havre("show", NUMBER).stdout
    for said in ("DISABLED (MISUSE)", "since", "by            command", "last sign-in  never"):
        assert said in told
    for personal in ("Le Goff", "Hélène", "example.org", "1980"):
        assert personal not in told


def test_suspend_disable_and_delete_say_what_they_did(account: Account) -> None:
    # W12, W13
    assert "Suspended." in havre("suspend", NUMBER, "--why", "asked by phone").stdout
    assert state() == ("SUSPENDED", "ASKED")
    assert "Disabled." in havre("disable", NUMBER, "--reason", "ATTEMPTS").stdout
    assert state() == ("DISABLED", "ATTEMPTS")
    refused = havre("delete", NUMBER, "--why", "asked by letter")
    assert refused.exit_code == 1
    assert "--yes" in refused.stderr
    assert state() == ("DISABLED", "ATTEMPTS")
    assert "Deleted." in havre("delete", NUMBER, "--why", "asked by letter", "--yes").stdout
    assert state() == ("DELETED", "FORGOTTEN")


def test_restore_opens_what_was_closed(account: Account) -> None:
    havre("suspend", NUMBER, "--why", "asked by phone")
    assert "Restored." in havre("restore", NUMBER, "--proof", "CALL_BACK", "--email", EMAIL).stdout
    assert state() == ("ACTIVE", None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "HV 999"), "No account was opened with this number"),
        (("restore", NUMBER, "--proof", "LETTER", "--email", EMAIL), "the account is ACTIVE"),
        (("disable", NUMBER, "--reason", "BOREDOM"), "BOREDOM"),
        (("suspend", NUMBER), "--why"),
    ],
)
def test_what_is_refused_says_why(account: Account, arguments: tuple[str, ...], said: str) -> None:
    refused = havre(*arguments)
    assert refused.exit_code != 0
    assert said in refused.stderr
    assert state() == ("ACTIVE", None)


def test_what_is_closed_is_not_suspended_on_top(account: Account) -> None:
    havre("disable", NUMBER, "--reason", "DEATH")
    assert "the account is DISABLED" in havre("suspend", NUMBER, "--why", "x").stderr


def test_list_gives_those_in_a_state(account: Account) -> None:
    assert "0" in havre("list").stdout
    assert NUMBER in havre("list", "--state", "ACTIVE").stdout
    havre("suspend", NUMBER, "--why", "asked")
    told = havre("list").stdout
    assert NUMBER in told
    assert "SUSPENDED (ASKED)" in told
    assert NUMBER not in havre("list", "--state", "ACTIVE").stdout


def test_reports_lists_who_said_it_was_not_them(account: Account) -> None:
    assert "0 waiting" in havre("reports").stdout
    with acting(actor=OWNER):
        accounts.suspend_reported(account=account.id, denied=None, now=NOW)
    told = havre("reports").stdout
    assert "1 waiting" in told
    assert NUMBER in told
    assert "reported from the space" in told


def test_remove_factors_counts_them_and_takes_a_proof(account: Account) -> None:
    a_passkey(account)
    assert havre("remove-factors", NUMBER, "--reason", "lost phone").exit_code == 2
    given = ("remove-factors", NUMBER, "--reason", "lost phone", "--proof", "LETTER")
    assert "1 removed." in havre(*given).stdout
    assert "There was none." in havre(*given).stdout
