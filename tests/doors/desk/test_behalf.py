"""Requests that the desk makes for a member: same form, same filing, told to them, out of others' reach."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from havre.commons.audit.models import Opening
from havre.commons.cases import queries as cases
from havre.commons.cases.models import Case, Content, Draft, Event, content_place, draft_place
from havre.commons.documents import queries
from havre.commons.documents.models import Upload
from havre.commons.notifications.models import OutgoingMail
from havre.domains.people.models import Membership
from havre.doors.portal.request_words import timeline
from havre.foundation.crypto import vault
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.house.test_statement_counts import statements
from tests.journeys.requests.asking import Asker, a_draft, a_family, an_asker, as_member
from tests.journeys.requests.claiming import a_claimant
from tests.staff import Desk

pytestmark = pytest.mark.django_db
WORDS = {"subject": "A card for an aunt", "words": "She visits in May."}


def begun(desk: Desk, asker: Asker, kind: str = "other", channel: str = "PHONE") -> UUID:
    answer = desk.post(f"members/{asker.membership}/requests/new/{kind}", channel=channel)
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer["Location"].rpartition("/")[2])


def at(asker: Asker, draft: UUID, rest: str = "") -> str:
    return f"members/{asker.membership}/drafts/{draft}{rest}"


def version(draft: UUID) -> str:
    with acting_as(Role.OWNER):
        return str(Draft.objects.get(id=draft).version)


def written(desk: Desk, asker: Asker, draft: UUID, step: str = "request", **words: str) -> Any:
    sent = {"_version": version(draft), "_do": "next", **(words or WORDS)}
    return desk.post(at(asker, draft, f"/pages/{step}"), **sent)


def filed(desk: Desk, asker: Asker, channel: str = "PHONE") -> UUID:
    draft = begun(desk, asker, channel=channel)
    written(desk, asker, draft)
    assert desk.post(at(asker, draft, "/send"), _version=version(draft)).status_code == 302
    return draft


def rows(model: Any, **of: Any) -> list[Any]:
    with acting_as(Role.OWNER):
        return list(model.objects.filter(**of))


def test_a_request_by_phone_is_filed_once_and_says_who_wrote_it_down(
    desk_client: DeskClient,
) -> None:
    desk, asker = desk_client(), an_asker(language="fr")
    assert "Another request" in desk.page(f"members/{asker.membership}/requests/new")
    draft = begun(desk, asker)
    assert begun(desk, asker) == draft  # a double click
    assert "who asked by telephone" in desk.page(at(asker, draft, "/pages/request"))
    assert written(desk, asker, draft)["Location"].endswith("/check")
    assert WORDS["words"] in desk.page(at(asker, draft, "/check"))
    kept = version(draft)
    answers = [desk.post(at(asker, draft, "/send"), _version=kept) for _twice in range(2)]
    assert {one["Location"] for one in answers} == {
        f"/desk/members/{asker.membership}/requests/{draft}"
    }
    (case,) = rows(Case, household_id=asker.household)
    assert (case.id, case.channel, case.filed_by) == (draft, "PHONE", str(desk.id))
    (event,) = rows(Event, case_id=draft)
    assert (event.side, event.by, event.by_name) == ("STAFF", str(desk.id), "Nadia")
    (mail,) = rows(OutgoingMail, kind="requests.receipt")
    assert (mail.language, "written_down" in mail.about) == ("fr", True)
    receipt = desk.page(f"members/{asker.membership}/requests/{draft}")
    assert f"{case.prefix}-{case.year}-{case.serial}" in receipt
    assert "leaves by e-mail" in receipt
    assert WORDS["subject"] in receipt
    assert desk.client.get(f"/desk/{at(asker, draft)}")["Location"].endswith(f"/requests/{draft}")


def test_its_title_is_in_the_members_language(desk_client: DeskClient) -> None:
    desk, asker = desk_client(), an_asker(language="fr")
    draft = begun(desk, asker, "data-protection")
    written(desk, asker, draft, "right", right="access")
    assert desk.post(at(asker, draft, "/send"), _version=version(draft)).status_code == 302
    (content,) = rows(Content)
    title = vault().open(bytes(content.title), place=content_place("title", draft))
    assert title == "Savoir ce que vous détenez sur moi, et en avoir une copie"


def test_what_is_missing_is_said_and_what_was_typed_stays(desk_client: DeskClient) -> None:
    desk, asker = desk_client(), an_asker()
    draft = begun(desk, asker)
    answer = written(desk, asker, draft, subject="Aunt", words="")
    assert answer.status_code == 422
    assert "“Your request” is missing." in answer.content.decode()
    assert 'value="Aunt"' in desk.page(at(asker, draft, "/pages/request"))
    sent = desk.post(at(asker, draft, "/send"), _version=version(draft))
    assert "One thing to check" in sent.content.decode()
    assert rows(Case) == []


def test_two_agents_write_over_nothing(desk_client: DeskClient) -> None:
    asker = an_asker()
    nadia, omar = desk_client(), desk_client(first_name="Omar")
    draft = begun(nadia, asker)
    assert written(omar, asker, draft, subject="One", words="Omar's").status_code == 302
    stale = {"_version": "0", "_do": "next", "subject": "Two", "words": "Nadia's"}
    answer = nadia.post(at(asker, draft, "/pages/request"), **stale)
    assert answer.status_code == 409
    assert "Omar&#39;s" in answer.content.decode()
    assert "Nadia&#39;s" in answer.content.decode()
    moved = nadia.post(at(asker, draft, "/send"), _version="0")
    assert moved.status_code == 409
    assert rows(Case) == []


def test_a_draft_is_found_again_and_can_be_forgotten(desk_client: DeskClient) -> None:
    desk, asker = desk_client(), an_asker()
    draft = begun(desk, asker, channel="POST")
    left = desk.page(f"members/{asker.membership}/requests/new")
    assert "Begun and not sent" in left
    assert "by post" in left
    assert "by Nadia Ferrand" in left
    for _twice in range(2):
        answer = desk.post(at(asker, draft, "/drop"))
        assert answer["Location"] == f"/desk/members/{asker.membership}/requests/new"
    assert rows(Draft) == []


def test_without_an_address_a_letter_is_printed_in_the_members_language(
    desk_client: DeskClient,
) -> None:
    desk, asker = desk_client(), an_asker(email=None, language="fr")
    draft = filed(desk, asker, channel="POST")
    assert rows(OutgoingMail) == []
    page = desk.page(f"members/{asker.membership}/requests/{draft}")
    assert "print the receipt and post it" in page
    letter = desk.client.get(f"/desk/members/{asker.membership}/requests/{draft}/receipt.pdf")
    assert letter["Content-Disposition"].startswith('attachment; filename="recu-')
    assert letter.content.startswith(b"%PDF")


def test_what_a_member_writes_is_theirs_and_what_the_desk_writes_is_not_yet(
    desk_client: DeskClient,
) -> None:
    desk, asker = desk_client(), an_asker()
    with acting_as(Role.WEB):
        own = a_draft(asker, "other", WORDS)
    assert "Begun and not sent" not in desk.page(f"members/{asker.membership}/requests/new")
    for rest in ("", "/check", "/pages/request"):
        assert desk.client.get(f"/desk/{at(asker, own.id, rest)}").status_code == 404
    as_desk = acting(actor=BUILDER, role=Role.DESK, household=asker.household)
    with acting_as(Role.DESK_WEB), as_desk:
        assert list(Draft.objects.all()) == []  # the database says so too
    assert len(rows(Draft)) == 1


def test_an_agent_of_the_general_compartment_makes_nothing_about_health(
    desk_client: DeskClient,
) -> None:
    agent, asker = desk_client("AGENT"), a_claimant()
    page = agent.page(f"members/{asker.membership}/requests/new")
    assert "a health agent makes it" in page
    address = f"members/{asker.membership}/requests/new/health-claim"
    assert "a health agent makes it" in agent.page(address)
    refused = agent.post(address, channel="PHONE")
    assert refused.status_code == 422
    assert (rows(Draft), rows(Opening)) == ([], [])
    health = desk_client("HEALTH_AGENT")
    draft = begun(health, asker, "health-claim")
    for rest in ("", "/check", "/pages/care"):
        assert agent.client.get(f"/desk/{at(asker, draft, rest)}").status_code == 404
    for rest in ("/send", "/open", "/uploads"):
        assert agent.post(at(asker, draft, rest)).status_code == 404
    agent.post(at(asker, draft, "/drop"))
    assert len(rows(Draft)) == 1
    assert "Begun and not sent" not in agent.page(f"members/{asker.membership}/requests/new")


def test_one_about_health_opens_it_for_that_request_and_no_longer(
    desk_client: DeskClient,
) -> None:
    nadia, asker = desk_client("HEALTH_AGENT"), a_claimant()
    draft = begun(nadia, asker, "health-claim")
    assert begun(nadia, asker, "health-claim") == draft
    (opening,) = rows(Opening)
    assert (opening.staff_id, opening.case_id, opening.purpose) == (nadia.id, draft, "REQUEST")
    (row,) = rows(Draft)
    assert row.compartment == "HEALTH"
    assert "Begun and not sent" in nadia.page(f"members/{asker.membership}/requests/new")
    omar = desk_client("HEALTH_AGENT", first_name="Omar")
    assert "Health is closed" in omar.page(at(asker, draft, "/pages/care"))
    assert omar.post(at(asker, draft, "/open")).status_code == 302
    assert "Health is closed" not in omar.page(at(asker, draft, "/check"))
    assert {one.staff_id for one in rows(Opening)} == {nadia.id, omar.id}
    assert omar.post(at(asker, new_id(), "/open")).status_code == 404  # nothing opens for nothing
    nadia.post(at(asker, draft, "/drop"))
    with acting_as(Role.OWNER):
        assert not Opening.objects.filter(until__gt=datetime.now(UTC)).exists()


def test_out_of_scope_or_of_another_household_nothing_is_there(desk_client: DeskClient) -> None:
    desk, asker, other = desk_client(), an_asker(), an_asker()
    draft, sent = begun(desk, asker), filed(desk, other)
    elsewhere = desk_client(products=["OTHER"])
    pages = ["requests/new", "requests/new/other", f"drafts/{draft}", f"drafts/{draft}/check"]
    for page in pages:
        assert elsewhere.client.get(f"/desk/members/{asker.membership}/{page}").status_code == 404
    assert elsewhere.post(at(asker, draft, "/pages/request"), **WORDS).status_code == 404
    mixed = f"/desk/members/{other.membership}"
    for page in (f"drafts/{draft}", f"drafts/{draft}/pages/request", f"drafts/{draft}/check"):
        assert desk.client.get(f"{mixed}/{page}").status_code == 404
    assert desk.post(f"members/{other.membership}/drafts/{draft}/send").status_code == 404
    swapped = f"/desk/members/{asker.membership}/requests/{sent}"
    assert desk.client.get(swapped).status_code == 404
    assert desk.client.get(f"{swapped}/receipt.pdf").status_code == 404
    desk.post(f"members/{other.membership}/drafts/{draft}/drop")
    assert [row.id for row in rows(Draft)] == [draft]


def test_another_adult_of_the_household_is_another_member(desk_client: DeskClient) -> None:
    desk, asker = desk_client(), a_family()
    draft = begun(desk, asker)
    with acting_as(Role.OWNER):
        spouse = Membership.objects.exclude(id=asker.membership).get(household_id=asker.household)
    assert desk.client.get(f"/desk/members/{spouse.id}/drafts/{draft}").status_code == 404


def test_a_scanned_letter_goes_with_it(
    desk_client: DeskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries.files.cache_clear()
    monkeypatch.setattr("django.conf.settings.HAVRE.DOCUMENTS_FOLDER", tmp_path)
    desk, asker = desk_client(), an_asker()
    draft = begun(desk, asker, channel="POST")
    papers = at(asker, draft, "/uploads")
    about = {"piece": "other", "name": "letter.jpg", "size": "9"}
    answer = desk.client.post(f"/desk/{papers}", about)
    assert answer.status_code == 201, answer.content
    (upload,) = rows(Upload)
    assert (upload.subject_id, upload.compartment) == (draft, "GENERAL")
    outside = desk_client(products=["OTHER"])
    assert outside.client.post(f"/desk/{papers}", about).status_code == 404
    refused = desk.client.post(f"/desk/{papers}", {**about, "piece": "nothing-of-that-name"})
    assert refused.status_code == 404


def test_the_member_reads_how_it_was_asked(desk_client: DeskClient) -> None:
    desk, asker = desk_client(), an_asker()
    case = filed(desk, asker)
    with acting_as(Role.WEB), as_member(asker):
        found = cases.case_of(household=asker.household, case=case)
        events = cases.events_of(household=asker.household, case=case, told=True)
    assert found
    (kind, title, text), *_next = timeline(found, events, None)
    assert (kind, title) == ("done", "By phone: we wrote it down for you")
    assert text.endswith("by Nadia")


@pytest.mark.parametrize("others", [0, 50])
def test_pages_ask_as_often_however_much_there_is(desk_client: DeskClient, others: int) -> None:
    desk, asker = desk_client(), an_asker()
    draft = begun(desk, asker)
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        row = Draft.objects.get(id=draft)
        for _each in range(others):
            row.id = new_id()
            row.answers = vault().seal("{}", place=draft_place(row.id))
            row.save(force_insert=True)
    counted = {}
    pages = ["requests/new", "requests/new/other", f"drafts/{draft}/pages/request"]
    for page in pages:
        desk.page(f"members/{asker.membership}/{page}")
        with statements() as sent:
            desk.page(f"members/{asker.membership}/{page}")
        counted[page.rpartition("/")[2]] = len(sent)
    assert counted == {"new": 24, "other": 22, "request": 18}
