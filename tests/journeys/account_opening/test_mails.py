"""What the mails say, to whom and when (W7)."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core import mail

from havre.commons.accounts.models import ProvisionalSecret
from havre.commons.notifications.actions import outbox as notifications
from havre.commons.notifications.models import OutgoingMail
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db.roles import Role
from havre.journeys.account_opening.matching import Outcome
from tests.builders import NOW, an_active_account
from tests.database import acting_as
from tests.journeys.account_opening.asking import (
    EMAIL,
    NUMBER,
    asked,
    outbox,
    sent,
    the_member,
    words,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=10)
SECRET = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}\b")


def _secret() -> str:
    return provisional_secret(provisional_key(), ProvisionalSecret.objects.get().id)


def test_the_first_leaves_at_once_the_second_two_to_ten_minutes_later() -> None:
    # W7
    the_member()
    asked()
    first, second = outbox()
    assert first.not_before == NOW
    assert NOW + timedelta(minutes=2) <= second.not_before <= LATER
    assert len(sent(now=NOW)) == 1
    assert len(sent(now=second.not_before - timedelta(seconds=1))) == 0
    assert len(sent(now=second.not_before)) == 1


def test_the_time_between_is_a_setting_and_not_to_be_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings.HAVRE, "NUMBER_MAIL_AFTER_SECONDS", (3, 5))
    waits = set()
    for rank in range(6):
        the_member(adherent_number=f"HV {rank}")
        asked(adherent_number=f"HV {rank}")
    for row in outbox():
        if row.kind == "accounts.adherent_number":
            waits.add((row.not_before - NOW).total_seconds())
    assert all(3 <= wait <= 5 for wait in waits)
    assert len(waits) == 6


def test_one_mail_has_the_password_the_other_the_number() -> None:
    # W7
    the_member()
    asked()
    first, second = (words(message) for message in sent(now=LATER))
    assert _secret() in first
    assert NUMBER not in first
    assert "2048173" not in first
    assert NUMBER in second
    assert not SECRET.search(second)


def test_the_second_mail_refers_in_no_way_to_the_first() -> None:
    the_member(language="en")
    asked()
    first, second = sent(now=LATER)
    for word in (
        "provisional",
        "password",
        "first time",
        "another mail",
        "In-Reply-To",
        "Referenc",
    ):
        assert word.casefold() not in words(second).casefold()
    assert first.subject not in words(second)


def test_message_ids_do_not_tie_the_two_together() -> None:
    """Made in the same instant, their rows' ids begin alike: a Message-ID must not show them."""
    the_member()
    asked()
    rows = outbox()
    names = [str(message.extra_headers["Message-ID"]).strip("<>") for message in sent(now=LATER)]
    locals_ = [name.partition("@")[0] for name in names]
    assert len(set(locals_)) == 2
    assert locals_[0][:6] != locals_[1][:6]
    for row, name in zip(rows, names, strict=True):
        assert str(row.id)[:8] not in name


def test_a_mail_tried_again_is_the_same_mail() -> None:
    the_member()
    asked()
    (before,) = sent(now=NOW)
    with acting_as(Role.WORKER):
        first = OutgoingMail.objects.get(kind="accounts.provisional_password")
    assert _secret() in words(before)
    assert first.state == "SENT"
    assert first.facts is None
    assert sent(now=NOW + timedelta(minutes=1)) == []


def test_a_mail_whose_note_was_lost_carries_the_same_secret_and_message_id() -> None:
    the_member()
    asked()
    with patch.object(notifications, "_note", side_effect=InterruptedError):
        first = outbox()[0]
        with acting_as(Role.WORKER), pytest.raises(InterruptedError):
            notifications.send(mail_id=first.id, now=NOW)
    before = mail.outbox[-1]
    (again,) = sent(now=NOW + timedelta(seconds=90))
    assert again.extra_headers["Message-ID"] == before.extra_headers["Message-ID"]
    assert again.body == before.body


def test_a_provisional_password_that_is_too_old_is_not_sent() -> None:
    the_member()
    asked()
    assert sent(now=NOW + timedelta(hours=24)) == []
    assert {row.state for row in outbox()} == {"EXPIRED"}


@pytest.mark.parametrize(
    ("language", "hello"), [("fr", "Content-Language: fr"), ("en", "Content-Language: en")]
)
def test_mails_are_in_the_members_language_not_the_forms(language: str, hello: str) -> None:
    the_member(language=language)
    asked()
    for message in sent(now=LATER):
        assert hello in words(message)
        assert f'<html lang="{language}">' in words(message)


def test_english_and_french_differ() -> None:
    the_member(language="en")
    the_member(language="fr", adherent_number="HV 300", email="fr@example.org")
    asked()
    asked(adherent_number="HV 300", email="fr@example.org")
    english, french = (
        {message.subject for message in sent(now=LATER) if message.to == [to]}
        for to in (EMAIL, "fr@example.org")
    )
    assert english != french


def test_what_an_open_account_gets_holds_no_secret() -> None:
    an_active_account(membership=the_member())
    assert asked() is Outcome.ALREADY_OPEN
    (message,) = sent(now=NOW)
    assert message.to == [EMAIL]
    assert not SECRET.search(words(message))
    assert NUMBER not in words(message)


@pytest.mark.parametrize("typed", [{"first_name": "Nathalie"}, {"email": "typed@example.net"}])
def test_a_notice_repeats_nothing_of_what_was_typed(typed: dict[str, str]) -> None:
    the_member(language="en")
    asked(**typed)
    (message,) = sent(now=NOW)
    assert message.to == [EMAIL]
    for value in typed.values():
        assert value not in words(message)
    assert not SECRET.search(words(message))


def test_the_link_goes_to_our_own_sign_in_without_any_secret() -> None:
    the_member(language="en")
    asked()
    for message in sent(now=LATER):
        for link in re.findall(r"https?://[^\s\"<]+", str(message.body)):
            assert link == f"{settings.HAVRE.BASE_URL}/en/sign-in"


def test_a_mail_that_nobody_can_write_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    the_member()
    asked()

    def fails(_mail: object) -> None:
        raise KeyError("n.legoff@example.org")

    monkeypatch.setitem(notifications._writers, "accounts.provisional_password", fails)
    with acting_as(Role.WORKER):
        assert notifications.send_waiting(now=LATER) == 1
    assert [(row.kind, row.state) for row in outbox()] == [
        ("accounts.provisional_password", "FAILED"),
        ("accounts.adherent_number", "SENT"),
    ]
    assert "n.legoff" not in caplog.text
