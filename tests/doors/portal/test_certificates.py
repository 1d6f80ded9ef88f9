"""Insurance certificates: chosen, issued once, downloaded, listed, revoked, refused with what to ask."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.http import HttpResponse

from havre.domains.certificates.models import Certificate
from havre.domains.contracts.models import Contract, Cover
from havre.domains.people.models import Person
from havre.foundation.db import Role
from havre.foundation.ids import new_id
from tests.builders import (
    a_certificate,
    a_contract,
    a_cover,
    a_formula,
    a_household,
    a_member,
    a_person,
    an_option,
)
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member, Withholding, signed_in
from tests.foundation.reading_pdf import text_of


@pytest.fixture
def contract(claire: Member) -> Contract:
    made = a_contract(household=claire.household, zone=3, title="Escale Confort")
    a_cover(contract=made, person=claire.person)
    return made


def sent(
    claire: Member, contract: Contract, kind: str = "membership", /, **changes: Any
) -> HttpResponse:
    wanted = {
        "person": str(claire.person.id),
        "contract": str(contract.id),
        "day": "15/06/2026",
        "language": "fr",
    }
    return claire.client.post(f"/en/certificates/new/{kind}", wanted | changes)


def issued(claire: Member, contract: Contract, kind: str = "membership", **changes: Any) -> str:
    """The address of the certificate that was issued."""
    answer = sent(claire, contract, kind, **changes)
    assert answer.status_code == 302, re.findall(r'<p class="b">(.*?)</p>', answer.content.decode())
    return str(answer["Location"])


def file_of(claire: Member, address: str) -> HttpResponse:
    answer = claire.client.get(f"{address}/file")
    assert answer.status_code == 200
    return answer


def printed(claire: Member, contract: Contract, kind: str = "membership", **changes: Any) -> str:
    return re.sub(
        r"\s+", " ", text_of(file_of(claire, issued(claire, contract, kind, **changes)).content)
    )


def rows() -> int:
    with acting_as(Role.OWNER):
        return Certificate.objects.count()


def test_a_certificate_is_issued_and_downloaded_in_the_language_asked(  # W30
    claire: Member, contract: Contract
) -> None:
    address = issued(claire, contract)
    answer = file_of(claire, address)
    assert answer.headers["Content-Type"] == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="attestation-ATT-20260615-')
    assert disposition.isascii()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = text_of(answer.content)
    assert "Attestation d’assurance" in page
    assert "Claire Aubrac" in page
    assert "Zones 1 à 3 du contrat" in page.replace("\u00a0", " ")
    assert "Insurance certificate" in printed(claire, contract, language="en")
    assert "Certificado de seguro" in printed(claire, contract, language="es")
    assert "Versicherungsbescheinigung" in printed(claire, contract, language="de")


def test_the_file_is_the_same_to_the_byte_each_time(claire: Member, contract: Contract) -> None:
    address = issued(claire, contract)
    first = file_of(claire, address).content
    with time_machine.travel(datetime(2026, 6, 15, 10, 9, tzinfo=NOW.tzinfo), tick=False):
        assert file_of(claire, address).content == first


def test_a_beneficiary_has_one_too(claire: Member, contract: Contract) -> None:  # W30
    child = {"first_name": "Jules", "family_name": "Lestrade", "birth_date": date(2022, 6, 8)}
    jules, _membership = a_member(household=claire.household, person=child, link="CHILD")
    a_cover(contract=contract, person=jules)
    page = printed(claire, contract, person=str(jules.id))
    assert "Jules Lestrade" in page
    assert "Claire Aubrac" in page  # the holder


def test_sent_twice_it_is_one_certificate(claire: Member, contract: Contract) -> None:
    first, again = issued(claire, contract), issued(claire, contract)
    assert first == again
    assert rows() == 1
    assert issued(claire, contract, day="16/06/2026") != first
    assert issued(claire, contract, language="en") != first
    assert rows() == 3


def test_the_list_tells_what_each_is_worth(claire: Member, contract: Contract) -> None:
    mine = {"person": claire.person, "contract": contract}
    a_certificate(**mine, reference="ATT-VALID")
    a_certificate(**mine, reference="ATT-OVER", last_day=date(2026, 6, 10))
    a_certificate(**mine, reference="ATT-LATER", first_day=date(2026, 6, 20))
    a_certificate(**mine, reference="ATT-REVOKED", revoked_at=NOW)
    html = claire.page("certificates")
    states = dict(
        zip(
            re.findall(r"(ATT-[A-Z]+), <span", html),
            re.findall(r'<span class="tag[^>]*>.*?</svg>(.*?)</span>', html),
            strict=True,
        )
    )
    assert states == {
        "ATT-VALID": "Valid until 30 June 2026",
        "ATT-OVER": "Over since 10 June 2026",
        "ATT-LATER": "Valid from 20 June 2026",
        "ATT-REVOKED": "Revoked",
    }


def test_a_contract_that_withholds_certificates_hides_those_that_were_issued(  # W20
    claire: Member, withholding: Withholding
) -> None:
    contract = a_contract(household=claire.household, kind="COLLECTIVE", number="Q")
    a_cover(contract=contract, person=claire.person)
    kept = a_certificate(person=claire.person, contract=contract, reference="ATT-KEPT")
    assert "ATT-KEPT" in claire.page("certificates")
    withholding("CERTIFICATES")
    assert "ATT-KEPT" not in claire.page("certificates")
    for path in ("", "/file", "/revoke"):
        assert claire.client.get(f"/en/certificates/{kept.id}{path}").status_code == 404


def test_a_cover_that_ends_lapses_what_was_issued(claire: Member, contract: Contract) -> None:
    address = issued(claire, contract, "school", year="2025")
    assert "Valid until 31 August 2026" in claire.page(address[4:])
    with acting_as(Role.OWNER):
        Cover.objects.update(last_day=date(2026, 6, 14))
    assert "Lapsed: the cover ended on 14 June 2026" in claire.page(address[4:])
    with acting_as(Role.OWNER):
        Cover.objects.update(last_day=date(2026, 7, 14))
    assert "Valid until 14 July 2026" in claire.page(address[4:])


def test_it_is_revoked_once_and_for_good(claire: Member, contract: Contract) -> None:
    address = issued(claire, contract)
    assert "cannot be undone" in claire.page(f"{address[4:]}/revoke")
    assert claire.client.get(f"{address}/revoke").status_code == 200
    assert "Valid until" in claire.page(address[4:])  # asking was not doing
    for _twice in range(2):
        assert claire.client.post(f"{address}/revoke")["Location"] == address
        page = claire.page(address[4:])
        assert "Revoked" in page
        assert "Revoke this certificate" not in page
    other = issued(claire, contract)  # a new one may be issued the same day
    assert other != address
    assert file_of(claire, address).content != file_of(claire, other).content


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("31/12/2023", ("The cover starts on 1 January 2024 only.", "Choose 1 January 2024 or")),
        ("32/13/2026", ("One thing to check", "There is no month 13")),
        ("", ("One thing to check", "Fill in")),
    ],
)
def test_a_day_that_cannot_be_certified_says_what_to_do(
    claire: Member, contract: Contract, day: str, said: tuple[str, ...]
) -> None:
    answer = sent(claire, contract, day=day)
    html = answer.content.decode()
    assert answer.status_code == 422
    for words in said:
        assert words in html
    assert 'value="fr" selected' in html
    assert rows() == 0


def test_a_cover_that_ended_says_between_which_days_to_choose(claire: Member) -> None:
    ended = a_contract(household=claire.household, zone=1, last_day=date(2026, 5, 31))
    a_cover(contract=ended, person=claire.person)
    html = sent(claire, ended).content.decode()
    assert "The cover ended on 31 May 2026." in html
    assert "Choose a day from 1 January 2024 to 31 May 2026." in html


def test_every_missing_datum_is_named_at_once(claire: Member) -> None:
    unknown = a_member(
        household=claire.household, person={"first_name": "Noé", "birth_date": None}, link="OTHER"
    )[0]
    bare = a_contract(household=claire.household, zone=None)
    a_cover(contract=bare, person=unknown)
    html = sent(claire, bare, person=str(unknown.id)).content.decode()
    assert "The date of birth is missing in the file." in html
    assert "The zone where the contract covers is missing in the file." in html
    assert "Call us" in html


def test_a_name_that_cannot_be_printed_is_told(claire: Member, contract: Contract) -> None:
    someone = a_member(household=claire.household, person={"first_name": "𓀀𓀁"}, link="OTHER")[0]
    a_cover(contract=contract, person=someone)
    answer = sent(claire, contract, person=str(someone.id))
    assert answer.status_code == 422
    assert "in Latin letters" in answer.content.decode()
    assert rows() == 0


def test_a_contract_that_does_not_cover_the_person(claire: Member, contract: Contract) -> None:
    other = a_contract(household=claire.household, number="2025-2")
    child = a_member(household=claire.household, person={"first_name": "Jules"}, link="CHILD")[0]
    a_cover(contract=other, person=child)
    html = sent(claire, other).content.decode()
    assert "This contract does not cover this person." in html


# --- Kinds ---------------------------------------------------------------------------------------


def test_a_school_year_and_a_tax_year_are_whole_years(claire: Member, contract: Contract) -> None:
    school = printed(claire, contract, "school", year="2025", language="en")
    assert "from 1 September 2025 to 31 August 2026" in school
    tax = printed(claire, contract, "tax", year="2025", language="en")
    assert "from 1 January 2025 to 31 December 2025" in tax


def test_a_year_that_the_cover_does_not_span_is_refused_in_words(claire: Member) -> None:
    late = a_contract(household=claire.household, zone=1, first_day=date(2025, 10, 1))
    a_cover(contract=late, person=claire.person)
    answer = sent(claire, late, "school", year="2025")
    assert answer.status_code == 422
    assert "The cover starts on 1 October 2025 only." in answer.content.decode()


def test_covers_that_follow_each_other_are_one(claire: Member) -> None:
    renewed = a_contract(household=claire.household, zone=1)
    a_cover(contract=renewed, person=claire.person, last_day=date(2025, 12, 31))
    a_cover(contract=renewed, person=claire.person, first_day=date(2026, 1, 1))
    assert "to 31 August 2026" in printed(claire, renewed, "school", year="2025", language="en")


def test_the_last_day_comes_after_the_first(claire: Member, contract: Contract) -> None:
    answer = sent(claire, contract, "abroad", first_day="02/07/2026", last_day="01/07/2026")
    assert answer.status_code == 422
    assert "The last day comes before the first." in answer.content.decode()


def test_a_stay_abroad_states_guarantees_and_repatriation(claire: Member) -> None:
    formula = a_formula(
        guarantees=(("HOSPITAL", "Stay and surgery", "100%"), ("DENTAL", "Teeth", "80%"))
    )
    held = a_contract(household=claire.household, zone=3, formula_id=formula.id)
    a_cover(contract=held, person=claire.person)
    an_option(contract=held, code="ASSISTANCE", name_en="Assistance and repatriation")
    said = printed(
        claire, held, "abroad", first_day="01/07/2026", last_day="31/07/2026", language="en"
    )
    assert "from 1 July 2026 to 31 July 2026" in said
    assert "Stay and surgery 100%" in said
    assert "Repatriation Included, by the option “Assistance and repatriation”" in said
    assert "Teeth" not in said


def test_a_schengen_visa_asks_for_what_the_contract_does_not_hold(
    claire: Member, contract: Contract
) -> None:
    answer = sent(claire, contract, "schengen", first_day="01/07/2026", last_day="31/07/2026")
    html = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "not known to cover every Schengen state",
        "no repatriation option on these days",
        "not known to pay the least amount",
        "Choose the certificate for a stay abroad",
    ):
        assert words in html


def test_a_kind_that_is_not_offered_is_not_there(claire: Member, contract: Contract) -> None:
    assert sent(claire, contract, "nobility").status_code == 404


# --- Who may -------------------------------------------------------------------------------------


class Strangers:
    """A person and a contract of another household."""

    def __init__(self) -> None:
        household = a_household()
        self.person: Person = a_person(household=household)
        self.contract = a_contract(household=household, zone=1)
        a_cover(contract=self.contract, person=self.person)


@pytest.mark.parametrize("name", ["person", "contract"])
def test_a_stranger_is_a_missing_one(claire: Member, contract: Contract, name: str) -> None:
    theirs = getattr(Strangers(), name).id
    answers = [sent(claire, contract, **{name: str(one)}) for one in (theirs, new_id(), "nobody")]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({len(answer.content) for answer in answers[:2]}) == 1


@pytest.fixture
def spouse(claire: Member, contract: Contract) -> Member:
    """Another adult of the household, with an account of their own."""
    person, membership = a_member(
        household=claire.household,
        person={"first_name": "Mathieu", "birth_date": date(1980, 1, 1)},
        link="SPOUSE",
        adherent_number="HV 9",
    )
    a_cover(contract=contract, person=person)
    return signed_in(person=person, membership=membership)


def test_an_adult_who_is_not_the_holder_has_own_and_minors_only(
    claire: Member, contract: Contract, spouse: Member
) -> None:
    child = {"first_name": "Jules", "birth_date": date(2022, 6, 8)}
    jules = a_member(household=claire.household, person=child, link="CHILD")[0]
    a_cover(contract=contract, person=jules)
    hers = a_certificate(person=claire.person, contract=contract, reference="ATT-HERS")
    a_certificate(person=jules, contract=contract, reference="ATT-JULES")
    html = spouse.page("certificates")
    assert "ATT-JULES" in html
    assert "ATT-HERS" not in html
    for page in ("", "/file", "/revoke"):
        assert spouse.client.get(f"/en/certificates/{hers.id}{page}").status_code == 404
    assert spouse.client.post(f"/en/certificates/{hers.id}/revoke").status_code == 404
    assert sent(spouse, contract, person=str(claire.person.id)).status_code == 404
    assert sent(spouse, contract, person=str(jules.id)).status_code == 302


def test_a_damaged_file_is_told(claire: Member, contract: Contract, settings: Any) -> None:
    address = issued(claire, contract)
    with acting_as(Role.OWNER):
        document: UUID = Certificate.objects.get().document_id
    (path,) = Path(settings.HAVRE.DOCUMENTS_FOLDER).glob(f"??/{document}")
    path.write_bytes(path.read_bytes()[:-1])
    answer = claire.client.get(f"{address}/file")
    assert answer.status_code == 503
    assert "no longer the one that was stored" in answer.content.decode()


# --- Pages ---------------------------------------------------------------------------------------


def test_the_form_starts_with_the_reader_today_and_the_pages_language(
    claire: Member, contract: Contract
) -> None:
    html = claire.page("certificates/new/membership", language="fr")
    assert f'value="{claire.person.id}" selected' in html
    assert 'value="15/06/2026"' in html
    assert 'value="fr" selected' in html


def test_a_link_from_a_contract_fills_in_whose(claire: Member, contract: Contract) -> None:
    child = a_member(household=claire.household, person={"first_name": "Jules"}, link="CHILD")[0]
    a_cover(contract=contract, person=child)
    wished = f"?person={child.id}&contract={contract.id}"
    assert f"certificates/new/membership?person={child.id}" in claire.page(f"certificates{wished}")
    html = claire.page(f"certificates/new/membership{wished}")
    assert f'value="{child.id}" selected' in html


def test_a_long_list_goes_on_page_after_page(claire: Member, contract: Contract) -> None:
    for number in range(45):
        a_certificate(person=claire.person, contract=contract, reference=f"ATT-{number:02d}")
    seen: list[str] = []
    address: str | None = "certificates"
    while address:
        html = claire.page(address)
        seen += re.findall(r"(ATT-\d\d), <span", html)
        older = re.search(r'href="/en/(certificates\?after=[^"]+)"', html)
        address = older.group(1) if older else None
    assert seen == [f"ATT-{number:02d}" for number in reversed(range(45))]
    assert "Certificates issued" in claire.page("certificates?after=nonsense")
