"""Second factors on screen: at the gate, in the member's space, and for who lost everything."""

import html
import json
import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client

from havre.commons.accounts.models import Account, ChangeNotice, CodeApp, Passkey, RecoveryCode
from havre.domains.people.models import Membership
from havre.doors.portal.identity import SECOND_STEP
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.authenticator import Device
from tests.builders import (
    NOW,
    PASSWORD,
    a_member,
    a_passkey,
    a_recovery_code,
    an_active_account,
    an_app,
)
from tests.database import acting_as
from tests.doors.portal.at_the_gate import (
    CHOOSE,
    HOME,
    another_secret,
    browser,
    choose,
    leads_to,
    opening,
    sign_in,
)
from tests.doors.portal.conftest import Member, signed_in
from tests.journeys.account_opening.asking import sent, the_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP, LIST, PASSKEY_IN = (
    "/en/sign-in/second-step",
    "/en/profile/second-factors",
    "/en/sign-in/passkey",
)
LATER = NOW + timedelta(minutes=15)


@pytest.fixture
def membership() -> Membership:
    return the_member(language="en")


@pytest.fixture
def account(membership: Membership) -> Account:
    made = an_active_account(membership=membership)
    an_app(made, SECRET)
    a_recovery_code(made, "ABCD-EFGH-JKMN")
    return made


def code(after: timedelta = timedelta()) -> str:
    return pyotp.TOTP(SECRET).at(NOW + after)


def asked(page: Any) -> dict[str, Any]:
    """What the page's script would ask the device."""
    found = re.search(r'data-options="([^"]+)"', page.content.decode())
    assert found
    options: dict[str, Any] = json.loads(html.unescape(found[1]))
    return options


def enrol(client: Client, device: Device) -> Any:
    page = client.get(f"{LIST}/passkey")
    return client.post(
        f"{LIST}/passkey", {"name": "Blue phone", "passkey": device.make(asked(page))}
    )


# --- At the gate ----------------------------------------------------------------------------------


def test_the_password_alone_opens_only_the_second_step(account: Account) -> None:
    client = browser()
    assert leads_to(sign_in(client)) == STEP
    assert set(client.session.keys()) == {SECOND_STEP, "_session_expiry"}
    page = client.get(STEP).content.decode()
    assert "Code of your app, or a recovery code" in page
    assert "Do not ask again on this device for 30 days" in page
    assert leads_to(client.get(HOME)) == "/en/sign-in"
    assert leads_to(client.post(STEP, {"code": code()})) == HOME
    assert client.get(HOME).status_code == 200


def test_the_same_code_does_not_open_again(account: Account) -> None:
    for status in (302, 422):
        client = browser()
        sign_in(client)
        assert client.post(STEP, {"code": code()}).status_code == status


def test_a_recovery_code_opens_once(account: Account) -> None:
    for status in (302, 422):
        client = browser()
        sign_in(client)
        assert client.post(STEP, {"code": "abcd efgh jkmn"}).status_code == status


def test_the_use_of_a_recovery_code_is_told(account: Account) -> None:
    client = browser()
    sign_in(client)
    client.post(STEP, {"code": "ABCD-EFGH-JKMM"})
    assert not ChangeNotice.objects.exists()
    client.post(STEP, {"code": "ABCD-EFGH-JKMN"})
    assert ChangeNotice.objects.get().change == "RECOVERY_CODE_USED"
    mail = sent(now=NOW)[-1]
    assert mail.subject == "A recovery code was used"
    assert "/en/not-me/" in str(mail.body)
    assert "ABCD" not in str(mail.body)
    client.post("/en/sign-out")
    sign_in(client)
    client.post(STEP, {"code": code()})
    assert ChangeNotice.objects.count() == 1  # the app's code is the usual way


@pytest.mark.parametrize(
    "change", [{"password": "!changed"}, {"state": "SUSPENDED", "closed_for": "REPORTED"}]
)
def test_a_password_that_was_changed_meanwhile_leads_nowhere(
    account: Account, change: dict[str, str]
) -> None:  # W11
    client = browser()
    sign_in(client)
    with acting_as(Role.OWNER):
        Account.objects.filter(id=account.id).update(**change)
    assert leads_to(client.post(STEP, {"code": code()})) == "/en/sign-in"
    assert "_auth_user_id" not in client.session
    assert SECOND_STEP not in client.session


def test_guesses_wait(account: Account) -> None:
    client = browser()
    sign_in(client)
    for _guess in range(5):
        client.post(STEP, {"code": "000000"})
    answer = client.post(STEP, {"code": code()})
    assert answer.status_code == 422
    assert "Too many attempts" in answer.content.decode()


def test_a_device_is_remembered_where_its_owner_wishes(account: Account) -> None:
    client = browser()
    sign_in(client)
    client.post(STEP, {"code": code(), "remember": "on"})
    client.post("/en/sign-out")
    assert leads_to(sign_in(client)) == HOME
    assert leads_to(sign_in(browser())) == STEP
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert leads_to(sign_in(client)) == STEP


def test_a_device_is_not_remembered_unasked(account: Account) -> None:
    client = browser()
    sign_in(client)
    client.post(STEP, {"code": code()})
    client.post("/en/sign-out")
    assert leads_to(sign_in(client)) == STEP


def test_the_provisional_password_asks_for_the_factor_first() -> None:
    # W10
    account, password = opening()
    an_app(account, SECRET)
    client = browser()
    assert leads_to(sign_in(client, password=password)) == STEP
    assert leads_to(client.get(CHOOSE)) == "/en/sign-in"
    assert leads_to(client.post(STEP, {"code": code()})) == CHOOSE
    choose(client)
    assert leads_to(sign_in(browser())) == STEP  # the factor is still there
    with time_machine.travel(NOW + timedelta(hours=1), tick=False), acting_as(Role.OWNER):
        Account.objects.update(state="OPENING")
    later = NOW + timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        again = browser()
        assert leads_to(sign_in(again, password=another_secret(account, now=later))) == STEP


def test_a_passkey_signs_in_alone_or_as_the_second_step(membership: Membership) -> None:
    account = an_active_account(membership=membership)
    client, device = browser(), Device()
    sign_in(client)
    with_codes = enrol(client, device)
    assert "Your second step is in place" in with_codes.content.decode()
    alone = browser()
    sent = {"passkey": device.use(asked(alone.get(PASSKEY_IN))), "time_zone": "Asia/Tokyo"}
    assert leads_to(alone.post(PASSKEY_IN, sent)) == HOME
    assert alone.session["_auth_user_id"] == str(account.id)
    replayed = browser()
    replayed.get(PASSKEY_IN)
    assert replayed.post(PASSKEY_IN, sent).status_code == 422
    second = browser()
    assert leads_to(sign_in(second)) == STEP
    answer = device.use(asked(second.get(STEP)))
    assert leads_to(second.post(STEP, {"passkey": answer})) == HOME


# --- In the member's space ------------------------------------------------------------------------


def test_an_app_is_added_with_its_first_code(claire: Member) -> None:
    assert leads_to(claire.client.post(f"{LIST}/app/begin")) == f"{LIST}/app"
    page = claire.page("profile/second-factors/app")
    key = re.search(r'<b class="mid2">([A-Z2-7 ]+)</b>', page)
    assert key
    assert "<svg" in page
    wrong: Any = claire.client.post(f"{LIST}/app", {"code": "000000"})
    assert wrong.status_code == 422
    right: Any = claire.client.post(
        f"{LIST}/app", {"code": pyotp.TOTP(key[1].replace(" ", "")).now()}
    )
    shown = re.findall(r'<li class="mid2 nw">([^<]+)</li>', right.content.decode())
    assert len(shown) == 10
    assert shown[0] not in claire.page("profile/second-factors")
    assert CodeApp.objects.get().added_at is not None
    assert leads_to(claire.client.get(f"{LIST}/app")) == LIST  # set up once


def test_each_change_is_told() -> None:
    person, membership = a_member(adherent_number="HV 9", email="claire@example.org")
    claire = signed_in(person=person, membership=membership)
    enrol(claire.client, Device())
    claire.client.post(f"{LIST}/codes")
    factor = Passkey.objects.get().id
    claire.client.post(f"{LIST}/{factor}/remove")
    told = list(ChangeNotice.objects.order_by("id").values_list("change", flat=True))
    assert told == ["FACTOR_ADDED", "RECOVERY_CODES", "FACTOR_REMOVED"]


def test_the_last_one_says_what_its_removal_means(claire: Member) -> None:
    first, second = a_passkey(claire.account), a_passkey(claire.account)
    assert "It is your last one" not in claire.page(f"profile/second-factors/{first.id}/remove")
    claire.client.post(f"{LIST}/{first.id}/remove")
    assert "It is your last one" in claire.page(f"profile/second-factors/{second.id}/remove")
    assert leads_to(claire.client.post(f"{LIST}/{second.id}/remove")) == LIST
    again: Any = claire.client.post(f"{LIST}/{second.id}/remove")
    assert again.status_code == 404
    assert claire.client.post(f"{LIST}/{new_id()}/remove").status_code == 404


def test_the_eleventh_passkey_is_refused(claire: Member) -> None:
    for _number in range(9):
        a_passkey(claire.account)
    assert "which is the most" not in claire.page("profile/second-factors")
    page = claire.client.get(f"{LIST}/passkey")
    a_passkey(claire.account)  # in another window
    late: Any = {"name": "Blue phone", "passkey": Device().make(asked(page))}
    assert leads_to(claire.client.post(f"{LIST}/passkey", late)) == LIST
    assert Passkey.objects.count() == 10
    assert leads_to(claire.client.get(f"{LIST}/passkey")) == LIST
    said = claire.page("profile/second-factors")
    assert "You have 10 passkeys, which is the most there can be. Remove one" in said
    assert "profile/second-factors/passkey" not in said


def test_new_codes_are_shown_once(claire: Member) -> None:
    a_passkey(claire.account)
    a_recovery_code(claire.account, "ABCD-EFGH-JKMN")
    assert "You have 1 code left" in claire.page("profile/second-factors/codes")
    answer: Any = claire.client.post(f"{LIST}/codes")
    assert answer.content.decode().count("mid2 nw") == 10
    assert answer["Cache-Control"] == "no-store"
    assert RecoveryCode.objects.count() == 10


def test_without_a_factor_there_are_no_codes_to_make(claire: Member) -> None:
    assert leads_to(claire.client.post(f"{LIST}/codes")) == LIST
    assert RecoveryCode.objects.count() == 0


def test_home_offers_it_until_it_is_answered(claire: Member) -> None:
    assert "A safer sign-in" in claire.page("")
    assert leads_to(claire.client.post(f"{LIST}/decline")) == HOME
    assert "A safer sign-in" not in claire.page("")


def test_home_offers_nothing_to_who_has_one(claire: Member) -> None:
    enrol(claire.client, Device())
    assert "A safer sign-in" not in claire.page("")


# --- Confirm it is you ----------------------------------------------------------------------------


def test_a_code_or_a_passkey_confirms_too(claire: Member) -> None:
    device = Device()
    enrol(claire.client, device)
    an_app(claire.account, SECRET)
    with time_machine.travel(LATER, tick=False):
        after = LATER - NOW
        confirm: Any = claire.client.post(f"/en/confirm?next={LIST}/codes", {"code": code(after)})
        assert leads_to(confirm) == f"{LIST}/codes"
        assert claire.client.get(f"{LIST}/codes").status_code == 200
    with time_machine.travel(LATER + timedelta(minutes=15), tick=False):
        lapsed: Any = claire.client.post(f"{LIST}/codes")
        assert lapsed.status_code == 403
        sent = {"confirm-passkey": device.use(asked(lapsed))}
        assert "mid2 nw" in claire.client.post(f"{LIST}/codes", sent).content.decode()


def test_the_password_still_confirms(membership: Membership, account: Account) -> None:
    client = browser()
    sign_in(client)
    client.post(STEP, {"code": code()})
    with time_machine.travel(LATER, tick=False):
        confirm: Any = client.post("/en/confirm", {"password": PASSWORD})
        assert leads_to(confirm) == HOME
        assert client.post("/en/confirm", {"password": ""}).status_code == 422
