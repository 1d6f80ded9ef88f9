"""My profile: every choice is the member's, unticked until they tick it, and proved."""

import re
from typing import Any

import pytest
from django.test import Client

from havre.commons.privacy import queries as privacy
from havre.commons.privacy.models import Consent, NoticeChoice
from havre.commons.privacy.words import Leaving, Notice
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.builders import a_legal_text
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member, signed_in

pytestmark = pytest.mark.django_db
EVENTS = "EVENTS:EMAIL"


@pytest.fixture
def claire(claire: Member) -> Member:
    """With the text of consent published."""
    for language in ("en", "fr"):
        a_legal_text(
            slug="commercial-consent", language=language, title="What you agree to", sha256="abc"
        )
    return claire


def save(member: Member, *ticked: str) -> Any:
    """Tick these and nothing else on the page as it is now, and send it."""
    page = member.page("profile")
    found = re.search(r'name="shown" value="([^"]*)"', page)
    assert found
    return send(member, *ticked, shown=found[1])


def send(member: Member, *ticked: str, shown: str, text: str = "abc") -> Any:
    data = {"agree": ticked, "shown": shown, "text": text}
    return member.client.post("/en/profile/consents", data)


def proofs() -> list[Consent]:
    with acting_as(Role.OWNER):
        return list(Consent.objects.order_by("id"))


def ticked(page: str) -> list[str]:
    return re.findall(r'name="agree" value="([^"]*)" checked', page)


# --- Consent -------------------------------------------------------------------------------------


def test_no_box_is_ticked_beforehand(claire: Member) -> None:  # W45 S7
    page = claire.page("profile")
    assert page.count('name="agree"') == 9
    assert ticked(page) == []


def test_a_choice_is_proved_by_version_words_time_and_way(claire: Member) -> None:  # W43 W45
    assert save(claire, EVENTS).status_code == 302
    assert ticked(claire.page("profile")) == [EVENTS]
    (proof,) = proofs()
    assert (proof.topic, proof.channel, proof.given, proof.via) == (
        "EVENTS",
        "EMAIL",
        True,
        "ONLINE",
    )
    assert (proof.text_version, proof.language, proof.at) == ("1.0", "en", NOW)
    assert re.fullmatch("[0-9a-f]{64}", proof.wording_sha256)
    assert proof.person_id == claire.person.id


def test_unticking_adds_a_proof_and_changes_none(claire: Member) -> None:  # W45
    save(claire, EVENTS)
    save(claire)
    given, withdrawn = proofs()
    assert (given.given, withdrawn.given) == (True, False)
    assert withdrawn.follows == given.id
    assert ticked(claire.page("profile")) == []
    assert "Withdrawn: " in claire.page("profile")


def test_a_second_click_proves_once(claire: Member) -> None:
    send(claire, EVENTS, shown="")
    again = send(claire, EVENTS, shown="")
    assert again.status_code == 302  # it is so already
    assert len(proofs()) == 1


def test_an_old_page_takes_no_agreement(claire: Member) -> None:
    save(claire, EVENTS)
    old = str(proofs()[0].id)
    save(claire)
    answer = send(claire, EVENTS, shown=old)
    assert answer.status_code == 409
    assert "Nothing was recorded" in answer.content.decode()
    assert len(proofs()) == 2


def test_another_text_than_the_one_in_force_takes_no_agreement(claire: Member) -> None:
    assert send(claire, EVENTS, shown="", text="another").status_code == 409
    assert proofs() == []


def test_what_is_no_topic_is_not_recorded(claire: Member) -> None:
    send(claire, "PARTNERS:EMAIL", "EVENTS:PIGEON", shown="")
    assert proofs() == []


def test_without_a_text_nothing_is_offered(that_day: None) -> None:
    member = signed_in()
    assert 'name="agree"' not in member.page("profile")
    assert send(member, EVENTS, shown="").status_code == 404


# --- Look and notices ----------------------------------------------------------------------------


def test_the_look_is_kept_by_the_browser(claire: Member) -> None:
    assert "data-theme" not in claire.page("profile").split(">", 2)[1]
    claire.client.post("/en/profile/appearance", {"theme": "dark"})
    assert 'data-theme="dark"' in claire.page("contracts")
    claire.client.post("/en/profile/appearance", {"theme": "neon"})
    assert 'data-theme="dark"' in claire.page("contracts")
    claire.client.post("/en/profile/appearance", {"theme": ""})
    assert "data-theme" not in claire.page("contracts")


def test_a_notice_is_wanted_until_it_is_unticked(claire: Member) -> None:
    box = 'value="REIMBURSEMENT_PAID" checked'
    assert box in claire.page("profile")
    claire.client.post("/en/profile/notices", {})
    assert box not in claire.page("profile")
    claire.client.post("/en/profile/notices", {"notice": "REIMBURSEMENT_PAID"})
    assert box in claire.page("profile")


# --- The link at the foot of a mail --------------------------------------------------------------


def link(member: Member, **what: Any) -> str:
    leaving = Leaving(household=member.household, person=member.person.id, **what)
    return f"/en/mails/stop?t={privacy.leaving_token(leaving)}"


def test_the_link_shows_and_the_button_acts_twice_as_once(claire: Member) -> None:  # W45
    save(claire, EVENTS, "EVENTS:POST")
    way, stranger = link(claire, topic="EVENTS"), Client(SERVER_NAME="localhost")
    assert "You will no longer receive" in stranger.get(way).content.decode()
    assert len(proofs()) == 2
    for _time in range(2):
        answer = stranger.post(way, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "These mails stop" in answer.content.decode()
    *_given, withdrawn = proofs()
    assert len(proofs()) == 3
    assert (withdrawn.channel, withdrawn.given, withdrawn.via) == ("EMAIL", False, "MAIL_LINK")
    assert ticked(claire.page("profile")) == ["EVENTS:POST"]


def test_a_mail_program_posts_without_a_cookie(claire: Member) -> None:
    program = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    way = link(claire, notice=Notice.REIMBURSEMENT_PAID)
    assert program.post(way, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with acting_as(Role.OWNER):
        choices = NoticeChoice.objects.filter(notice=Notice.REIMBURSEMENT_PAID)
        assert choices.get().wanted is False
        assert not NoticeChoice.objects.exclude(id__in=choices).filter(wanted=False).exists()


def test_a_link_of_somebody_who_is_gone_changes_nothing(claire: Member) -> None:
    gone = Leaving(claire.household, new_id(), notice=Notice.REIMBURSEMENT_PAID)
    way = f"/en/mails/stop?t={privacy.leaving_token(gone)}"
    assert claire.client.post(way).status_code == 200
    with acting_as(Role.OWNER):
        assert not NoticeChoice.objects.exists()


def test_a_link_that_was_changed_says_so(claire: Member) -> None:
    start, token = link(claire, topic="EVENTS").split("=")
    for changed in (token[:-1], "B" + token[1:], "é", ""):
        answer = claire.client.post(f"{start}={changed}")
        assert answer.status_code == 404, changed
        assert "This link cannot be read" in answer.content.decode()


def test_a_token_holds_no_address_and_no_name(claire: Member) -> None:
    token = link(claire, topic="EVENTS").partition("=")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{60,120}", token)
