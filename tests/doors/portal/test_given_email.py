"""The address of a member who had none: theirs to give, once a letter let them in."""

from typing import Any

import pytest

from havre.commons.accounts.models import Account, EmailCode, ProvisionalSecret
from havre.commons.notifications.models import RefusingAddress
from havre.domains.people.models import Membership
from havre.foundation.crypto import numeric_code, provisional_key
from havre.foundation.db import Role
from havre.foundation.signing_in.addresses import address_index
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member
from tests.doors.portal.test_own_email import mails, on_file, sent_code

pytestmark = pytest.mark.django_db
WAY = "/en/first-sign-in/own-email"
GIVEN = "odette@example.org"


def let_in(member: Member, *, by_post: bool) -> Member:
    """At the step of the address, by a provisional password that came so."""
    with acting_as(Role.OWNER):
        Account.objects.filter(id=member.account.id).update(
            email_confirmed_at=None, confirmed_email=None
        )
        ProvisionalSecret.objects.create(
            account_id=member.account.id,
            digest=b"d" * 32,
            issued_at=NOW,
            expires_at=NOW,
            used_at=NOW,
            by_post=by_post,
        )
    return member


def give(member: Member, **form: str) -> Any:
    return member.client.post(WAY, form)


def test_an_address_is_given_and_proved_by_its_code(claire: Member) -> None:
    let_in(claire, by_post=True)
    assert claire.client.get("/en/first-sign-in/email")["Location"] == WAY
    assert give(claire, email="nowhere").status_code == 422
    give(claire, email="odette@exampel.org")
    give(claire, other="1")
    assert give(claire, email=GIVEN)["Location"] == WAY
    assert GIVEN in claire.client.get(WAY).content.decode()
    assert on_file(claire).email is None
    assert give(claire, code="000000").status_code == 422
    assert give(claire, code=sent_code())["Location"] == "/en/first-sign-in/terms"
    assert on_file(claire).email == GIVEN
    with acting_as(Role.OWNER):
        assert Account.objects.get(id=claire.account.id).email_confirmed_at == NOW


def test_no_other_way_in_gives_an_address(claire: Member) -> None:
    let_in(claire, by_post=False)
    assert claire.client.get("/en/first-sign-in/email").status_code == 409
    assert give(claire, email=GIVEN)["Location"] == "/en/first-sign-in/email"
    assert on_file(claire).email is None


def test_an_address_that_refuses_is_told_on_home_until_it_works(claire: Member) -> None:
    with acting_as(Role.OWNER):
        Membership.objects.filter(id=claire.membership.id).update(email=GIVEN)
        Account.objects.update(confirmed_email=address_index(GIVEN))
    told = "Our mails to your address come back"
    assert told not in claire.page("")
    with acting_as(Role.OWNER):
        RefusingAddress.objects.create(address=address_index(GIVEN.upper()), since=NOW)
    assert told in claire.page("")
    way = "/en/personal-information/email"
    assert GIVEN in claire.client.get(way).content.decode()
    assert claire.client.post(way, {"email": GIVEN})["Location"] == f"{way}/code"
    claire.client.get(f"{way}/code")
    with acting_as(Role.OWNER):
        code = numeric_code(provisional_key(), EmailCode.objects.latest("sent_at").id)
    assert claire.client.post(f"{way}/code", {"code": code}).status_code == 302
    assert told not in claire.page("")
    assert mails() == ["own_contact.email_code"]  # nothing changed: nobody is told of a change
