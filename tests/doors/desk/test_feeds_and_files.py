"""What waits of feeds and files: a refused loading with its report, a file set aside, papers of a request."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from havre.commons.audit.models import Loading
from havre.commons.cases import queries as cases
from havre.commons.cases.queries import CaseSeen
from havre.commons.cases.words import CaseStatus
from havre.commons.documents import actions as documents
from havre.commons.documents.models import Upload, upload_name_place
from havre.commons.notifications.models import OutgoingMail
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.words import Item, Source
from havre.foundation.crypto import vault
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from havre.journeys.loading.problems import WrongFeed
from havre.project.cli.loading import load_feed
from tests.builders import BUILDER
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.requests import as_it_stands, asker_of, filed
from tests.doors.desk.test_things import a_mail, waiting
from tests.journeys.requests.asking import as_member

NOW = datetime.now(UTC)
GOOD = """{"record":"company","source":"S","external_id":"C-1","name":"Exemple SA"}
{"record":"trailer","count":1}
"""


def fed(path: Path, text: str) -> None:
    path.write_text(text)
    with acting_as(Role.WORKER):
        load_feed([path], "members", dry_run=False, today=NOW.date(), now=NOW)


def refused(path: Path) -> None:
    with pytest.raises(WrongFeed):
        fed(path, "{\n")


def test_a_refused_feed_waits_with_its_report_until_the_same_file_loads_well(
    desk_client: DeskClient, tmp_path: Path
) -> None:
    refused(tmp_path / "members.jsonl")
    refused(tmp_path / "members.jsonl")
    [item] = waiting(Source.IMPORT)
    page = desk_client("AGENT").page(f"things/{item.id}")
    assert "refused whole" in page
    assert "members.jsonl, line 1" in page
    fed(tmp_path / "others.jsonl", GOOD)
    assert waiting(Source.IMPORT) == [item]
    fed(tmp_path / "members.jsonl", GOOD)
    assert waiting(Source.IMPORT) == []
    with acting_as(Role.OWNER):
        assert not Loading.objects.exists()


def test_a_refused_feed_is_closed_with_a_reason_alone(
    desk_client: DeskClient, tmp_path: Path
) -> None:
    refused(tmp_path / "members.jsonl")
    [item], desk = waiting(Source.IMPORT), desk_client("AGENT")
    told = desk.post(f"things/{item.id}", do="close", reason="  ")
    assert told.status_code == 409
    assert "Say in a few words why" in told.content.decode()
    assert desk.post(f"things/{item.id}", do="close", reason="Sent by mistake").status_code == 302
    assert waiting(Source.IMPORT) == []
    with acting_as(Role.OWNER):
        row = Loading.objects.get()
    assert (row.closed_by, row.told) == (str(desk.id), None)
    refused(tmp_path / "members.jsonl")
    assert len(waiting(Source.IMPORT)) == 1


def a_file(case: CaseSeen, state: str, *, piece: str = "proof") -> UUID:
    """A file that was sent with a request."""
    row_id = new_id()
    row = Upload(
        id=row_id,
        household_id=case.household,
        subject_id=case.id,
        piece=piece,
        compartment="GENERAL",
        uploaded_by=new_id(),
        state=state,
        fault="WRONG_TYPE" if state == "REFUSED" else "",
        size=1,
        received=1,
        file_name=vault().seal("bill.pdf", place=upload_name_place(row_id)),
        content_sha256=row_id.bytes,
        begun_at=NOW,
        moved_at=NOW,
    )
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        row.save(force_insert=True)
        if state == "QUARANTINED":
            worklist.put(
                Item(
                    source=Source.QUARANTINE,
                    source_id=row_id,
                    kind="QUARANTINE",
                    needs="requests.decide",
                    household=case.household,
                    opened_at=NOW,
                )
            )
    return row_id


def test_a_file_set_aside_is_asked_for_again_in_one_act(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    a_file(case, "QUARANTINED")
    [item] = waiting(Source.QUARANTINE)
    page = desk.page(f"things/{item.id}")
    assert "bill.pdf" in page
    assert case.number in page
    assert desk.post(f"things/{item.id}", do="ask-again").status_code == 302
    assert waiting(Source.QUARANTINE) == []
    assert as_it_stands(case).status is CaseStatus.AWAITING_REPLY
    with acting_as(Role.DESK_WEB), acting(actor=BUILDER, role=Role.DESK, household=case.household):
        [ask] = cases.asks_of(household=case.household, case=case.id)
    assert (ask.piece, "bill.pdf" in ask.words) == ("proof", True)
    with acting_as(Role.OWNER):
        assert OutgoingMail.objects.filter(kind="requests.asked").exists()


def test_no_act_lets_a_file_set_aside_through(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    upload = a_file(case, "QUARANTINED")
    [item] = waiting(Source.QUARANTINE)
    for what in ("release", "approve", "take", "resend"):
        assert desk.post(f"things/{item.id}", do=what).status_code == 409
    desk.post(f"things/{item.id}", do="seen")
    with acting_as(Role.OWNER):
        assert Upload.objects.get(id=upload).state == "QUARANTINED"


def test_a_mail_that_came_back_is_not_sent_again(desk_client: DeskClient) -> None:
    mail, desk = a_mail(), desk_client("AGENT")
    with acting_as(Role.OWNER):
        OutgoingMail.objects.filter(id=mail.id).update(state="BOUNCED")
    [item] = waiting(Source.MAIL)
    page = desk.page(f"things/{item.id}")
    assert "came back" in page
    assert "A request" in page
    assert f"/desk/members/{mail.membership_id}/account" in page
    assert desk.post(f"things/{item.id}", do="resend").status_code == 409
    assert desk.post(f"things/{item.id}", do="handled").status_code == 302


def test_the_queue_says_how_many_papers_came_and_that_some_are_not_scanned(
    desk_client: DeskClient,
) -> None:
    case, desk = filed(), desk_client("AGENT")
    uploads = [a_file(case, state) for state in ("WAITING_SCAN", "CHECKING", "REFUSED")]
    with acting_as(Role.WEB), as_member(asker_of(case)):
        documents.keep_uploads(household=case.household, subject=case.id, now=NOW)
    assert "2 papers, waiting for the scan" in desk.page("queue")
    with acting_as(Role.OWNER):
        Upload.objects.filter(id__in=uploads[:1]).delete()
        Upload.objects.filter(id__in=uploads).update(state="REFUSED", fault="WRONG_TYPE")
    with acting_as(Role.WEB), as_member(asker_of(case)):
        documents.keep_uploads(household=case.household, subject=case.id, now=NOW)
    assert "waiting for the scan" not in desk.page("queue")
