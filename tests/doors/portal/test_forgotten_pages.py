"""A forgotten password, from the link under the field to home."""

from uuid import UUID

import pytest

from havre.commons.accounts.models import Account, OpeningRequest
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db import Role, acting
from havre.journeys.account_security.recovering import recover
from tests.builders import NOW, an_active_account
from tests.database import acting_as
from tests.doors.portal.at_the_gate import (
    CHOOSE,
    EMAIL,
    HOME,
    SIGN_IN,
    browser,
    choose,
    leads_to,
    sign_in,
    text_of,
)
from tests.doors.portal.conftest import that_day
from tests.journeys.account_opening.asking import NUMBER, WORKER, kinds, outbox, the_member

__all__ = ["that_day"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
FORM = {"adherent_number": NUMBER, "birth_date": "05/03/1980"}
ASK = "/en/forgotten-password"
NEW = "des-mots-tout-neufs"


@pytest.fixture
def account() -> Account:
    return an_active_account(membership=the_member(language="en"))


def mailed_password() -> str:
    """What the worker sends for the request that waits."""
    with acting_as(Role.WORKER):
        with acting(actor=WORKER):
            request = OpeningRequest.objects.get(state="RECEIVED").id
        recover(request_id=request, now=NOW)
    return provisional_secret(provisional_key(), UUID(outbox()[-1].about["secret"]))


@pytest.mark.usefixtures("account")
def test_a_forgotten_password_is_replaced_and_every_session_ends() -> None:
    # W9, W10
    thief, owner = browser(), browser()
    assert leads_to(sign_in(thief)) == HOME
    assert leads_to(owner.post(ASK, FORM)) == f"{ASK}/received"
    assert leads_to(sign_in(owner, password=mailed_password())) == CHOOSE
    assert thief.get(HOME).status_code == 200
    assert leads_to(choose(owner, NEW)) == EMAIL
    assert leads_to(owner.get(EMAIL)) == HOME
    assert owner.get(HOME).status_code == 200
    assert leads_to(thief.get(HOME)) == SIGN_IN
    assert kinds() == ["new_password", "changed"]
    assert leads_to(sign_in(browser(), password=NEW)) == HOME
    assert sign_in(browser()).status_code == 422


@pytest.mark.usefixtures("account")
def test_a_request_alone_changes_nothing() -> None:
    # W10
    browser().post(ASK, FORM)
    mailed_password()
    assert leads_to(sign_in(browser())) == HOME


def test_both_links_stand_under_their_field_and_the_page_says_why() -> None:
    # W9, W10, W19
    page = text_of(browser().get("/fr/sign-in"))
    number, lost_number, password, lost_password = (
        page.index(words)
        for words in (
            'name="number"',
            "J’ai oublié mon identifiant",
            'name="password"',
            "Mot de passe oublié",
        )
    )
    assert number < lost_number < password < lost_password
    page = text_of(browser().get("/fr/forgotten-password"))
    assert "Nous ne pouvons pas vous rendre votre mot de passe" in page
    assert "par téléphone ou par courrier" in page
    assert "tel:" in text_of(browser().get("/fr/forgotten-number")) or "mailto:" in page


@pytest.mark.parametrize("page", ["forgotten-password", "forgotten-number"])
def test_a_form_that_is_not_complete_says_what_to_mend(page: str) -> None:
    answer = browser().post(f"/en/{page}", {"birth_date": "31/02/1980"})
    assert answer.status_code == 422
    assert "to check" in text_of(answer)
