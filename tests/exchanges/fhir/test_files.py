"""Files are read whole or the command is refused; references resolve across all of them."""

import gzip
import json
from pathlib import Path

import pytest

from havre.exchanges.fhir.reading import read
from havre.journeys.loading.problems import Problem, WrongFeed
from tests.exchanges.fhir.builders import (
    TODAY,
    a_bundle,
    a_coverage,
    a_patient,
    an_explanation,
    contracts,
    lines,
    people,
    reading_of,
    ref,
    written,
)


def refusal(*paths: Path) -> Problem:
    with pytest.raises(WrongFeed) as wrong:
        read(paths, None, TODAY)
    (problem,) = wrong.value.problems
    return problem


@pytest.mark.parametrize("name", ["one.json", "one.json.gz"])
def test_a_resource_alone_is_read_plain_or_gzipped(tmp_path: Path, name: str) -> None:
    reading = read([written(tmp_path, name, a_patient())], None, TODAY)
    assert [person.external_id for person in people(reading)] == ["p1"]


def test_a_folder_stands_for_the_json_files_in_it(tmp_path: Path) -> None:
    written(tmp_path, "a.json", a_patient())
    written(tmp_path, "b.json.gz", a_patient("p2"))
    (tmp_path / "README.md").write_text("no resource")
    assert len(people(read([tmp_path], None, TODAY))) == 2


@pytest.mark.parametrize(
    "patient",
    [
        "Patient/p1",
        "urn:uuid:p1",
        "https://server.example/fhir/Patient/p1",
        "https://server.example/fhir/Patient/p1/_history/3",
    ],
)
def test_references_resolve_across_files(tmp_path: Path, patient: str) -> None:
    one = written(tmp_path, "one.json", an_explanation(patient=ref(patient)))
    two = written(tmp_path, "two.json", a_bundle(a_patient()))
    assert lines(read([one, two], None, TODAY))[0].person == "p1"


def test_a_full_url_is_followed_where_the_id_is_another(tmp_path: Path) -> None:
    entry = {"fullUrl": "urn:uuid:0d6f", "resource": a_patient()}
    eob = {"fullUrl": "urn:uuid:77aa", "resource": an_explanation(patient=ref("urn:uuid:0d6f"))}
    path = written(tmp_path, "b.json", {"resourceType": "Bundle", "entry": [eob, entry]})
    assert lines(read([path], None, TODAY))[0].person == "p1"


def test_contained_resources_are_those_of_their_holder_only(tmp_path: Path) -> None:
    def explanation(id_: str, payor: str) -> dict[str, object]:
        inner = a_coverage("cov", payor=[{"display": payor}])
        return an_explanation(
            id_, contained=[inner], insurance=[{"focal": True, "coverage": ref("#cov")}]
        )

    both = explanation("e1", "Harbour Mutual"), explanation("e2", "Sextant")
    reading = reading_of(tmp_path, a_patient(), *both)
    assert [one.title for one in contracts(reading)] == ["Harbour Mutual", "Sextant"]
    assert [line.contract for line in lines(reading)] == ["p1:HARBOUR-MUTUAL", "p1:SEXTANT"]


def test_types_that_we_do_not_read_are_counted_by_name(tmp_path: Path) -> None:
    others = [{"resourceType": "Goal", "id": f"g{n}"} for n in range(3)]
    reading = reading_of(tmp_path, a_patient(), *others)
    assert reading.unmapped == {"Goal": 3}


def test_a_file_named_twice_is_counted_once(tmp_path: Path) -> None:
    path = written(tmp_path, "goal.json", {"resourceType": "Goal", "id": "g1"})
    assert read([path, tmp_path, path], None, TODAY).unmapped == {"Goal": 1}


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "marked.json"
    path.write_text(json.dumps(a_patient()), encoding="utf-8-sig")
    assert len(people(read([path], None, TODAY))) == 1


def test_the_same_resource_twice_is_read_once(tmp_path: Path) -> None:
    paths = [written(tmp_path, name, a_patient()) for name in ("a.json", "b.json")]
    assert len(people(read([*paths, *paths], None, TODAY))) == 1


def test_a_resource_stated_twice_with_other_values_is_refused(tmp_path: Path) -> None:
    one = written(tmp_path, "a.json", a_patient())
    two = written(tmp_path, "b.json", a_patient(birthDate="1981-05-17"))
    problem = refusal(one, two)
    assert (problem.file, problem.location.resource, problem.field) == (
        str(two),
        "Patient/p1",
        "id",
    )
    assert str(one) in problem.why


def test_a_file_cut_anywhere_is_refused_with_its_line(tmp_path: Path) -> None:
    whole = json.dumps(a_patient(), indent=1).encode()
    path = tmp_path / "cut.json"
    for length in range(0, len(whole) - 1, 7):
        path.write_bytes(whole[:length])
        problem = refusal(path)
        assert problem.file == str(path)
        assert problem.line == whole[:length].count(b"\n") + 1


def test_a_gzipped_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(json.dumps(a_patient()).encode())
    path = tmp_path / "cut.json.gz"
    for length in range(2, len(whole), 11):
        path.write_bytes(whole[:length])
        assert "cut" in refusal(path).why


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b'{"resourceType": "Patient",\n "id": p1\n\n}', 2, "not JSON"),
        (b"\n\n<Patient/>", 3, "not JSON"),
        (b'{"id": "p1"}', None, "is required"),
        (b'{"resourceType": "Patient", "id": "\xff"}', None, "UTF-8"),
    ],
)
def test_a_malformed_file_says_where(
    tmp_path: Path, content: bytes, line: int | None, why: str
) -> None:
    path = tmp_path / "wrong.json"
    path.write_bytes(content)
    problem = refusal(path)
    assert problem.line == line
    assert why in problem.why


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "absent.json").why


def test_every_file_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text("{")
    with pytest.raises(WrongFeed) as wrong:
        read([tmp_path], None, TODAY)
    assert [Path(one.file).name for one in wrong.value.problems] == ["a.json", "b.json"]


@pytest.mark.parametrize(
    ("resource", "field"),
    [
        (a_patient(name=None), "name"),
        (a_patient(name=[{"given": ["Odile"]}]), "name.family"),
        (a_patient(name=[{"family": "Vasseline"}]), "name.given"),
        (a_patient(birthDate="1980-02-30"), "birthDate"),
        (a_patient(birthDate="2026-03-03"), "birthDate"),
        (a_coverage(status=None), "status"),
        (a_coverage(payor=[]), "payor"),
        (a_coverage(beneficiary=None), "beneficiary"),
        (a_coverage(beneficiary=ref("Patient/p9")), "beneficiary"),
        (a_coverage(period={"start": "2024-05-01", "end": "2024-04-30"}), "period.end"),
        (an_explanation(patient=ref("Patient/p9")), "patient"),
        (an_explanation(created=None), "created"),
        (an_explanation(created="2025"), "created"),
        (an_explanation(created="2025-02-20 08:00"), "created"),
        (a_patient("x" * 65), "external_id"),
        (an_explanation(billablePeriod=None), "billablePeriod.start"),
        (an_explanation(item=[{"sequence": 1}]), "item[0].productOrService"),
        (an_explanation(payment={"amount": {"value": 4}}), "payment.amount.currency"),
        (
            an_explanation(payment={"amount": {"value": 4, "currency": "XQZ"}}),
            "payment.amount.currency",
        ),
        (
            an_explanation(payment={"amount": {"value": "NaN", "currency": "USD"}}),
            "payment.amount.value",
        ),
        (an_explanation(payment={"amount": {"value": 60, "currency": "EUR"}}), "payment.amount"),
    ],
)
def test_a_resource_that_lacks_what_we_need_refuses_the_command(
    tmp_path: Path, resource: dict[str, object], field: str
) -> None:
    resources = [resource] if resource["resourceType"] == "Patient" else [a_patient(), resource]
    with pytest.raises(WrongFeed) as wrong:
        reading_of(tmp_path, *resources)
    (problem,) = (one for one in wrong.value.problems if one.field == field)
    assert problem.file == str(tmp_path / "bundle.json")
    assert problem.location.resource == f"{resource['resourceType']}/{resource['id']}"
