from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.journeys.certificates.builders import TODAY, an_insurer, kind_of, the_facts

from havre.foundation.dates import add_months
from havre.foundation.money import Money
from havre.journeys.certificates.catalogue import SCHENGEN
from havre.journeys.certificates.rules import CertificateRefused, check_facts, reasons_to_refuse
from havre.journeys.certificates.words import Ask, Ceiling, Reason

START, END = date(2024, 2, 1), date(2026, 12, 31)
A_YEAR_AHEAD = add_months(TODAY, 12)


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, []),
        ({"cover_end": None}, []),
        ({"adherent_number": None}, []),
        ({"product_name": None}, []),
        ({"expatriation_country": None}, []),
        ({"as_of": START}, []),
        ({"as_of": END}, []),
        ({"as_of": date(2024, 1, 31)}, [Reason.COVER_NOT_STARTED]),
        ({"as_of": date(2027, 1, 1)}, [Reason.COVER_ENDED]),
        ({"as_of": A_YEAR_AHEAD, "cover_end": None}, []),
        ({"as_of": A_YEAR_AHEAD + timedelta(days=1), "cover_end": None}, [Reason.TOO_FAR_AHEAD]),
        ({"cover_start": None}, [Reason.COVER_START_MISSING]),
        ({"person_name": " "}, [Reason.NAME_MISSING]),
        ({"holder_name": ""}, [Reason.NAME_MISSING]),
        ({"birth_date": None}, [Reason.BIRTH_DATE_MISSING]),
        ({"contract_number": None}, [Reason.CONTRACT_NUMBER_MISSING]),
        ({"contract_number": ""}, [Reason.CONTRACT_NUMBER_MISSING]),
        ({"territory": None}, [Reason.TERRITORY_MISSING]),
        ({"territory": "\u00a0"}, [Reason.TERRITORY_MISSING]),
        (
            {"birth_date": None, "territory": None, "as_of": date(2027, 1, 1)},
            [Reason.BIRTH_DATE_MISSING, Reason.TERRITORY_MISSING, Reason.COVER_ENDED],
        ),
    ],
)
def test_nothing_is_certified_that_is_not_known(
    changes: dict[str, Any], reasons: list[Reason]
) -> None:
    assert list(reasons_to_refuse(the_facts(**changes))) == reasons


@pytest.mark.parametrize(
    ("changes", "complete"),
    [
        ({}, True),
        ({"phone": ""}, True),
        ({"email": ""}, True),
        ({"phone": "", "email": ""}, False),
        ({"legal_name": ""}, False),
        ({"address": ()}, False),
        ({"address": ("", " ")}, False),
    ],
)
def test_a_certificate_names_an_insurer_who_can_be_asked(
    changes: dict[str, Any], complete: bool
) -> None:
    facts = the_facts(insurer=an_insurer(**changes))
    expected = [] if complete else [Reason.INSURER_DETAILS_MISSING]
    assert list(reasons_to_refuse(facts)) == expected


def test_a_refusal_gives_every_reason_and_the_days_one_can_choose() -> None:
    facts = the_facts(birth_date=None, as_of=date(2027, 1, 1))
    with pytest.raises(CertificateRefused) as refusal:
        check_facts(facts)
    assert refusal.value.reasons == (Reason.BIRTH_DATE_MISSING, Reason.COVER_ENDED)
    assert (refusal.value.cover_start, refusal.value.cover_end) == (START, END)
    assert check_facts(replace(facts, birth_date=START, first_day=END, last_day=END)) is None


@pytest.mark.parametrize(
    ("reason", "ask"),
    [
        (Reason.INSURER_DETAILS_MISSING, Ask.HAVE_SERVICE_DETAILS_COMPLETED),
        (Reason.NAME_MISSING, Ask.GIVE_NAME),
        (Reason.BIRTH_DATE_MISSING, Ask.GIVE_BIRTH_DATE),
        (Reason.CONTRACT_NUMBER_MISSING, Ask.HAVE_CONTRACT_COMPLETED),
        (Reason.TERRITORY_MISSING, Ask.HAVE_CONTRACT_COMPLETED),
        (Reason.COVER_START_MISSING, Ask.HAVE_CONTRACT_COMPLETED),
        (Reason.COVER_NOT_STARTED, Ask.CHOOSE_ANOTHER_DAY),
        (Reason.COVER_ENDED, Ask.CHOOSE_ANOTHER_DAY),
        (Reason.TOO_FAR_AHEAD, Ask.CHOOSE_ANOTHER_DAY),
        (Reason.FONTS_MISSING, Ask.GIVE_NAME_IN_LATIN_LETTERS),
    ],
)
def test_every_reason_says_what_to_ask(reason: Reason, ask: Ask) -> None:
    assert reason.ask is ask


def test_no_reason_is_left_without_remedy() -> None:
    assert {ask for reason in Reason for ask in [reason.ask]} == set(Ask)


@pytest.mark.parametrize(
    ("ceiling", "reaches"),
    [
        (Ceiling(None), True),  # no ceiling at all
        (Ceiling(Money("30000", "EUR")), True),
        (Ceiling(Money("29999.99", "EUR")), False),
        (Ceiling(Money("90000", "CHF")), False),  # another currency does not compare
        (None, False),  # not known
    ],
)
def test_a_schengen_visa_wants_thirty_thousand_euros_known(
    ceiling: Ceiling | None, reaches: bool
) -> None:
    facts = the_facts(
        certificate=kind_of("schengen"),
        countries=tuple(SCHENGEN),
        repatriation="Assistance",
        ceiling=ceiling,
    )
    expected = [] if reaches else [Reason.CEILING_TOO_LOW]
    assert list(reasons_to_refuse(facts)) == expected


@pytest.mark.parametrize("missing", ["CH", "HR", "FR"])
def test_a_schengen_visa_wants_every_state(missing: str) -> None:
    facts = the_facts(
        certificate=kind_of("schengen"),
        countries=tuple(SCHENGEN - {missing}),
        repatriation="Assistance",
        ceiling=Ceiling(None),
    )
    assert list(reasons_to_refuse(facts)) == [Reason.STATES_NOT_COVERED]
