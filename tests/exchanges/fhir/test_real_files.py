"""Files that we did not write: Synthea's sample people and CARIN's examples.

They stand beside the project, never in it. The figures are those counted in the files themselves.
"""

import gzip
import json
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from havre.exchanges.fhir.files import Found, Opened
from havre.exchanges.fhir.reading import FhirReading, Remark, read
from havre.exchanges.fhir.resources import ExplanationOfBenefit, Patient
from havre.journeys.loading.records import Line, MemberRecord, StatementRecord
from tests.exchanges.fhir.builders import TODAY, contracts, lines, people, transfers

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
SYNTHEA, CARIN = DATA / "synthea", DATA / "carin"


def needs(folder: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        not folder.is_dir(), reason=f"the sample data {folder.name} is not beside the project"
    )


@pytest.fixture(scope="module")
def synthea() -> FhirReading:
    return read([SYNTHEA], None, TODAY)


@pytest.fixture(scope="module")
def carin() -> FhirReading:
    return read([CARIN], None, TODAY)


def sums_by_transfer(found: list[Line]) -> dict[str, Decimal]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in found:
        if line.transfer is not None:
            sums[line.transfer] += line.reimbursed or 0
    return sums


@needs(SYNTHEA)
def test_synthea_gives_what_was_counted_in_it(synthea: FhirReading) -> None:
    settled = [line for line in lines(synthea) if line.transfer]
    assert (len(people(synthea)), len(contracts(synthea))) == (26, 36)
    assert (len(transfers(synthea)), len(settled)) == (647, 1594)
    assert sum(one.total == 0 for one in transfers(synthea)) == 266
    assert sum(line.reimbursed is None for line in settled) == 818
    assert sum(isinstance(one.deceased_on, date) for one in people(synthea)) == 5
    assert max(line.care_date for line in lines(synthea)).year == 2021


@needs(SYNTHEA)
def test_synthea_visits_get_the_remainder_of_the_total(synthea: FhirReading) -> None:
    visits = [line for line in lines(synthea) if line.transfer and line.external_id.endswith("#1")]
    assert Counter(one.spent and str(one.spent.amount) for one in visits) == {
        "125.00": 632,
        "75.00": 15,
    }
    unpriced = [line for line in lines(synthea) if line.spent is None]
    assert len(unpriced) == 818 - 647


@needs(SYNTHEA)
def test_synthea_pharmacy_claims_are_not_settled(synthea: FhirReading) -> None:
    unsettled = [line for line in lines(synthea) if line.transfer is None]
    assert len(synthea.not_settled) == 154
    assert {line.claim for line in unsettled} == set(synthea.not_settled)
    assert {line.category for line in unsettled} == {"PHARMACY"}


@needs(SYNTHEA)
def test_synthea_has_no_numbers_and_no_nir(synthea: FhirReading) -> None:
    assert len(synthea.without_number) == 26
    assert {one.nir for one in people(synthea)} == {msgspec.UNSET}
    assert synthea.unmapped["Observation"] == 3443
    assert "Patient" not in synthea.unmapped
    assert {one.remark for one in synthea.remarks} == {Remark.COVER_FROM_EARLIEST_CARE}


@needs(SYNTHEA)
def test_a_system_named_by_the_operator_gives_every_number() -> None:
    reading = read([SYNTHEA], "http://hospital.smarthealthit.org", TODAY)
    assert reading.without_number == []
    assert len({one.adherent_number for one in people(reading)}) == 26


@needs(CARIN)
def test_carin_gives_what_was_counted_in_it(carin: FhirReading) -> None:
    assert {one.external_id for one in people(carin)} == {"Patient1", "Patient2"}
    assert {one.number for one in contracts(carin)} == {"88800933501", "210300002"}
    assert {one.external_id: one.total for one in transfers(carin)} == {
        "EOBOral1": 350,
        "EOBPharmacy1": 20,
        "EOBProfessional1": 620,
    }
    assert carin.unmapped == {"RelatedPerson": 1}
    pharmacy = next(line for line in lines(carin) if line.category == "PHARMACY")
    assert (pharmacy.reimbursed, pharmacy.left_to_pay, pharmacy.left_computed) == (20, 80, False)


@needs(CARIN)
@needs(SYNTHEA)
@pytest.mark.parametrize("folder", ["synthea", "carin"])
def test_lines_sum_to_their_transfer(folder: str, request: pytest.FixtureRequest) -> None:
    reading: FhirReading = request.getfixturevalue(folder)
    sums = sums_by_transfer(lines(reading))
    assert {one.external_id: one.total for one in transfers(reading)} == sums
    assert {one.currency for one in transfers(reading)} == {"USD"}


@needs(CARIN)
@needs(SYNTHEA)
@pytest.mark.parametrize("folder", ["synthea", "carin"])
def test_records_survive_the_shapes_of_a_feed(folder: str, request: pytest.FixtureRequest) -> None:
    reading: FhirReading = request.getfixturevalue(folder)
    for kind, located in ((MemberRecord, reading.members), (StatementRecord, reading.statements)):
        for one in located:
            assert msgspec.json.decode(msgspec.json.encode(one.record), type=kind) == one.record
    keys = [(type(one.record), one.record.external_id) for one in reading.statements]
    assert len(keys) == len(set(keys))


def _loaded(path: Path) -> Any:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return json.loads(data, parse_float=Decimal)


def _same_patient(ours: Patient, theirs: Any) -> None:
    assert ours.birth_date == theirs.birthDate.isoformat()
    assert [one.family for one in ours.name] == [one.family for one in theirs.name]
    assert [one.value for one in ours.identifier] == [one.value for one in theirs.identifier]
    assert [list(one.line) for one in ours.address] == [one.line for one in theirs.address]


def _same_explanation(ours: ExplanationOfBenefit, theirs: Any) -> None:
    assert ours.patient.reference == theirs.patient.reference
    assert ours.created[:10] == theirs.created.isoformat()[:10]
    assert ours.payment.amount is None or ours.payment.amount.value == theirs.payment.amount.value
    for mine, other in zip(ours.item, theirs.item, strict=True):
        assert mine.sequence == other.sequence
        assert mine.product_or_service.codes[0] == other.productOrService.coding[0].code
        stated = [one.amount.value for one in mine.adjudication if one.amount]
        assert stated == [one.amount.value for one in other.adjudication or () if one.amount]


@needs(CARIN)
@needs(SYNTHEA)
def test_our_small_models_read_what_fhir_resources_reads() -> None:
    from fhir.resources.R4B.explanationofbenefit import ExplanationOfBenefit as TheirExplanation
    from fhir.resources.R4B.patient import Patient as TheirPatient

    compared: Counter[str] = Counter()
    for path in (*sorted(SYNTHEA.iterdir())[:3], *sorted(CARIN.glob("*.json"))):
        opened = Opened()
        opened.open(path)
        whole = _loaded(path)
        entries = [one["resource"] for one in whole.get("entry", [])] or [whole]
        raw = {f"{one['resourceType']}/{one['id']}": one for one in entries}
        for found in _sample(opened.found):
            match found.resource:
                case Patient():
                    _same_patient(found.resource, TheirPatient(**raw[found.name]))
                case ExplanationOfBenefit():
                    _same_explanation(found.resource, TheirExplanation(**raw[found.name]))
            compared[found.kind] += 1
    assert compared["Patient"] >= 3
    assert compared["ExplanationOfBenefit"] >= 8


def _sample(found: list[Found]) -> list[Found]:
    """The patients, and five explanations at most: the other models are slow."""
    explanations = [one for one in found if isinstance(one.resource, ExplanationOfBenefit)]
    return [one for one in found if isinstance(one.resource, Patient)] + explanations[:5]
