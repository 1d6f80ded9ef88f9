"""A page asks the database the same number of times whatever the household holds (P2)."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from havre.commons.accounts.models import KnownDevice, Session
from havre.commons.content.queries import published
from havre.commons.documents.models import Document
from havre.domains.certificates.models import Certificate
from havre.domains.contracts.models import Contract, ContractOption, Cover
from havre.domains.health.models import Line, Transfer
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER, a_company, a_formula, an_intermediary
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, TODAY, Member, signed_in, that_day
from tests.doors.portal.published import publish_demo
from tests.messages import a_conversation, answered, many_messages

__all__ = ["that_day"]
pytestmark = pytest.mark.django_db(transaction=True)
ROWS = (1, 50, 5000)
MOST = 8
PAGES = ("", "contracts", "contracts/{contract}", "reimbursements", "reimbursements/{transfer}")
PAGES += ("reimbursements/not-settled", "certificates", "personal-information")
PAGES += ("personal-information/{person}/address", "personal-information/{person}/country")
PAGES += ("profile", "profile/terms", "card", "card/{contract}/{person}")
PAGES += ("who-sees-my-care", "profile/second-factors")
PAGES += ("certificates/new/abroad", "certificates/{certificate}")
PAGES += ("profile/security", "profile/sessions")
PAGES += ("reimbursements?category=DENTAL", "reimbursements?period=this-year&group=beneficiary")
PAGES += ("reimbursements?group=category&provider=clinic", "reimbursements/lines/{line}")
PAGES += ("messages", "messages?q=question", "messages/{conversation}", "messages/new")
PAGES += ("bank-accounts", "my-data/readings")
PAGES += ("downloads", "contact", "faq", "security-information", "emergency")


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database meanwhile; the wrapper does not see BEGIN and COMMIT."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield sent


@pytest.fixture
def claire(that_day: None) -> Member:
    return signed_in()


def furnish(claire: Member, rows: int) -> dict[str, object]:
    """So many transfers and as many lines, half of them in one transfer; contracts to match."""
    household, person = claire.household, claire.person.id
    transfers = [_transfer(household, day) for day in range(rows)]
    lines = [
        _line(household, person, number, transfers[0 if number % 2 else number])
        for number in range(rows)
    ]
    lines += [_line(household, person, number, None) for number in range(rows, rows + rows // 10)]
    parties = {
        "formula_id": a_formula(guarantees=(("DENTAL", "Soins", "100 %"),)).id,
        "employer_id": a_company("Cordages").id,
        "intermediary_id": an_intermediary("Cabinet").id,
    }
    contracts = [_contract(household, number, parties) for number in range(min(rows, 50))]
    covers = [_cover(contract, person) for contract in contracts]
    options = [_option(contract) for contract in contracts]
    files = [_document(household) for _number in range(rows)]
    certificates = [
        _certificate(contracts[0], person, number, files[number]) for number in range(rows)
    ]
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        for batch in (transfers, lines, contracts, covers, options, files, certificates):
            type(batch[0]).objects.bulk_create(batch)  # type: ignore[attr-defined]
    _sign_in_elsewhere(claire, rows)
    conversation = many_messages(household, claire.membership.id, rows)
    found = {
        "conversation": conversation,
        "contract": contracts[0].id,
        "transfer": transfers[0].id,
        "person": person,
    }
    return {**found, "certificate": certificates[0].id, "line": lines[0].id}


@pytest.mark.parametrize("rows", ROWS)
def test_pages_of_a_member(claire: Member, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "FRESH_SECONDS", 3600.0)  # one count more every five seconds
    ids = furnish(claire, rows)
    publish_demo()
    counted = {}
    for page in PAGES:
        for read in {"certificates", page.format(**ids)}:  # what a process remembers, it has read
            claire.page(read)
        with statements() as sent:
            claire.page(page.format(**ids))
        counted[page] = len(sent)
    assert counted == {
        "": 8,
        "contracts": 6,
        "contracts/{contract}": 8,
        "reimbursements": 8,
        "reimbursements/{transfer}": 6,
        "reimbursements/not-settled": 5,
        "certificates": 6,
        "personal-information": 5,
        "personal-information/{person}/address": 4,
        "personal-information/{person}/country": 4,
        "card": 6,
        "card/{contract}/{person}": 6,
        "profile": 6,
        "profile/terms": 4,
        "who-sees-my-care": 4,
        "profile/second-factors": 5,
        "certificates/new/abroad": 6,
        "certificates/{certificate}": 6,
        "profile/security": 2,
        "profile/sessions": 5,
        "reimbursements?category=DENTAL": 7,
        "reimbursements?period=this-year&group=beneficiary": 7,
        "reimbursements?group=category&provider=clinic": 6,
        "reimbursements/lines/{line}": 7,
        "messages": 4,
        "messages?q=question": 4,
        "messages/{conversation}": 6,
        "messages/new": 4,
        "bank-accounts": 5,
        "my-data/readings": 6,
        "downloads": 6,
        "contact": 6,
        "faq": 3,
        "security-information": 4,
        "emergency": 7,
    }
    assert max(counted.values()) <= MOST


def test_news_that_is_read_and_a_page_that_waits(claire: Member) -> None:
    """Two statements more where there is news, to mark it read and tell the other tabs."""
    made = a_conversation(household=claire.household, membership=claire.membership.id)
    page = f"messages/{made}"
    watched = re.search(r'data-live-topic="([^"]+)"', claire.page(page))
    assert watched
    claire.page(page)
    answered(claire.household, made, "Here")
    counted = []
    for _ in range(2):
        with statements() as sent:
            claire.page(page)
        counted.append(len(sent))
    assert counted == [8, 6]
    with statements() as sent:
        assert claire.client.get("/en/live", {"topic": watched[1], "seen": ""}).json()["changed"]
    assert len(sent) == 2


def _transfer(household: Any, day: int) -> Transfer:
    return Transfer(
        household_id=household,
        source="S",
        external_id=f"T{day}",
        reference=f"VIR {day}",
        settled_on=TODAY - timedelta(days=day // 20),
        payee="MEMBER",
        currency="EUR",
        total=Decimal(20),
    )


def _line(household: Any, person: Any, number: int, transfer: Transfer | None) -> Line:
    return Line(
        household_id=household,
        source="S",
        external_id=f"L{number}",
        transfer_id=transfer.id if transfer else None,
        settled_on=transfer.settled_on if transfer else None,
        person_id=person,
        claim=f"C{number}",
        care_date=TODAY,
        category="DENTAL",
        act="Consultation",
        currency="EUR",
        reimbursed=Decimal(20),
    )


def _contract(household: Any, number: int, parties: dict[str, Any]) -> Contract:
    return Contract(
        id=new_id(),
        household_id=household,
        source="S",
        external_id=f"K{number}",
        number=f"2024-{number}",
        kind="COLLECTIVE",
        scheme="FIRST_EURO",
        currency="EUR",
        first_day=TODAY,
        **parties,
    )


def _cover(contract: Contract, person: Any) -> Cover:
    return Cover(
        household_id=contract.household_id,
        contract_id=contract.id,
        person_id=person,
        first_day=TODAY,
    )


def _option(contract: Contract) -> ContractOption:
    return ContractOption(
        household_id=contract.household_id,
        contract_id=contract.id,
        code="A",
        name_fr="Assistance",
        name_en="Assistance",
        first_day=TODAY,
    )


def _document(household: Any) -> Document:
    return Document(
        id=new_id(),
        household_id=household,
        kind="CERTIFICATE",
        media_type="application/pdf",
        size=1,
        sha256=b"x",
        created_at=NOW,
    )


def _certificate(contract: Contract, person: Any, number: int, document: Document) -> Certificate:
    return Certificate(
        id=new_id(),
        household_id=contract.household_id,
        reference=f"ATT-{number}",
        facts=b"%d" % number,
        kind="membership",
        language="fr",
        person_id=person,
        contract_id=contract.id,
        document_id=document.id,
        first_day=TODAY,
        last_day=TODAY,
        initials="C. A.",
        token=b"%d" % number,
        birth=b"x",
        sealed=True,
        issued_at=NOW,
        issued_by=person,
    )


def _sign_in_elsewhere(claire: Member, rows: int) -> None:
    """So many sessions and known browsers."""
    sessions = [
        Session(
            session_key=f"{number:032}",
            session_data="",
            expire_date=NOW + timedelta(hours=1),
            handle=new_id(),
            account=claire.account,
            began_at=NOW,
            used_at=NOW,
        )
        for number in range(rows)
    ]
    devices = [
        KnownDevice(
            account=claire.account,
            digest=str(number).encode(),
            first_seen_at=NOW,
            last_seen_at=NOW,
        )
        for number in range(rows)
    ]
    with acting_as(Role.OWNER):
        Session.objects.bulk_create(sessions)
        KnownDevice.objects.bulk_create(devices)
