"""Asking at the portal: begun, kept, read again, sent once."""

import re
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import translation

from havre.commons.cases import queries as cases
from havre.commons.cases.models import Published
from havre.commons.cases.queries import PublishedSeen
from havre.doors.portal.request_words import asked_twice
from havre.foundation.db import Role
from havre.journeys.requests.registry import all_kinds
from tests.database import acting_as
from tests.doors.portal.asking import (
    WORDS,
    a_sent,
    asker,
    begun,
    case,
    draft,
    filed,
    posted,
    written,
)
from tests.doors.portal.conftest import Member
from tests.journeys.requests.asking import as_member


def test_everything_that_can_be_asked_is_listed_and_found(claire: Member) -> None:
    page = claire.page("requests/new")
    assert "Another request" in page
    assert "Make a complaint" in page
    found = claire.page("requests/new?q=complain")
    assert "Make a complaint" in found
    assert "Another request" not in found
    assert "Nothing is called that" in claire.page("requests/new?q=zzzz")
    assert "réclamation" in claire.page("requests/new?q=reclam", language="fr")


def test_a_request_is_written_read_again_and_sent(claire: Member) -> None:
    row = begun(claire)
    assert claire.client.get(f"/en/requests/drafts/{row}").status_code == 302
    assert "Subject" in claire.page(f"requests/drafts/{row}/pages/request")
    answer = written(claire, row)
    assert answer["Location"] == f"/en/requests/drafts/{row}/check"
    recap = claire.page(f"requests/drafts/{row}/check")
    assert WORDS["words"] in recap
    assert filed(claire, row)["Location"] == f"/en/requests/{row}/receipt"
    receipt = claire.page(f"requests/{row}/receipt")
    assert case(claire, row).number in receipt
    assert WORDS["subject"] in receipt
    assert "15 June 2026 at 12:00" in receipt
    assert WORDS["subject"] in claire.page("requests")


def test_what_is_missing_is_said_and_what_is_there_is_kept(claire: Member) -> None:
    row = begun(claire)
    answer = written(claire, row, subject="Aunt", words="")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“Your request” is missing." in page
    assert draft(claire, row).answers["subject"] == "Aunt"
    assert "One thing to check before it can be sent" in claire.page(f"requests/drafts/{row}/check")
    assert filed(claire, row).status_code == 200
    with as_member(asker(claire)):
        assert cases.case_of(household=claire.household, case=row) is None


def test_a_draft_goes_on_where_it_was_left(claire: Member) -> None:
    row = begun(claire)
    data = {"_version": "0", "_do": "leave", "subject": "Aunt"}
    assert (
        posted(claire, f"requests/drafts/{row}/pages/request", data)["Location"] == "/en/requests"
    )
    assert "Not sent yet" in claire.page("requests")
    assert 'value="Aunt"' in claire.page(f"requests/drafts/{row}/pages/request")


def test_it_saves_itself_and_says_so(claire: Member) -> None:
    row = begun(claire)
    path, data = f"requests/drafts/{row}/pages/request", {"_version": "0", "subject": "Aunt"}
    answer = posted(claire, path, data, headers={"accept": "application/json"})
    assert answer.json()["version"] == 1
    assert answer.json()["said"] == "Draft saved on 15 June 2026, 12:00."
    assert answer.json()["shape"] in claire.page(path)


def test_two_tabs_never_write_over_each_other(claire: Member) -> None:
    row = begun(claire)
    path = f"requests/drafts/{row}/pages/request"
    here = {"_version": "0", "_do": "next", "subject": "From here", "words": "Mine"}
    posted(claire, path, {**here, "subject": "From there"})
    answer = posted(claire, path, here)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "From here" in page
    assert "From there" in page
    assert draft(claire, row).answers["subject"] == "From there"
    silent = posted(claire, path, here, headers={"accept": "application/json"})
    assert silent.status_code == 409
    posted(claire, path, {**here, "_version": "1", "_do": "save"})
    assert draft(claire, row).answers["subject"] == "From here"


def test_sent_twice_is_filed_once(claire: Member) -> None:
    row = begun(claire)
    written(claire, row)
    data = {"_version": "1"}
    first = posted(claire, f"requests/drafts/{row}/send", data)
    again = posted(claire, f"requests/drafts/{row}/send", data)
    assert first["Location"] == again["Location"] == f"/en/requests/{row}/receipt"
    for path in ("", "/check", "/pages/request"):  # the back button
        back = claire.client.get(f"/en/requests/drafts/{row}{path}")
        assert back["Location"] == f"/en/requests/{row}/receipt"
    with as_member(asker(claire)):
        found = cases.cases_of(household=claire.household, membership=claire.membership.id)
    assert len(found.cases) == 1


def test_what_changed_since_it_was_read_is_read_again(claire: Member) -> None:
    row = begun(claire)
    written(claire, row)
    written(claire, row, subject="Changed", words="Meanwhile")
    answer = posted(claire, f"requests/drafts/{row}/send", {"_version": "1"})
    assert answer.status_code == 409
    assert "It has changed since you opened this page" in answer.content.decode()


def test_an_unfinished_draft_is_offered_before_a_new_one(claire: Member) -> None:
    row = begun(claire)
    assert begun(claire) == row  # clicked twice
    written(claire, row)
    offered = posted(claire, "requests/new/other")
    assert offered.status_code == 200
    assert "You have begun one already" in offered.content.decode()
    again = posted(claire, "requests/new/other", {"again": "1"})
    assert again["Location"] != f"/en/requests/drafts/{row}"
    assert claire.client.get(f"/en/requests/drafts/{row}").status_code == 404


def test_a_draft_is_dropped(claire: Member) -> None:
    row = begun(claire)
    written(claire, row)
    assert posted(claire, f"requests/drafts/{row}/drop")["Location"] == "/en/requests"
    assert claire.client.get(f"/en/requests/drafts/{row}").status_code == 404


def test_no_kind_and_no_page_that_does_not_exist(claire: Member) -> None:
    row = begun(claire)
    assert claire.client.get("/en/requests/new/nothing").status_code == 404
    assert claire.client.get(f"/en/requests/drafts/{row}/pages/nothing").status_code == 404
    assert claire.client.get(f"/en/requests/drafts/{uuid4()}").status_code == 404


def test_the_receipt_is_a_file_too(claire: Member) -> None:
    row = a_sent(claire)
    answer = claire.client.get(f"/en/requests/{row}/receipt/pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert case(claire, row).number in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF")


def test_every_kind_has_its_icon_in_the_sprite() -> None:
    sprite = Path("src/havre/doors/ui/static/ui/icons.svg").read_text()
    assert [one.icon for one in all_kinds().values() if f'id="{one.icon}"' not in sprite] == []


def test_without_a_script_what_is_written_is_kept_before_files_are_sent(claire: Member) -> None:
    row = begun(claire)
    path = f"requests/drafts/{row}/pages/request"
    assert 'name="_do" value="papers"' in claire.page(path)
    answer = posted(claire, path, {**WORDS, "_version": "0", "_do": "papers"})
    assert answer["Location"] == f"/en/{path}?papers"
    assert draft(claire, row).answers["words"] == WORDS["words"]
    alone = claire.page(f"{path}?papers")
    assert 'name="words"' not in alone
    assert re.search(r'<form class="drop"[^>]* data-send>', alone)
    assert re.search(r'<form class="drop"[^>]* data-send hidden>', claire.page(path))


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        (None, "Too few requests"),
        (PublishedSeen(19, 9), "Too few requests"),
        (PublishedSeen(40, 3), "we decided 40 requests; for fewer than 5 of them"),
        (PublishedSeen(40, 6), "for 6 of them (15%) we asked twice for something"),
        (PublishedSeen(40, 0), "for 0 of them (0%)"),
    ],
)
def test_how_often_the_house_asks_twice_is_published(
    measured: PublishedSeen | None, said: str
) -> None:
    with translation.override("en"):
        assert said in asked_twice(measured)


def test_members_read_it_under_their_requests(claire: Member) -> None:
    with acting_as(Role.OWNER):
        Published.objects.create(measured_on=date(2026, 6, 14), decided=40, asked_twice=6)
    assert "for 6 of them (15%) we asked twice" in claire.page("requests")
