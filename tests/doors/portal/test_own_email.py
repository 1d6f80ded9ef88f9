"""A new e-mail address: proved by a code at the new one, told to the old one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from havre.commons.accounts.actions import issue_provisional
from havre.commons.accounts.models import Account, EmailCode, ProvisionalSecret
from havre.commons.notifications.models import OutgoingMail
from havre.domains.people.models import Membership
from havre.foundation.crypto import numeric_code, provisional_key
from havre.foundation.db import Actor, Channel, Role, acting
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member

pytestmark = pytest.mark.django_db
SOMEBODY = Actor(name="tests", channel=Channel.ONLINE, purpose="ask for a password")
WAY = "/en/personal-information/email"
OLD, NEW = "claire@example.org", "claire.aubrac@example.net"


@pytest.fixture
def claire(claire: Member) -> Member:
    with acting_as(Role.OWNER):
        Membership.objects.filter(id=claire.membership.id).update(email=OLD)
    return claire


def on_file(member: Member) -> Membership:
    with acting_as(Role.OWNER):
        return Membership.objects.get(id=member.membership.id)


def sent_code() -> str:
    with acting_as(Role.OWNER):
        return numeric_code(provisional_key(), EmailCode.objects.latest("sent_at").id)


def mails() -> list[str]:
    with acting_as(Role.OWNER):
        return list(OutgoingMail.objects.order_by("id").values_list("kind", flat=True))


def ask(member: Member, email: str = NEW) -> Any:
    member.client.post(WAY, {"email": email})
    return member.client.get(f"{WAY}/code")


def test_it_changes_when_the_code_comes_back(claire: Member) -> None:  # W21
    page = ask(claire).content.decode()
    assert NEW in page
    assert on_file(claire).email == OLD
    assert mails() == ["own_contact.email_code"]
    answer = claire.client.post(f"{WAY}/code", {"code": sent_code()})
    assert answer["Location"] == "/en/personal-information?saved=email"
    row = on_file(claire)
    assert (row.email, row.origin["email"]["confirmed"]) == (NEW, True)
    assert mails() == ["own_contact.email_code", "accounts.changed"]
    with acting_as(Role.OWNER):
        assert Account.objects.get(id=claire.account.id).confirmed_email is not None


def test_a_provisional_password_sent_to_the_old_address_opens_nothing(
    claire: Member,
) -> None:  # W21
    with acting_as(Role.WORKER), acting(actor=SOMEBODY):
        issued = issue_provisional(account=claire.account.id, now=NOW, life=timedelta(hours=1))
    assert issued is not None
    ask(claire)
    claire.client.post(f"{WAY}/code", {"code": sent_code()})
    with acting_as(Role.OWNER):
        assert ProvisionalSecret.objects.get(id=issued.id).used_at == NOW


def test_going_back_afterwards_is_harmless(claire: Member) -> None:
    ask(claire)
    code = sent_code()
    claire.client.post(f"{WAY}/code", {"code": code})
    again = claire.client.post(f"{WAY}/code", {"code": code})
    assert again["Location"] == "/en/personal-information"
    assert len(mails()) == 2


def test_a_wrong_code_counts_and_changes_nothing(claire: Member) -> None:
    ask(claire)
    answer = claire.client.post(f"{WAY}/code", {"code": "000000"})
    assert answer.status_code == 422
    assert "4 tries left" in answer.content.decode()
    assert on_file(claire).email == OLD
    with acting_as(Role.OWNER):
        assert EmailCode.objects.get().failures == 1


def test_the_page_that_comes_again_sends_no_second_code(claire: Member) -> None:
    ask(claire)
    claire.client.get(f"{WAY}/code")
    assert len(mails()) == 1
    claire.client.post(f"{WAY}/code", {"again": "1"})
    assert len(mails()) == 2


def test_codes_are_not_sent_without_end(claire: Member) -> None:
    ask(claire)
    answers = [claire.client.post(f"{WAY}/code", {"again": "1"}).status_code for _ in range(5)]
    assert answers == [200] * 4 + [429]


def test_the_address_one_has_is_none_to_change_to(claire: Member) -> None:
    answer = claire.client.post(WAY, {"email": OLD.upper()})
    assert answer.status_code == 422
    assert mails() == []


def test_it_asks_to_confirm_that_it_is_you(claire: Member) -> None:
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        answer: Any = claire.client.get(WAY)
    assert "/confirm?next=" in answer["Location"]
