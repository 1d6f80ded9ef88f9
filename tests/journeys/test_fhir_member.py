"""From FHIR files to the screen: the account of an imported person opens, and care reads as it was mapped."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from havre.domains.people.actions import set_contact
from havre.doors.ui.formats import money
from havre.exchanges.fhir.reading import FhirReading
from havre.foundation.db.roles import Role
from havre.foundation.money import Money
from havre.journeys.account_opening.matching import Outcome, match
from havre.journeys.loading.records import Line, Person, Transfer
from havre.project.cli.loading import load_fhir
from tests.database import acting_as
from tests.journeys.account_opening.asking import ask, sent

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EMAIL = "imported@example.org"
PASSWORD = "quatre bateaux verts au port"
SYNTHEA_NUMBERS = "http://hospital.smarthealthit.org"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="the third-party data are not beside the project"),
]


@dataclass(frozen=True)
class Imported:
    """One person of the files, with what the mapping says of their care."""

    person: Person
    number: str
    transfers: tuple[Transfer, ...]
    lines: tuple[Line, ...]


def _load(folder: str, *, number_system: str | None) -> tuple[FhirReading, dict[str, str]]:
    files = [DATA / folder]
    with acting_as(Role.WORKER):
        reading, report = load_fhir(
            files, number_system=number_system, dry_run=False, today=NOW.date(), now=NOW
        )
        # The same files again change nothing.
        _, again = load_fhir(
            files, number_system=number_system, dry_run=False, today=NOW.date(), now=NOW
        )
    assert again.changes_nothing
    issued = {
        row.identity.rpartition("/")[2]: row.detail
        for row in report.rows
        if row.outcome.value == "ISSUED"
    }
    return reading, issued


def _one(reading: FhirReading, issued: dict[str, str]) -> Imported:
    """The living person with the most transfers."""
    records = [located.record for located in reading.statements]
    people = [
        located.record
        for located in reading.members
        if isinstance(located.record, Person) and not located.record.deceased_on
    ]

    def paid(person: Person) -> tuple[Transfer, ...]:
        return tuple(
            r for r in records if isinstance(r, Transfer) and r.household == person.household
        )

    person = max(people, key=lambda one: len(paid(one)))
    lines = tuple(r for r in records if isinstance(r, Line) and r.person == person.external_id)
    number = person.adherent_number or issued[person.external_id]
    return Imported(person, str(number), paid(person), lines)


def _opened(imported: Imported) -> Client:
    """The account, opened from home as anybody's is."""
    with acting_as(Role.WORKER):
        set_contact(adherent_number=imported.number, email=EMAIL, by="tests", now=NOW)
    request = ask(
        family_name=imported.person.family_name,
        first_name=imported.person.first_name,
        birth_date=imported.person.birth_date,
        email=EMAIL,
        adherent_number=imported.number,
    )
    with acting_as(Role.WORKER):
        assert match(request_id=request, now=NOW) is Outcome.OPENED
    secret = _found(r"((?:[0-9A-Z]{4}-){5}[0-9A-Z]{4})")
    client = Client(SERVER_NAME="localhost")
    client.post("/en/sign-in", {"number": imported.number, "password": secret})
    client.post("/en/first-sign-in/password", {"password": PASSWORD, "again": PASSWORD})
    client.get("/en/first-sign-in/email")
    client.post("/en/first-sign-in/email", {"code": _found(r"\n\s+(\d{6})\n")})
    assert client.get("/en/").status_code == 200
    return client


def _found(pattern: str) -> str:
    for message in reversed(sent(now=NOW + timedelta(seconds=1))):
        if match_ := re.search(pattern, str(message.body)):
            return match_.group(1)
    raise AssertionError(f"no mail says {pattern}")


def _main(page: bytes) -> str:
    return page.decode().split("<main", 1)[1].split("</main>", 1)[0]


def _text(page: bytes) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", _main(page))).split())


def _transfer_pages(client: Client) -> list[str]:
    """The page of every transfer, by following the list to its end."""
    pages, address = [], "/en/reimbursements"
    while address:
        page = _main(client.get(address).content)
        links = dict.fromkeys(re.findall(r'href="(/en/reimbursements/[0-9a-f-]{36})"', page))
        pages += [_text(client.get(link).content) for link in links]
        older = re.search(r'href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?Earlier<', page)
        address = html.unescape(older.group(1)) if older else ""
        if address.startswith("?"):
            address = f"/en/reimbursements{address}"
    return pages


def _said(amount: Decimal | None, currency: str) -> str:
    if amount is None:
        return "not stated"
    with translation.override("en"):
        return " ".join(money(Money.rounded(amount, currency)).split())


@pytest.mark.parametrize(
    ("folder", "number_system"), [("synthea", SYNTHEA_NUMBERS), ("carin", None)]
)
def test_an_imported_member_reads_what_the_mapping_says(
    folder: str, number_system: str | None
) -> None:
    with time_machine.travel(NOW, tick=False):
        imported = _one(*_load(folder, number_system=number_system))
        pages = _transfer_pages(_opened(imported))
    assert len(pages) == len(imported.transfers)
    for transfer in imported.transfers:
        (page,) = [page for page in pages if transfer.reference in page]
        assert _said(transfer.total, transfer.currency) in page
        for line in (one for one in imported.lines if one.transfer == transfer.external_id):
            assert " ".join(line.act.split()) in page
            for amount in (line.reimbursed, line.left_to_pay, line.primary_share):
                assert _said(amount, line.currency) in page
