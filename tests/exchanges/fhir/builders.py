"""Small fictional FHIR resources, each whole in one call; keywords replace or remove (``None``) a field."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

from havre.exchanges.fhir.reading import FhirReading, read
from havre.journeys.loading.records import Contract, Line, Person, Transfer

TODAY = date(2026, 3, 2)
MEMBER_NUMBERS = "https://insurer.example/member"
ADJUDICATION = "http://terminology.hl7.org/CodeSystem/adjudication"
BLUE_BUTTON = "https://bluebutton.cms.gov/resources/variables/"

Json = dict[str, Any]


def concept(code: str, system: str = ADJUDICATION, **more: str) -> Json:
    return {"coding": [{"system": system, "code": code, **more}]}


def usd(value: Any, currency: str = "USD") -> Json:
    return {"value": value, "currency": currency}


def ref(to: str) -> Json:
    return {"reference": to}


def _made(resource: Json, changes: Json) -> Json:
    merged = {**resource, **changes}
    return {key: value for key, value in merged.items() if value is not None}


def a_patient(id_: str = "p1", **changes: Any) -> Json:
    base = {
        "resourceType": "Patient",
        "id": id_,
        "identifier": [{"system": MEMBER_NUMBERS, "value": f"A-{id_}"}],
        "name": [
            {"use": "maiden", "family": "Tremblecourt", "given": ["Odile"]},
            {"use": "official", "family": "Vasseline", "given": ["Odile", "Marthe"]},
        ],
        "birthDate": "1980-05-17",
        "address": [{"line": ["4 Quay Street"], "city": "Galway", "country": "IE"}],
    }
    return _made(base, changes)


def a_coverage(id_: str = "c1", **changes: Any) -> Json:
    base = {
        "resourceType": "Coverage",
        "id": id_,
        "status": "active",
        "beneficiary": ref("Patient/p1"),
        "payor": [{"display": "Harbour Mutual"}],
        "period": {"start": "2024-01-01"},
    }
    return _made(base, changes)


def an_item(sequence: int = 1, *, amounts: Json | None = None, **changes: Any) -> Json:
    base = {
        "sequence": sequence,
        "productOrService": {"text": f"Visit {sequence}"},
        "adjudication": [
            {"category": concept(code), "amount": usd(value)}
            for code, value in (amounts or {}).items()
        ],
    }
    return _made(base, changes)


def totals(**amounts: Any) -> list[Json]:
    return [{"category": concept(code), "amount": usd(value)} for code, value in amounts.items()]


def an_explanation(id_: str = "e1", **changes: Any) -> Json:
    base = {
        "resourceType": "ExplanationOfBenefit",
        "id": id_,
        "status": "active",
        "use": "claim",
        "type": concept("professional"),
        "patient": ref("Patient/p1"),
        "created": "2025-02-20T08:00:00Z",
        "billablePeriod": {"start": "2025-02-03T23:30:00-05:00"},
        "outcome": "complete",
        "insurance": [{"focal": True, "coverage": {"display": "Harbour Mutual"}}],
        "item": [an_item(amounts={"submitted": 80, "benefit": 60})],
        "payment": {"amount": usd(60)},
    }
    return _made(base, changes)


def a_claim(id_: str = "k1", **changes: Any) -> Json:
    base = {
        "resourceType": "Claim",
        "id": id_,
        "status": "active",
        "use": "claim",
        "type": concept("pharmacy"),
        "patient": ref("Patient/p1"),
        "billablePeriod": {"start": "2025-03-09"},
        "insurance": [{"focal": True, "coverage": {"display": "Harbour Mutual"}}],
        "item": [an_item()],
        "total": usd(31.5),
    }
    return _made(base, changes)


def a_bundle(*resources: Json) -> Json:
    entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def written(folder: Path, name: str, content: Json) -> Path:
    path = folder / name
    data = json.dumps(content, indent=1).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def reading_of(folder: Path, *resources: Json, **options: Any) -> FhirReading:
    """One bundle of the resources, read."""
    path = written(folder, "bundle.json", a_bundle(*resources))
    return read([path], options.get("number_system"), TODAY)


def people(reading: FhirReading) -> list[Person]:
    return [one.record for one in reading.members if isinstance(one.record, Person)]


def contracts(reading: FhirReading) -> list[Contract]:
    return [one.record for one in reading.members if isinstance(one.record, Contract)]


def transfers(reading: FhirReading) -> list[Transfer]:
    return [one.record for one in reading.statements if isinstance(one.record, Transfer)]


def lines(reading: FhirReading) -> list[Line]:
    return [one.record for one in reading.statements if isinstance(one.record, Line)]
