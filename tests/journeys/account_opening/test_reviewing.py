"""Deciding a request whose address is not the one on file: proof, delay, notice, effect."""

from datetime import date, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from django.conf import settings

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.models import Account, OpeningReview, ProvisionalSecret
from havre.commons.accounts.words import Proof
from havre.domains.people.models import Membership, Person
from havre.foundation.db import acting
from havre.foundation.db.roles import Role
from havre.foundation.ids import new_id
from havre.journeys.account_opening import reviewing
from havre.journeys.account_opening.matching import Outcome
from tests.builders import NOW, an_active_account
from tests.database import acting_as
from tests.journeys.account_opening.asking import (
    EMAIL,
    WORKER,
    asked,
    kinds,
    sent,
    the_member,
)

pytestmark = pytest.mark.django_db
NEW = "nouvelle.adresse@example.net"
DELAY = timedelta(hours=72)
EFFECT = NOW + DELAY


def _review() -> UUID:
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return OpeningReview.objects.latest("received_at").id


def _row(review: UUID) -> OpeningReview:
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return OpeningReview.objects.get(id=review)


def _approve(review: UUID, *, proof: Proof = Proof.CALL_BACK, told: bool = True) -> None:
    with acting_as(Role.WORKER):
        assert reviewing.approve(review=review, proof=proof, by="agent", now=NOW) == EFFECT
    if told:
        sent(now=NOW)


def _take_effect(*, after: timedelta = DELAY) -> int:
    with acting_as(Role.WORKER):
        return reviewing.take_effect(now=NOW + after)


def _on_file(membership: Membership) -> Membership:
    with acting_as(Role.OWNER):
        return Membership.objects.get(id=membership.id)


@pytest.fixture
def membership() -> Membership:
    membership = the_member()
    assert asked(email=NEW) is Outcome.TO_REVIEW
    return membership


def test_what_waits_is_listed_with_the_person_and_both_addresses(membership: Membership) -> None:
    with acting_as(Role.WORKER):
        (line,) = reviewing.waiting(actor=WORKER)
    assert line.review.typed_email == NEW
    assert (line.person.email, line.person.first_name) == (EMAIL, "Hélène")
    assert line.review.membership == membership.id


def test_the_delay_is_72_hours_unless_set_otherwise(
    membership: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(minutes=settings.HAVRE.CONTACT_REVIEW_DELAY_MINUTES) == DELAY
    monkeypatch.setattr(settings.HAVRE, "CONTACT_REVIEW_DELAY_MINUTES", 1)
    with acting_as(Role.WORKER):
        effective = reviewing.approve(review=_id(), proof=Proof.LETTER, by="agent", now=NOW)
    assert effective == NOW + timedelta(minutes=1)


def _id() -> UUID:
    with acting(actor=WORKER):
        return OpeningReview.objects.get().id


def test_an_approval_keeps_the_proof_and_tells_the_known_address(membership: Membership) -> None:
    review = _review()
    _approve(review, proof=Proof.DOCUMENT_SEEN, told=False)
    row = _row(review)
    assert (row.proof, row.decided_by, row.effective_at) == ("DOCUMENT_SEEN", "agent", EFFECT)
    assert kinds() == ["notice_of_review", "notice_of_approval"]
    told = sent(now=NOW)
    assert [message.to for message in told] == [[EMAIL]] * 2
    assert NEW not in str(told[1].body)
    assert not Account.objects.exists()


def test_nothing_changes_before_the_delay_is_over(membership: Membership) -> None:
    _approve(_review())
    assert _take_effect(after=DELAY - timedelta(seconds=1)) == 0
    assert _on_file(membership).email == EMAIL
    assert not ProvisionalSecret.objects.exists()


def test_the_delay_runs_from_the_notice(membership: Membership) -> None:
    """The mail server was down: what the member could not read of has no effect."""
    _approve(_review(), told=False)
    assert _take_effect(after=DELAY * 2) == 0
    late = NOW + DELAY
    notice = next(message for message in sent(now=late) if "changer" in message.subject)
    assert f" {(late + DELAY).day} " in str(notice.body).replace("\u00a0", " ")
    assert _take_effect(after=DELAY * 2 - timedelta(seconds=1)) == 0
    assert _take_effect(after=DELAY * 2) == 1


def test_a_refused_request_announces_no_change(membership: Membership) -> None:
    review = _review()
    _approve(review, told=False)
    with acting_as(Role.WORKER):
        reviewing.refuse(review=review, by="agent", now=NOW)
    assert not [message for message in sent(now=NOW) if "changer" in message.subject]


def test_one_person_has_three_requests_waiting_at_the_most(membership: Membership) -> None:
    for number in range(4):
        asked(email=f"other{number}@example.net", after=timedelta(minutes=number))
    with acting_as(Role.WORKER), acting(actor=WORKER):
        assert OpeningReview.objects.count() == accounts.REVIEWS_WAITING


def test_then_the_address_changes_and_the_two_mails_go_to_it(membership: Membership) -> None:
    review = _review()
    _approve(review)
    sent(now=NOW)
    assert _take_effect() == 1
    assert _row(review).state == "EFFECTIVE"
    on_file = _on_file(membership)
    assert on_file.email == NEW
    assert on_file.origin["email"]["confirmed"] is True
    assert on_file.origin["email"]["source"] == f"review {review}"
    assert kinds()[2:] == ["provisional_password", "adherent_number"]
    assert [m.to for m in sent(now=EFFECT + timedelta(minutes=10))] == [[NEW]] * 2


def test_it_takes_effect_once(membership: Membership) -> None:
    _approve(_review())
    assert [_take_effect(), _take_effect()] == [1, 0]
    assert len(kinds()) == 4


def test_a_person_without_an_address_gets_one_and_an_account() -> None:
    membership = the_member(email=None)
    assert asked(email=NEW) is Outcome.TO_REVIEW
    _approve(_review())
    assert kinds() == []
    assert _take_effect() == 1
    assert _on_file(membership).email == NEW
    assert kinds() == ["provisional_password", "adherent_number"]


def test_an_account_in_use_keeps_its_password(membership: Membership) -> None:
    """The new address is told that the account is open: it gets no secret that would replace one."""
    an_active_account(membership=membership)
    _approve(_review())
    assert _take_effect() == 1
    assert _on_file(membership).email == NEW
    assert kinds()[2:] == ["already_open"]
    assert not ProvisionalSecret.objects.exists()


@pytest.mark.parametrize("approved", [False, True])
def test_a_refusal_stops_it_also_while_the_effect_waits(
    membership: Membership, *, approved: bool
) -> None:
    review = _review()
    if approved:
        _approve(review)
    with acting_as(Role.WORKER):
        reviewing.refuse(review=review, by="agent", now=NOW + timedelta(hours=71))
        assert reviewing.waiting(actor=WORKER) == []
    assert _take_effect() == 0
    assert _on_file(membership).email == EMAIL
    assert _row(review).state == "REFUSED"


def test_a_refused_address_can_be_asked_for_again(membership: Membership) -> None:
    with acting_as(Role.WORKER):
        reviewing.refuse(review=_id(), by="agent", now=NOW)
    assert asked(email=NEW, after=timedelta(hours=1)) is Outcome.TO_REVIEW
    with acting_as(Role.WORKER):
        assert len(reviewing.waiting(actor=WORKER)) == 1


def test_a_decision_is_taken_once(membership: Membership) -> None:
    review = _review()
    _approve(review)
    with acting_as(Role.WORKER), pytest.raises(accounts.AlreadyDecided):
        reviewing.approve(review=review, proof=Proof.LETTER, by="other", now=NOW)


def test_an_unknown_request_is_refused() -> None:
    with acting_as(Role.WORKER), pytest.raises(accounts.UnknownReview):
        reviewing.approve(review=new_id(), proof=Proof.LETTER, by="agent", now=NOW)


def test_who_died_meanwhile_gets_no_account(membership: Membership) -> None:
    review = _review()
    _approve(review)
    with acting_as(Role.OWNER):
        Person.objects.filter(id=membership.person_id).update(deceased_on=date(2026, 6, 16))
    assert _take_effect() == 0
    assert _row(review).state == "REFUSED"
    assert _on_file(membership).email == EMAIL


def test_one_that_fails_does_not_hold_up_the_others(membership: Membership) -> None:
    first = _review()
    _approve(first)
    other = the_member(adherent_number="HV 300", email="autre@example.org")
    asked(adherent_number="HV 300", email="troisieme@example.net", after=timedelta(hours=1))
    _approve(_review())
    real = reviewing._take_effect

    def fails(review: UUID, **rest: object) -> bool:
        if review == first:
            raise InterruptedError
        return real(review, **rest)  # type: ignore[arg-type]

    with patch.object(reviewing, "_take_effect", fails):
        assert _take_effect() == 1
    assert _on_file(other).email == "troisieme@example.net"
    assert _take_effect() == 1
    assert _on_file(membership).email == NEW


def test_one_that_can_no_longer_be_opened_does_not_hold_up_the_others(
    membership: Membership,
) -> None:
    """A key was lost: what it sealed is lost with it, and nothing else."""
    old = _review()
    with acting_as(Role.WORKER), acting(actor=WORKER):
        OpeningReview.objects.filter(id=old).update(typed_email=b"no sealed value")
    asked(email="autre@example.net")
    with acting_as(Role.WORKER), acting(actor=WORKER):
        review = OpeningReview.objects.exclude(id=old).get().id
    _approve(review)
    assert _take_effect() == 1
    assert _on_file(membership).email == "autre@example.net"


def test_a_break_in_the_middle_leaves_the_address_and_comes_back(membership: Membership) -> None:
    _approve(_review())
    with patch.object(reviewing, "open_for", side_effect=InterruptedError):
        assert _take_effect() == 0
    assert _on_file(membership).email == EMAIL
    assert _take_effect() == 1
