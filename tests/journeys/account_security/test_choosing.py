"""What the password of someone may not be made of."""

import pytest

from havre.commons.accounts.models import Account
from havre.commons.accounts.words import PasswordFault
from havre.foundation.signing_in.passwords import fault_of
from havre.journeys.account_security.choosing import chooser
from tests.builders import an_account
from tests.journeys.account_opening.asking import EMAIL, the_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return an_account(membership=the_member())


@pytest.mark.parametrize(
    "password",
    ["LeGoffMoreau1", "helene-moreau", "HV-204-817-3-HV", "n.legoff-1980", "moreau05031980"],
)
def test_a_password_may_not_be_made_of_ones_names_number_or_birth(
    account: Account, password: str
) -> None:
    who = chooser(household=account.household_id, membership=account.membership_id)
    assert who.tell.email == EMAIL
    assert fault_of(password, about=who.about) is PasswordFault.ABOUT_YOU
