"""The papers beside a request: each page as a picture, by links, and nothing past the compartment."""

import io
import re
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from havre.commons.cases.queries import CaseSeen
from havre.commons.documents import queries as documents
from havre.commons.documents.actions import record, store
from havre.commons.documents.models import Upload
from havre.commons.documents.words import Compartment, DocumentKind
from havre.foundation.cleaning import clean
from havre.foundation.db import Role
from havre.journeys.requests.kinds.other import Other
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.requests import filed
from tests.foundation.test_cleaning import a_photo, three_pages
from tests.journeys.requests.asking import NOW


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents.files.cache_clear()
    monkeypatch.setattr("django.conf.settings.HAVRE.DOCUMENTS_FOLDER", tmp_path)


def a_paper(
    case: CaseSeen, content: bytes, name: str, *, compartment: Compartment = Compartment.GENERAL
) -> UUID:
    """A file that was sent for the request and checked."""
    cleaned = clean(content, file_name=name)
    kept = {"household": case.household, "compartment": compartment, "now": NOW}
    with acting_as(Role.OWNER):
        made = [
            record(store([part]), kind=kind, media_type=media, file_name=name, **kept)
            for part, kind, media in (
                (cleaned.content, DocumentKind.PIECE, cleaned.media_type),
                (cleaned.preview or b"", DocumentKind.PREVIEW, "image/jpeg"),
            )
        ]
        upload = Upload(
            household_id=case.household,
            subject_id=case.id,
            piece="other",
            compartment=compartment,
            uploaded_by=case.membership,
            state="READY",
            size=len(content),
            received=len(content),
            document_id=made[0],
            preview_id=made[1],
            media_type=cleaned.media_type,
            pages=cleaned.pages,
            begun_at=NOW,
            moved_at=NOW,
        )
        upload.file_name = documents.vault().seal(
            name, place=documents.upload_name_place(upload.id)
        )
        upload.save(force_insert=True)
    return upload.id


def test_each_page_of_each_paper_is_looked_at_by_links(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    invoice, photo = a_paper(case, three_pages(), "a.pdf"), a_paper(case, a_photo(), "b.jpg")
    page = desk.page(f"requests/{case.id}")
    assert "Page 1 of 3" in page
    assert f"papers/{invoice}/picture?page=1" in page
    way = {found[1]: found[0] for found in re.findall(r'href="([^"]+)" data-look="(\w+)"', page)}
    assert "before" not in way
    second = desk.page(way["after"].replace("&amp;", "&").removeprefix("/desk/"))
    assert "Page 2 of 3" in second
    assert 'data-key="b"' in second
    larger = desk.page(f"requests/{case.id}?paper={invoice}&page=3&zoom=1")
    assert 'data-zoom="1"' in larger
    assert 'data-key="f"' not in larger
    assert "zoom=2" in larger
    other = desk.page(f"requests/{case.id}?paper={photo}&page=7&zoom=9")
    assert f"papers/{photo}/picture?page=1" in other
    assert 'data-zoom="0"' in other


def test_the_picture_is_that_of_the_page_and_nobody_keeps_it(desk_client: DeskClient) -> None:
    case, desk = filed(), desk_client("AGENT")
    invoice, photo = a_paper(case, three_pages(), "a.pdf"), a_paper(case, a_photo(), "b.jpg")
    at = f"/desk/requests/{case.id}/papers"
    drawn = [desk.client.get(f"{at}/{invoice}/picture?page={number}") for number in (1, 3)]
    assert {(one["Content-Type"], one["Cache-Control"]) for one in drawn} == {
        ("image/jpeg", "no-store")
    }
    assert all("sandbox" in one["Content-Security-Policy"] for one in drawn)
    red, blue = (Image.open(io.BytesIO(one.content)).getpixel((600, 400)) for one in drawn)
    assert red[0] > 200 > red[2]
    assert blue[2] > 200 > blue[0]
    whole = b"".join(desk.client.get(f"{at}/{photo}/picture").streaming_content)
    assert Image.open(io.BytesIO(whole)).size == (400, 200)
    for number in ("0", "4", "9" * 5000, "-1", "x"):
        assert desk.client.get(f"{at}/{invoice}/picture?page={number}").status_code == 404


def test_no_paper_is_shown_past_its_compartment_its_request_and_its_scope(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Other, "compartment", "HEALTH")
    case, another, health = filed(), filed(), desk_client("HEALTH_AGENT")
    health.post(f"requests/{case.id}/take")
    health.post(f"requests/{another.id}/take")
    report = a_paper(case, a_photo(), "r.jpg", compartment=Compartment.MEDICAL)
    invoice = a_paper(case, three_pages(), "a.pdf", compartment=Compartment.HEALTH)
    at = f"/desk/requests/{case.id}/papers"
    assert health.client.get(f"{at}/{invoice}/picture?page=2").status_code == 200
    assert str(report) not in health.page(f"requests/{case.id}")
    for desk, path in (
        (health, f"{at}/{report}/picture"),
        (health, f"/desk/requests/{another.id}/papers/{invoice}/picture"),
        (desk_client("AGENT"), f"{at}/{invoice}/picture"),
        (desk_client("AGENT"), f"{at}/{invoice}"),
        (desk_client("HEALTH_AGENT", products=["NONE"]), f"{at}/{invoice}/picture"),
        (desk_client("HEALTH_AGENT"), f"{at}/{invoice}/picture"),  # opened by a colleague
    ):
        assert desk.client.get(path).status_code == 404, path
