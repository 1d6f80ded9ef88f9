"""What waits beside requests: it comes to the queue where it is born, and leaves it when it is done."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.models import Account, OpeningReview, SecurityReport
from havre.commons.accounts.words import ReviewReason
from havre.commons.notifications.models import OutgoingMail
from havre.commons.notifications.rules import LAST_ATTEMPT
from havre.commons.worklist import actions as worklist
from havre.commons.worklist import queries as waits
from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Item, Source
from havre.domains.people.models import Difference, Person
from havre.foundation.crypto import Place, vault
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER, a_member, an_account
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient

NOW = datetime.now(UTC)
_LOOKS = Actor(name="tests", channel=Channel.COMMAND, purpose="look")


def waiting(source: Source) -> list[ItemSeen]:
    wanted = waits.Wanted(
        permissions=frozenset(
            {"accounts.manage", "members.find", "members.change", "requests.decide"}
        ),
        sources=frozenset({source}),
    )
    with acting_as(Role.DESK_WEB), acting(actor=_LOOKS, role=Role.DESK):
        return list(waits.queue(wanted, by=new_id(), now=NOW).items)


def a_review() -> UUID:
    """Someone asks to open an account with an address that is not on file."""
    person, membership = a_member(
        adherent_number=f"HV {str(new_id())[-9:]}", email="on@file.example"
    )
    with acting_as(Role.WORKER), acting(actor=_LOOKS, household=person.household_id):
        assert accounts.wait_for_review(
            household=person.household_id,
            membership=membership.id,
            person=person.id,
            reason=ReviewReason.ANOTHER_EMAIL,
            email="new@example.org",
            now=NOW,
        )
    with acting_as(Role.OWNER):
        return OpeningReview.objects.get(membership_id=membership.id).id


def test_an_opening_is_approved_with_its_proof_alone(desk_client: DeskClient) -> None:
    review, desk = a_review(), desk_client("AGENT")
    [item] = waiting(Source.REVIEW)
    page = desk.page(f"things/{item.id}")
    assert "new@example.org" in page
    assert desk.post(f"things/{item.id}", do="approve").status_code == 409
    assert desk.post(f"things/{item.id}", do="approve", proof="CALL_BACK").status_code == 302
    with acting_as(Role.OWNER):
        row = OpeningReview.objects.get(id=review)
    assert (row.state, row.proof, row.decided_by) == ("APPROVED", "CALL_BACK", str(desk.id))
    assert waiting(Source.REVIEW) == []
    assert desk.client.get(f"/desk/things/{item.id}").status_code == 404


def test_an_opening_is_refused(desk_client: DeskClient) -> None:
    review, desk = a_review(), desk_client("AGENT")
    [item] = waiting(Source.REVIEW)
    assert desk.post(f"things/{item.id}", do="refuse").status_code == 302
    with acting_as(Role.OWNER):
        assert OpeningReview.objects.get(id=review).state == "REFUSED"
    assert waiting(Source.REVIEW) == []


def test_who_may_not_manage_accounts_sees_no_opening(desk_client: DeskClient) -> None:
    a_review()
    [item] = waiting(Source.REVIEW)
    adviser = desk_client("ADVISER")
    assert adviser.client.get(f"/desk/things/{item.id}").status_code == 404
    assert "An account to open" not in adviser.page("queue")


def test_a_denied_access_waits_until_the_account_is_restored(desk_client: DeskClient) -> None:
    person, membership = a_member(adherent_number="HV 000 111 2")
    account = an_account(membership=membership, state="ACTIVE", password_chosen_at=NOW)
    with acting_as(Role.WEB), acting(actor=_LOOKS):
        accounts.suspend_reported(account=account.id, denied=None, now=NOW)
        accounts.suspend_reported(account=account.id, denied=None, now=NOW)
    [item] = waiting(Source.REPORT)
    assert "It was not me" in desk_client("AGENT").page(f"things/{item.id}")
    with acting_as(Role.WORKER), acting(actor=_LOOKS, household=person.household_id):
        accounts.restore(account=account.id, proof="LETTER", by="tests", now=NOW)  # type: ignore[arg-type]
    assert waiting(Source.REPORT) == []
    with acting_as(Role.OWNER):
        assert SecurityReport.objects.get(account_id=account.id).state == "CLOSED"
        assert Account.objects.get(id=account.id).state == "ACTIVE"


def a_mail(*, expires_in: timedelta = timedelta(days=1)) -> OutgoingMail:
    """A mail that did not leave after every attempt."""
    person, membership = a_member()
    row_id = new_id()
    mail = OutgoingMail(
        id=row_id,
        kind="requests.receipt",
        subject_key=str(row_id),
        household_id=person.household_id,
        membership_id=membership.id,
        language="fr",
        address=vault().seal(
            "a@b.example", place=Place("notifications_outgoingmail", "address", row_id)
        ),
        state="FAILED",
        attempts=LAST_ATTEMPT,
        not_before=NOW,
        expires_at=NOW + expires_in,
        created_at=NOW,
    )
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        mail.save(force_insert=True)
        worklist.put(
            Item(
                source=Source.MAIL,
                source_id=mail.id,
                kind=mail.kind,
                needs="members.find",
                opened_at=NOW,
                household=person.household_id,
                membership=membership.id,
            )
        )
    return mail


def state_of(mail: OutgoingMail) -> tuple[str, int]:
    with acting_as(Role.OWNER):
        row = OutgoingMail.objects.get(id=mail.id)
    return row.state, row.attempts


def test_a_mail_that_was_given_up_is_tried_once_more(desk_client: DeskClient) -> None:
    mail, desk = a_mail(), desk_client("AGENT")
    [item] = waiting(Source.MAIL)
    assert "a@b.example" not in desk.page(f"things/{item.id}")
    assert desk.post(f"things/{item.id}", do="resend").status_code == 302
    assert state_of(mail) == ("FAILED", LAST_ATTEMPT - 1)
    assert waiting(Source.MAIL) == []


def test_a_mail_that_is_too_old_is_not_sent(desk_client: DeskClient) -> None:
    mail, desk = a_mail(expires_in=-timedelta(hours=1)), desk_client("AGENT")
    [item] = waiting(Source.MAIL)
    assert desk.post(f"things/{item.id}", do="resend").status_code == 409
    assert desk.post(f"things/{item.id}", do="handled").status_code == 302
    assert state_of(mail)[0] == "EXPIRED"


def a_difference(field: str, value: str) -> Person:
    """A feed says this otherwise than was confirmed."""
    person, membership = a_member()
    row_id = new_id()
    row = Difference(
        id=row_id,
        household_id=person.household_id,
        person_id=person.id,
        field=field,
        feed_value=vault().seal(value, place=Place("people_difference", "feed_value", row_id)),
        feed_index=b"index",
    )
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        row.save(force_insert=True)
        worklist.put(
            Item(
                source=Source.DIFFERENCE,
                source_id=row_id,
                kind=field,
                needs="members.change",
                opened_at=NOW,
                household=person.household_id,
                membership=membership.id,
            )
        )
    return person


def named(person: Person) -> str:
    with acting_as(Role.OWNER):
        return str(Person.objects.get(id=person.id).first_name)


def test_what_a_feed_contradicts_is_taken_or_kept(desk_client: DeskClient) -> None:
    desk = desk_client("AGENT")
    person = a_difference("first_name", "Clarissa")
    [item] = waiting(Source.DIFFERENCE)
    assert "Clarissa" in desk.page(f"things/{item.id}")
    assert desk.post(f"things/{item.id}", do="take").status_code == 302
    assert named(person) == "Clarissa"
    other = a_difference("first_name", "Clarita")
    [item] = waiting(Source.DIFFERENCE)
    desk.post(f"things/{item.id}", do="keep")
    assert named(other) != "Clarita"
    assert waiting(Source.DIFFERENCE) == []


def test_an_address_is_not_taken_from_a_feed_here(desk_client: DeskClient) -> None:
    a_difference("email", "feed@example.org")
    [item] = waiting(Source.DIFFERENCE)
    assert desk_client("AGENT").post(f"things/{item.id}", do="take").status_code == 409


def test_what_needs_only_eyes_is_seen(desk_client: DeskClient) -> None:
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        worklist.put(
            Item(
                source=Source.BANK,
                source_id=new_id(),
                kind="stopped",
                needs="members.change",
                opened_at=NOW,
            )
        )
    [item] = waiting(Source.BANK)
    desk = desk_client("AGENT")
    assert "A member stopped a change" in desk.page(f"things/{item.id}")
    assert desk.post(f"things/{item.id}", do="seen").status_code == 302
    assert waiting(Source.BANK) == []
