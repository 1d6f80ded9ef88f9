"""Whoever gives the right pair of a closed account is told why, in words that help, and nobody else."""

import pytest
from django.test import Client

from havre.commons.accounts.models import Account
from havre.commons.accounts.words import ClosedFor
from havre.foundation.db.roles import Role
from tests.builders import an_active_account
from tests.database import acting_as
from tests.doors.portal.at_the_gate import browser, leads_to, sign_in, text_of
from tests.journeys.account_opening.asking import NUMBER, the_member

pytestmark = pytest.mark.django_db
CLOSED, OTHER = "account-closed", "HV 999 999 9"
STATE_OF = {
    ClosedFor.REPORTED: "SUSPENDED",
    ClosedFor.ASKED: "SUSPENDED",
    **dict.fromkeys(
        (
            ClosedFor.MISUSE,
            ClosedFor.ATTEMPTS,
            ClosedFor.FRAUD_REPORTED,
            ClosedFor.END_OF_RELATIONS,
            ClosedFor.DEATH,
        ),
        "DISABLED",
    ),
}
WORDS = {
    ClosedFor.REPORTED: ("a change was not yours", "un changement ne venait pas de vous"),
    ClosedFor.ASKED: ("You asked us to suspend", "Vous nous avez demandé de suspendre"),
    ClosedFor.MISUSE: ("terms of use do not allow", "ne permettent pas"),
    ClosedFor.ATTEMPTS: ("tried many times", "de nombreuses fois"),
    ClosedFor.FRAUD_REPORTED: ("stolen", "volés"),
    ClosedFor.END_OF_RELATIONS: ("copy of your data", "copie de vos données"),
    ClosedFor.DEATH: ("sorry for your loss", "condoléances"),
}


@pytest.fixture
def account() -> Account:
    return an_active_account(membership=the_member())


def close(account: Account, why: ClosedFor) -> None:
    with acting_as(Role.OWNER):
        Account.objects.filter(id=account.id).update(state=STATE_OF[why], closed_for=why)


def test_every_reason_that_is_told_is_tried_here() -> None:
    assert STATE_OF.keys() == WORDS.keys() == set(ClosedFor) - {ClosedFor.FORGOTTEN}


@pytest.mark.parametrize("why", WORDS)
def test_the_right_pair_reads_why_and_whom_to_call(
    client: Client, account: Account, why: ClosedFor
) -> None:
    # W13, W19
    close(account, why)
    assert leads_to(sign_in(client)) == f"/en/{CLOSED}"
    for language, said in zip(("en", "fr"), WORDS[why], strict=True):
        page = client.get(f"/{language}/{CLOSED}").content.decode()
        assert said in page
        assert 'href="tel:' in page
        assert 'href="mailto:' in page


def test_a_wrong_password_reads_the_same_as_for_an_unknown_number(
    client: Client, account: Account
) -> None:
    # W13
    close(account, ClosedFor.DEATH)
    wrong = sign_in(client, password="not the password")
    unknown = sign_in(browser(), number=OTHER, password="not the password")
    assert wrong.status_code == unknown.status_code == 422
    typed = [
        text_of(wrong).replace(f'value="{NUMBER}"', ""),
        text_of(unknown).replace(f'value="{OTHER}"', ""),
    ]
    assert typed[0] == typed[1]


def test_the_page_says_nothing_of_anybody_to_who_only_knows_its_address(client: Client) -> None:
    page = client.get(f"/en/{CLOSED}").content.decode()
    assert "sorry" not in page
    assert "has died" not in page
