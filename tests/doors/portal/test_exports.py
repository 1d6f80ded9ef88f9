"""A search as a file: what a spreadsheet reads of it, what it must never run, and what stays masked."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from havre.doors.portal import exports
from havre.doors.portal.identity import CONFIRMED
from tests.builders import a_line, a_member, a_transfer
from tests.doors.portal.conftest import NOW, TODAY, Member

HOSTILE = ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1")


@pytest.fixture
def confirmed(claire: Member) -> Member:
    session = claire.client.session
    session[CONFIRMED] = int(NOW.timestamp())
    session.save()
    return claire


def exported(member: Member, kind: str, query: str = "", *, language: str = "en") -> bytes:
    answer = member.client.get(f"/{language}/reimbursements/export.{kind}?{query}")
    assert answer.status_code == 200, answer.status_code
    assert "Claire" not in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def rows_of(content: bytes, *, delimiter: str = ",") -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def a_settled_line(member: Member, **changes: Any) -> None:
    a_line(person=member.person, transfer=a_transfer(household=member.household), **changes)


def test_a_reader_confirms_who_they_are_first(claire: Member) -> None:
    session = claire.client.session
    session[CONFIRMED] = 0
    session.save()
    for kind in ("csv", "xlsx"):
        answer = claire.client.get(f"/en/reimbursements/export.{kind}?provider=x")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/en/confirm?")
        assert "provider" in answer["Location"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula(confirmed: Member, text: str) -> None:
    a_settled_line(confirmed, act=text, provider=text, claim=text)
    (row,) = rows_of(exported(confirmed, "csv"))
    assert (row["Care"], row["Provider"], row["Claim"]) == (f"'{text}",) * 3
    book = CalamineWorkbook.from_filelike(io.BytesIO(exported(confirmed, "xlsx")))
    assert text.strip() in str(book.get_sheet_by_index(0).to_python()[1])


def test_amounts_and_days_are_values_even_below_zero(confirmed: Member) -> None:
    a_settled_line(confirmed, reimbursed=Decimal("-1234.50"), spent=Decimal("30.05"))
    (english,) = rows_of(exported(confirmed, "csv"))
    assert english["Reimbursed"] == "-1234.50"
    assert english["Settled on"] == "2026-03-18"
    (french,) = rows_of(exported(confirmed, "csv", language="fr"), delimiter=";")
    assert french["Remboursé"] == "-1234,50"
    book = CalamineWorkbook.from_filelike(io.BytesIO(exported(confirmed, "xlsx")))
    heading, row = book.get_sheet_by_index(0).to_python()
    cells = dict(zip(heading, row, strict=True))
    assert cells["Reimbursed"] == -1234.5
    assert cells["Settled on"] == date(2026, 3, 18)


def test_it_holds_the_search_and_masks_as_the_page(confirmed: Member) -> None:
    someone, _place = a_member(
        household=confirmed.household,
        person={"first_name": "Mathieu", "birth_date": date(1984, 9, 2)},
        link="SPOUSE",
    )
    transfer = a_transfer(household=confirmed.household)
    a_line(person=confirmed.person, transfer=transfer, category="OPTICAL", act="Glasses")
    for _line in range(2):
        a_line(person=someone, transfer=transfer, act="Canary", provider="Canary", claim="CANARY")
    content = exported(confirmed, "csv")
    assert b"Canary" not in content
    assert b"CANARY" not in content
    told, private = rows_of(content)
    assert told["Care"] == "Glasses"
    assert (private["Category"], private["Reimbursed"]) == ("Private care", "40.00")
    assert [private[name] for name in ("Beneficiary", "Date of care", "Claim", "Provider")] == [
        ""
    ] * 4
    assert [row["Care"] for row in rows_of(exported(confirmed, "csv", "category=OPTICAL"))] == [
        "Glasses"
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_is_read_by_batches_that_each_enter_the_guard(
    confirmed: Member, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "BATCH", 2)
    for number in range(5):
        day = TODAY - timedelta(days=number)
        transfer = a_transfer(household=confirmed.household, settled_on=day)
        a_line(person=confirmed.person, transfer=transfer, act=f"Act {number}")
    sent: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    answer = confirmed.client.get(f"/en/reimbursements/export.{kind}")
    with connection.execute_wrapper(note):
        body: Iterator[bytes] = answer.streaming_content  # type: ignore[attr-defined]
        content = b"".join(body)
    assert sum("set_config" in sql for sql in sent) >= 3
    if kind == "csv":
        assert [row["Care"] for row in rows_of(content)] == [f"Act {n}" for n in range(5)]
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        assert len(book.get_sheet_by_index(0).to_python()) == 6


def test_a_search_that_cannot_be_read_is_shown(confirmed: Member) -> None:
    answer = confirmed.client.get("/en/reimbursements/export.csv?least=abc")
    assert answer.status_code == 302
    assert answer["Location"] == "/en/reimbursements?least=abc"
