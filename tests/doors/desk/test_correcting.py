"""Correcting how a member is reached at the desk: at once, with how it was asked, and the member is told."""

from typing import Any

import pytest

from havre.commons.accounts.models import Account
from havre.commons.notifications.models import OutgoingMail
from havre.domains.people.models import Membership
from havre.foundation.db import Role, acting
from tests.builders import BUILDER, a_member, an_active_account
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.staff import Desk

pytestmark = pytest.mark.django_db
PHONE = {"phone": "+33 6 12 34 56 78", "channel": "PHONE", "shown": ""}


@pytest.fixture
def claire() -> Membership:
    _person, membership = a_member(
        person={"first_name": "Claire"}, adherent_number="HV000000042", email="claire@exemple.org"
    )
    an_active_account(membership=membership)
    return membership


def sent(desk: Desk, whose: Membership, what: str, **form: str) -> Any:
    return desk.post(f"members/{whose.id}/contact/{what}", **form)


def now(whose: Membership) -> Membership:
    with acting_as(Role.OWNER):
        return Membership.objects.get(id=whose.id)


def mails() -> list[OutgoingMail]:
    with acting_as(Role.OWNER):
        return list(OutgoingMail.objects.filter(kind="member_file.contact_changed"))


def test_a_telephone_by_phone_says_so_and_the_member_is_told_once(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk = desk_client()
    for _twice in range(2):
        assert sent(desk, claire, "phone", **PHONE).status_code == 302
    row = now(claire)
    assert row.phone == "+33612345678"
    mark = row.origin["phone"]
    assert (mark["by"], mark["source"], mark["confirmed"]) == ("PHONE", str(desk.id), True)
    assert len(mails()) == 1
    assert "by phone" in desk.page(f"members/{claire.id}")


def test_an_address_has_the_fields_of_its_country(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk = desk_client()
    assert "Postal code" in desk.page(f"members/{claire.id}/contact/address?country=FR")
    form = {"street_address": "3 quai des Belges", "city": "Marseille", "channel": "POST"}
    wrong = sent(desk, claire, "address", country="FR", postal_code="1", **form)
    assert wrong.status_code == 422
    assert "3 quai des Belges" in wrong.content.decode()
    assert (
        sent(desk, claire, "address", country="FR", postal_code="13001", **form).status_code == 302
    )
    row = now(claire)
    assert (row.address_lines, row.city) == (["3 quai des Belges"], "Marseille")
    assert row.origin["address"]["by"] == "DESK"


def test_a_language_is_followed_by_the_account(desk_client: DeskClient, claire: Membership) -> None:
    assert (
        sent(desk_client(), claire, "language", language="en", channel="PHONE").status_code == 302
    )
    with acting_as(Role.OWNER):
        assert Account.objects.get(membership_id=claire.id).language == "en"
    (mail,) = mails()
    assert mail.language == "en"


def test_how_it_was_asked_is_said_or_nothing_is_kept(
    desk_client: DeskClient, claire: Membership
) -> None:
    answer = sent(desk_client(), claire, "phone", phone="+33612345678")
    assert answer.status_code == 422
    assert "+33612345678" in answer.content.decode()
    assert (now(claire).phone, mails()) == (claire.phone, [])


def test_what_changed_meanwhile_is_written_over_by_a_second_yes_only(
    desk_client: DeskClient, claire: Membership
) -> None:
    desk = desk_client()
    sent(desk, claire, "phone", **PHONE)
    stale = sent(desk, claire, "phone", phone="+33698765432", channel="PHONE", shown="")
    assert stale.status_code == 409
    assert "This changed in the meantime" in stale.content.decode()
    shown = now(claire).origin["phone"]["at"]
    assert shown in stale.content.decode()
    again = sent(desk, claire, "phone", phone="+33698765432", channel="PHONE", shown=shown)
    assert again.status_code == 302
    assert now(claire).phone == "+33698765432"


def test_who_may_not_and_who_is_out_of_scope_change_nothing(
    desk_client: DeskClient, claire: Membership
) -> None:
    outside = desk_client(products=["OTHER"])
    for what in ("phone", "address", "language", "country"):
        assert outside.client.get(f"/desk/members/{claire.id}/contact/{what}").status_code == 404
    assert sent(outside, claire, "phone", **PHONE).status_code == 404
    assert sent(desk_client("ADVISER"), claire, "phone", **PHONE).status_code == 403
    assert sent(desk_client(), claire, "email", email="x@exemple.org").status_code == 404
    assert now(claire).phone == claire.phone


def test_a_country_in_which_the_contract_does_not_hold_is_asked_for(
    desk_client: DeskClient, claire: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "havre.doors.desk.views.member_contact.contracts.hold_in", lambda *_all, **_named: False
    )
    answer = sent(desk_client(), claire, "country", country="TH", channel="PHONE")
    assert answer.status_code == 422
    assert f"/desk/members/{claire.id}/requests/new/expatriation-country" in answer.content.decode()
    assert now(claire).expatriation_country == claire.expatriation_country


def test_a_country_in_which_it_holds_is_kept(desk_client: DeskClient, claire: Membership) -> None:
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        Membership.objects.filter(id=claire.id).update(expatriation_country="TH")
    answer = sent(desk_client(), claire, "country", country="TH", channel="MAIL")
    assert answer.status_code == 302
