"""Requests, issues of provisional passwords, the password that uses them up, reviews, the purge."""

from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries
from havre.commons.accounts.actions import (
    KnownAddress,
    PasswordRefused,
    SecretNoLongerOpens,
    TypedIdentity,
)
from havre.commons.accounts.models import (
    Account,
    ChangeNotice,
    CodeApp,
    EmailCode,
    KnownDevice,
    OpeningRequest,
    OpeningReview,
    ProvisionalSecret,
    Session,
    Throttle,
)
from havre.commons.accounts.words import PasswordFault, Proof, ReviewReason, ReviewState
from havre.domains.people.models import Membership
from havre.foundation.crypto import provisional_key, provisional_secret
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.db.roles import Role
from havre.foundation.ids import new_id
from tests.builders import NOW, PASSWORD, a_member, an_account, an_active_account
from tests.database import acting_as

pytestmark = pytest.mark.django_db
LIFE = timedelta(hours=24)
TYPED = TypedIdentity("Exemple", "Nathalie", date(1969, 5, 2), "n.exemple@example.org", "HV 1")
WORKER = Actor(name="tests", channel=Channel.JOB, purpose="open accounts")


@pytest.fixture
def membership() -> Membership:
    return a_member(adherent_number="HV 1", email="n.exemple@example.org")[1]


@pytest.fixture
def account(membership: Membership) -> Account:
    return an_account(membership=membership, password="")


def _issue(
    account: Account, *, after: timedelta = timedelta(), life: timedelta = LIFE
) -> UUID | None:
    with acting_as(Role.WORKER):
        issued = accounts.issue_provisional(account=account.id, now=NOW + after, life=life)
    return issued.id if issued else None


def _choose(
    account: Account, secret: UUID, *, password: str = PASSWORD, after: timedelta = timedelta()
) -> None:
    accounts.choose_password(
        account=account.id,
        secret=secret,
        password=password,
        about=[],
        tell=KnownAddress("n.exemple@example.org", "en"),
        now=NOW + after,
    )


# --- requests


def test_a_request_is_sealed_until_it_is_matched_then_blanked() -> None:
    accounts.receive_request(typed=TYPED, address="192.0.2.1", language="fr", now=NOW)
    with acting_as(Role.WORKER), acting(actor=WORKER):
        row = OpeningRequest.objects.get()
        assert b"Exemple" not in bytes(row.typed)
        received = accounts.take_request(request_id=row.id)
        assert received is not None
        assert received.typed == TYPED
        accounts.close_request(request_id=row.id, now=NOW)
        row.refresh_from_db()
        assert row.typed is None
        assert accounts.take_request(request_id=row.id) is None


def test_the_job_of_a_request_names_its_row_and_nothing_else() -> None:
    accounts.receive_request(typed=TYPED, address="192.0.2.1", language="fr", now=NOW)
    with acting_as(Role.WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs")
        request = OpeningRequest.objects.get()
        assert cursor.fetchall() == [("account_opening.match", f'{{"request_id": "{request.id}"}}')]


# --- issues


def test_one_issue_in_fifteen_minutes_three_a_day(account: Account) -> None:
    minutes = [0, 14, 15, 29, 30, 60, 24 * 60 - 1, 24 * 60]
    issued = [_issue(account, after=timedelta(minutes=m)) is not None for m in minutes]
    assert issued == [True, False, True, False, True, False, False, True]


def test_another_issue_leaves_the_live_one_alone(account: Account) -> None:
    first = _issue(account)
    assert _issue(account, after=timedelta(minutes=20))
    assert first
    _choose(account, first, after=timedelta(minutes=21))


def test_one_is_issued_for_a_forgotten_password_and_none_for_a_closed_account(
    membership: Membership,
) -> None:
    # W10
    account = an_active_account(membership=membership)
    assert _issue(account)
    with acting_as(Role.OWNER):
        Account.objects.update(state="SUSPENDED", closed_for="REPORTED")
    assert _issue(account, after=timedelta(hours=1)) is None


def test_the_account_is_made_once_and_takes_the_number_of_today(membership: Membership) -> None:
    def made(number: str) -> UUID:
        with acting_as(Role.WORKER):
            return accounts.open_account(
                household=membership.household_id,
                membership=membership.id,
                person=membership.person_id,
                adherent_number=number,
                language="en",
                now=NOW,
            )

    assert made("HV 1") == made("HV-1") == made("HV 2")
    row = Account.objects.get()
    assert (row.number_key, row.language, row.state) == ("HV2", "en", "OPENING")


# --- choosing a password


def test_choosing_stores_the_password_and_uses_every_issue_up(account: Account) -> None:
    # W8, W10
    first, second = _issue(account), _issue(account, after=timedelta(minutes=15))
    assert first
    assert second
    _choose(account, second, after=timedelta(minutes=16))
    account.refresh_from_db()
    assert check_password(PASSWORD, account.password)
    assert account.password.startswith("argon2$argon2id$")
    assert account.state == "ACTIVE"
    assert not ProvisionalSecret.objects.filter(used_at=None).exists()
    for secret in (first, second):
        with pytest.raises(SecretNoLongerOpens):
            _choose(account, secret, after=timedelta(minutes=17))


def test_a_break_in_the_middle_leaves_neither(account: Account) -> None:
    secret = _issue(account)
    assert secret
    with (
        patch.object(Account, "save", side_effect=InterruptedError),
        pytest.raises(InterruptedError),
    ):
        _choose(account, secret)
    account.refresh_from_db()
    assert account.password == ""
    assert ProvisionalSecret.objects.get(id=secret).used_at is None
    _choose(account, secret)


def test_an_expired_issue_stores_nothing(account: Account) -> None:
    secret = _issue(account)
    assert secret
    with pytest.raises(SecretNoLongerOpens):
        _choose(account, secret, after=LIFE)
    account.refresh_from_db()
    assert account.password == ""


def test_an_issue_of_another_account_stores_nothing(account: Account) -> None:
    secret = _issue(account)
    _, other = a_member(adherent_number="HV 2")
    assert secret
    with pytest.raises(SecretNoLongerOpens):
        _choose(an_account(membership=other, password=""), secret)


@pytest.mark.parametrize("form", [str, str.lower, lambda text: text.replace("-", "")])
def test_the_provisional_password_cannot_be_kept(account: Account, form: Any) -> None:
    secret = _issue(account)
    assert secret
    with pytest.raises(PasswordRefused) as refusal:
        _choose(account, secret, password=form(provisional_secret(provisional_key(), secret)))
    assert refusal.value.fault is PasswordFault.PROVISIONAL
    assert ProvisionalSecret.objects.get(id=secret).used_at is None


def test_a_refused_password_uses_nothing_up(account: Account) -> None:
    secret = _issue(account)
    assert secret
    with pytest.raises(PasswordRefused) as refusal:
        _choose(account, secret, password="court")
    assert refusal.value.fault is PasswordFault.TOO_SHORT
    assert queries.still_opens(secret=secret, now=NOW)


def test_what_still_opens(account: Account) -> None:
    secret = _issue(account)
    assert secret
    assert queries.still_opens(secret=secret, now=NOW)
    assert not queries.still_opens(secret=secret, now=NOW + LIFE)
    assert not queries.still_opens(secret=new_id(), now=NOW)


# --- reviews


def _review(membership: Membership, *, email: str = "autre@example.org") -> bool:
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return accounts.wait_for_review(
            household=membership.household_id,
            membership=membership.id,
            person=membership.person_id,
            reason=ReviewReason.ANOTHER_EMAIL,
            email=email,
            now=NOW,
        )


def test_the_same_request_waits_once(membership: Membership) -> None:
    asked = [
        _review(membership),
        _review(membership, email="AUTRE@example.org "),
        _review(membership),
    ]
    assert asked == [True, False, False]
    assert _review(membership, email="troisieme@example.org")


def test_the_typed_address_is_sealed(membership: Membership) -> None:
    _review(membership)
    with acting_as(Role.WORKER), acting(actor=WORKER):
        assert b"autre" not in bytes(OpeningReview.objects.get().typed_email)
        assert queries.reviews(states=(ReviewState.WAITING,))[0].typed_email == "autre@example.org"


def test_the_typed_address_is_no_proof() -> None:
    assert set(Proof) == {"CALL_BACK", "LETTER", "DOCUMENT_SEEN"}


def test_an_approval_keeps_its_proof_and_waits(membership: Membership) -> None:
    _review(membership)
    delay = timedelta(hours=72)
    with acting_as(Role.WORKER), acting(actor=WORKER):
        review = OpeningReview.objects.get().id
        effective = accounts.approve_review(
            review=review, proof=Proof.LETTER, by="agent", now=NOW, delay=delay
        )
        assert effective == NOW + delay
        row = OpeningReview.objects.get()
        assert (row.state, row.proof, row.decided_by, row.decided_at) == (
            "APPROVED",
            "LETTER",
            "agent",
            NOW,
        )
        before = effective - timedelta(seconds=1)
        assert queries.reviews_due(now=before) == []
        assert accounts.make_review_effective(review=review, now=before) is None
        assert accounts.make_review_effective(review=review, now=effective) == "autre@example.org"
        assert accounts.make_review_effective(review=review, now=effective) is None


def test_a_decision_is_taken_once_but_an_approval_can_be_stopped(membership: Membership) -> None:
    _review(membership)
    with acting_as(Role.WORKER), acting(actor=WORKER):
        review = OpeningReview.objects.get().id
        delay = timedelta(hours=1)
        accounts.approve_review(
            review=review, proof=Proof.CALL_BACK, by="agent", now=NOW, delay=delay
        )
        with pytest.raises(accounts.AlreadyDecided):
            accounts.approve_review(
                review=review, proof=Proof.CALL_BACK, by="agent", now=NOW, delay=delay
            )
        accounts.refuse_review(review=review, by="agent", now=NOW)
        assert accounts.make_review_effective(review=review, now=NOW + delay) is None
        with pytest.raises(accounts.AlreadyDecided):
            accounts.refuse_review(review=review, by="agent", now=NOW)
        with pytest.raises(accounts.UnknownReview):
            accounts.refuse_review(review=new_id(), by="agent", now=NOW)


# --- the purge


def test_the_purge_deletes_what_is_old_and_keeps_the_rest(account: Account) -> None:
    def device(seen: datetime, token: bytes) -> KnownDevice:
        return KnownDevice(account=account, digest=token, first_seen_at=seen, last_seen_at=seen)

    def code(sent: datetime) -> EmailCode:
        return EmailCode(account=account, email=b"", digest=b"", sent_at=sent, expires_at=sent)

    def notice(told: datetime, digest: bytes) -> ChangeNotice:
        return ChangeNotice(
            account=account, change="EMAIL", digest=digest, told_at=told, expires_at=told
        )

    def throttle(last: datetime, key: bytes) -> Throttle:
        return Throttle(key=key, failures=1, last_failure_at=last, wait_until=last)

    def session(ends: datetime, key: str) -> Session:
        return Session(session_key=key, session_data="", expire_date=ends)

    def request(at: datetime) -> OpeningRequest:
        return OpeningRequest(language="fr", received_at=at)

    def app(begun: datetime, owner: Account, added: datetime | None = None) -> CodeApp:
        return CodeApp(account=owner, secret=b"", begun_at=begun, added_at=added)

    other = an_account(membership=a_member(adherent_number="HV 9")[1])
    second, hour, day = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
    with acting_as(Role.OWNER):
        rows = [
            *(device(NOW - 365 * day - second, b"1"), device(NOW - 364 * day, b"2")),
            *(code(NOW - day - second), code(NOW - hour)),
            *(notice(NOW - 30 * day - second, b"1"), notice(NOW - 29 * day, b"2")),
            *(throttle(NOW - day - second, b"1"), throttle(NOW - hour, b"2")),
            *(session(NOW - second, "1"), session(NOW + second, "2")),
            *(app(NOW - 2 * day, account), app(NOW - 2 * day, other, NOW)),
            *(request(NOW - 30 * day - second), request(NOW - 29 * day)),
        ]
        for row in rows:
            row.save(force_insert=True)
    with acting_as(Role.WORKER):
        deleted = accounts.purge(now=NOW)
        left = {row for row in rows if type(row)._default_manager.filter(pk=row.pk).exists()}
    assert set(deleted.values()) == {1}
    assert left == set(rows[1::2])


def test_the_purge_runs_every_hour() -> None:
    from procrastinate.contrib.django import app

    app.perform_import_paths()
    crons = [
        periodic.cron
        for periodic in app.periodic_registry.periodic_tasks.values()
        if periodic.task.name == "accounts.purge"
    ]
    assert crons == ["17 * * * *"]
