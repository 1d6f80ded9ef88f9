"""Pages of a claim ask the database the same number of questions, whatever is claimed and sent (P2)."""

import json
from typing import Any
from uuid import UUID

import pytest

from havre.commons.cases.models import Case, Content, Draft, content_place, draft_place
from havre.commons.cases.words import Answers
from havre.commons.documents.models import Upload, upload_name_place
from havre.domains.health.models import Agreement
from havre.foundation.crypto import vault
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER, a_bank_account, a_contract, a_cover, a_formula
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member, signed_in, that_day
from tests.house.test_request_counts import a_case, a_content
from tests.house.test_statement_counts import MOST, statements
from tests.journeys.requests.asking import Asker
from tests.journeys.requests.claiming import a_claim, a_line_of, a_rate

__all__ = ["that_day"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claire(that_day: None) -> Member:
    return signed_in()


def furnish(claire: Member, rows: int) -> dict[str, UUID]:
    """A draft and a request that claim so many lines in another currency, with as many papers each,
    and as many agreements."""
    contract = a_contract(
        household=claire.household, formula_id=a_formula().id, scheme="CFE_COMPLEMENT"
    )
    a_cover(contract=contract, person=claire.person)
    a_rate("MXN", "20.00", NOW.date())
    asker = Asker(claire.household, claire.membership.id, claire.person.id, contract.id)
    dollars = {"amount": "100.00", "currency": "MXN"}
    lines = [a_line_of(category="DENTAL", amount=dollars) for _line in range(rows)]
    answers = a_claim(asker, *lines, cfe="attached", agreement="D-2026-000000")
    draft, (case, content) = _draft(asker, answers), _filed(claire, answers)
    for number in range(min(rows, 3)):
        a_bank_account(person=claire.person, currency=("EUR", "USD", "MXN")[number])
    batches: list[list[Any]] = [
        [draft],
        [case],
        [content],
        [_upload(one) for one in (draft, case) for _paper in range(rows)],
        [_agreement(asker, number) for number in range(rows)],
    ]
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        for batch in batches:
            type(batch[0]).objects.bulk_create(batch)
    return {"draft": draft.id, "case": case.id}


@pytest.mark.parametrize("rows", [1, 50])
def test_pages_of_a_claim(claire: Member, rows: int) -> None:
    ids = furnish(claire, rows)
    pages = {
        "requests/new/health-claim": 6,
        "requests/drafts/{draft}/pages/care": 8,
        "requests/drafts/{draft}/pages/lines": 8,
        "requests/drafts/{draft}/pages/papers": 8,
        "requests/drafts/{draft}/check": 8,
        "requests/{case}": 6,
        "requests/{case}/receipt": 8,
    }
    counted = {}
    for page in pages:
        path = page.format(**ids)
        claire.page(path)  # what a process remembers, it has read
        with statements() as sent:
            claire.page(path)
        counted[page] = len(sent)
    assert counted == pages
    assert max(counted.values()) <= MOST


def _draft(asker: Asker, answers: Answers) -> Draft:
    row = new_id()
    return Draft(
        id=row,
        household_id=asker.household,
        kind="health-claim",
        membership_id=asker.membership,
        channel="ONLINE",
        written_by="someone",
        step="lines",
        answers=vault().seal(json.dumps(answers), place=draft_place(row)),
        version=1,
        begun_at=NOW,
        saved_at=NOW,
    )


def _filed(claire: Member, answers: Answers) -> tuple[Case, Content]:
    case = a_case(claire, 0)
    case.kind, case.compartment = "health-claim", "HEALTH"
    content = a_content(case)
    content.compartment = "HEALTH"
    content.answers = vault().seal(json.dumps(answers), place=content_place("answers", case.id))
    return case, content


def _upload(subject: Draft | Case) -> Upload:
    row = new_id()
    return Upload(
        id=row,
        household_id=subject.household_id,
        subject_id=subject.id,
        piece="invoice",
        compartment="HEALTH",
        uploaded_by=new_id(),
        state="CHECKING",
        size=3,
        received=3,
        file_name=vault().seal("photo.jpg", place=upload_name_place(row)),
        content_sha256=row.bytes,
        begun_at=NOW,
        moved_at=NOW,
    )


def _agreement(asker: Asker, number: int) -> Agreement:
    return Agreement(
        household_id=asker.household,
        number=f"D-2026-{number:06}",
        person_id=asker.person,
        contract_id=asker.contract,
        category="OPTICAL",
        act="Glasses",
        provider="An optician",
        first_day=NOW.date(),
        last_day=NOW.date(),
        currency="EUR",
        agreed_at=NOW,
    )
