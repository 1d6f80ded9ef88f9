"""The order of a first sign-in: password, e-mail, terms, home (W2, W8)."""

from itertools import product

import pytest

from havre.commons.accounts.rules.steps import next_step
from havre.commons.accounts.words import Step


@pytest.mark.parametrize(("email", "terms"), list(product([False, True], repeat=2)))
def test_nothing_comes_before_a_password_of_ones_own(*, email: bool, terms: bool) -> None:
    # W8
    assert (
        next_step(password_chosen=False, email_confirmed=email, terms_accepted=terms)
        is Step.PASSWORD
    )


@pytest.mark.parametrize("terms", [False, True])
def test_then_the_address(*, terms: bool) -> None:
    # W8
    assert (
        next_step(password_chosen=True, email_confirmed=False, terms_accepted=terms) is Step.EMAIL
    )


def test_then_the_terms_then_home() -> None:
    # W2
    assert next_step(password_chosen=True, email_confirmed=True, terms_accepted=False) is Step.TERMS
    assert next_step(password_chosen=True, email_confirmed=True, terms_accepted=True) is Step.HOME
