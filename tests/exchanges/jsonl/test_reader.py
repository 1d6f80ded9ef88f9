"""A feed is read whole or refused with its file, line, field and reason."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from havre.exchanges.jsonl import read, template
from havre.exchanges.jsonl.lines import LONGEST_LINE
from havre.journeys.loading.problems import Located, Location, WrongFeed
from havre.journeys.loading.records import Kind, Person

MEMBERS = template("members").encode()
STATEMENTS = template("statements").encode()
PERSON = (
    b'{"record":"person","source":"S","external_id":"P","household":"H",'
    b'"family_name":"Exemple","first_name":"Lucie","link":"HOLDER"}\n'
)


def trailer(count: int, sums: str = "{}") -> bytes:
    return f'{{"record":"trailer","count":{count},"sums":{sums}}}\n'.encode()


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., list[str]]:
    """What is said of a wrong file, without its folder."""

    def read_it(content: bytes, kind: Kind = "members", name: str = "feed.jsonl") -> list[str]:
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(WrongFeed) as caught:
            list(read([path], kind))
        return [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]

    return read_it


def test_each_record_comes_with_its_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    path.write_bytes(PERSON + trailer(1))

    [located] = read([path], "members")

    assert located == Located(
        Person(
            source="S",
            external_id="P",
            household="H",
            family_name="Exemple",
            first_name="Lucie",
            link="HOLDER",
        ),
        Location(str(path), 1),
    )


def test_a_gzipped_file_reads_like_the_plain_one(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_bytes(MEMBERS)
    packed.write_bytes(gzip.compress(MEMBERS))

    as_plain = [located.record for located in read([plain], "members")]

    assert [located.record for located in read([packed], "members")] == as_plain
    assert len(as_plain) == 7


def test_several_files_are_read_in_turn_each_with_its_own_trailer(tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_bytes(PERSON + trailer(1))

    assert [located.location.file for located in read(paths, "members")] == list(map(str, paths))


def test_the_last_newline_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes((PERSON + trailer(1)).rstrip(b"\n"))

    assert len(list(read([path], "members"))) == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b'"1969-05-02"', b'"1985-02-30"', 'birth_date: "1985-02-30" is not a date (YYYY-MM-DD)'),
        (b'"HOLDER"', b'"BOSS"', 'link: "BOSS" is not one of HOLDER, SPOUSE, PARTNER, CHILD'),
        (b'"H-1001","family_name"', b'12,"family_name"', "household: must be text, not a whole"),
        (b'"Nathalie"', b'""', "first_name: is empty"),
        (b'"Nathalie"', b'"' + b"a" * 301 + b'"', "first_name: has more than 300 characters"),
        (b'"first_name":"Nathalie",', b"", "first_name: is missing"),
        (b'"first_name"', b'"firstname"', "firstname: is not a field of this record"),
        (b'"link":"HOLDER"', b'"link":"HOLDER","link":"CHILD"', "link: stands twice in the record"),
        (b'"city":', b'"city":"Hue","city":', "city: stands twice in the record"),
        (b'"VN","postal', b'"vn","postal', 'address.country: "vn" is not a country code of two'),
        (b'["12 chemin', b'[], "x":["12 chemin', "address.lines: is empty"),
        (b'"Nathalie"', b'"Natha\\u0000lie"', "a text holds the character NUL"),
        (b'"Nathalie"', b'"Natha\xff"', "line 4: the line is not UTF-8"),
        (b'"Nathalie"', b'"Natha\tlie"', "line 4: the line is not JSON at byte "),
        (b'"record":"person","source":"MANAGEMENT","external_id":"P-1001",', b"", "record: is mis"),
        (b'"record":"person"', b'"record":"line"', 'record: "line" is not a record of this kind'),
    ],
)
def test_a_wrong_row_says_its_line_field_and_reason(
    refused: Callable[..., list[str]], before: bytes, after: bytes, said: str
) -> None:
    assert before in MEMBERS

    [problem] = refused(MEMBERS.replace(before, after, 1))

    assert problem.startswith("feed.jsonl, line 4")
    assert said in problem


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b'"33.90","payee', b'"33,90","payee', 'line 1, total: "33,90" is not an amount'),
        (b'"33.90","payee', b'"1E+99","payee', "line 1, total: is not an amount that can be"),
        (b'"33.90","payee', b'"NaN","payee', "line 1, total: is not an amount that can be"),
        (b'"33.90","payee', b'"sNaN","payee', "line 1, total: is not an amount that can be"),
        (b'"33.90","payee', b'"43.90","payee', "line 4, sums.EUR: the trailer says 33.90, the tr"),
        (b'{"EUR":"33.90"}', b'{"EUR":"sNaN"}', "line 4, sums.EUR: is not an amount that can be"),
        (b'{"EUR":"33.90"}', b'{"eur":"33.90"}', "line 4, sums: this value is not a currency cod"),
        (b'{"EUR":"33.90"}', b"{}", "line 4, sums.EUR: the trailer says 0, the transfers sum to"),
        (b'"count":3', b'"count":4', "line 4, count: the trailer counts 4 records, the file has 3"),
        (b'"count":3', b'"count":-1', "line 4, count: must be 0 or more"),
    ],
)
def test_the_trailer_must_agree_with_the_file(
    refused: Callable[..., list[str]], before: bytes, after: bytes, said: str
) -> None:
    assert before in STATEMENTS

    [problem] = refused(STATEMENTS.replace(before, after, 1), "statements")

    assert f"feed.jsonl, {said}" in problem


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "feed.jsonl: the file is empty"),
        (PERSON, "line 1, record: the file is cut or not complete: its last record is not a tr"),
        (PERSON + trailer(1) + PERSON, "line 3: there is something after the trailer"),
        (PERSON + trailer(1) + b"\n", "line 3: there is something after the trailer"),
        (PERSON + trailer(1) * 2, "line 3: there is something after the trailer"),
        (PERSON + b"\n" + trailer(1), "line 2: the line is blank"),
        (b"\xef\xbb\xbf" + PERSON + trailer(1), "line 1: the file starts with a byte order mark"),
        ((PERSON + trailer(1)).replace(b"\n", b"\r\n"), "line 1: the line ends in CR LF"),
        (("﻿" + PERSON.decode()).encode("utf-16-le"), "line 1: the file is not UTF-8 (it looks"),
        (PERSON[:-20], "line 1: the file is cut here: the line is not complete"),
        (b"[]\n" + trailer(1), "line 1: the line is not a JSON object"),
        (b"[" * 100_000 + b"\n" + trailer(1), "line 1: the line is not JSON"),
        (PERSON[:-1] + b" {}\n" + trailer(1), "line 1: the line is not JSON at byte"),
    ],
)
def test_a_file_of_the_wrong_shape_says_why(
    refused: Callable[..., list[str]], content: bytes, said: str
) -> None:
    assert said in refused(content)[0]


def test_a_line_longer_than_any_record_is_refused_without_being_held(
    refused: Callable[..., list[str]],
) -> None:
    [problem] = refused(b"x" * (100 * LONGEST_LINE))

    assert "line 1: the line is longer than 1,048,576 bytes" in problem


def test_a_gzip_cut_damaged_or_only_so_called_is_refused(
    refused: Callable[..., list[str]],
) -> None:
    packed = gzip.compress(MEMBERS)
    # The stored checksum is the last eight bytes; without it the text itself is still whole.
    assert "the gzip file is cut here" in refused(packed[:-8], name="m.jsonl.gz")[0]
    assert "the gzip file is cut here" in refused(packed[:100], name="m.jsonl.gz")[0]
    assert "the gzip file is damaged" in refused(packed[:-8] + b"12345678", name="m.jsonl.gz")[0]
    assert "it is not a gzip file" in refused(MEMBERS, name="m.jsonl.gz")[0]
    assert "the file is empty" in refused(b"", name="m.jsonl.gz")[0]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongFeed, match=r"nowhere\.jsonl: cannot be opened"):
        list(read([tmp_path / "nowhere.jsonl"], "members"))


def test_all_problems_are_told_up_to_a_hundred_and_the_rest_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(PERSON.replace(b"HOLDER", b"BOSS") * 130 + PERSON + trailer(131))

    with pytest.raises(WrongFeed) as caught:
        list(read([path], "members"))

    assert [problem.line for problem in caught.value.problems] == list(range(1, 101))
    assert caught.value.more == 30
    assert str(caught.value).endswith("and 30 more")


@pytest.mark.parametrize(
    "private", ["269054958815780", "FR7630006000011234567890189", "a.b@example.org", "+33199001234"]
)
@pytest.mark.parametrize("field", ["birth_date", "link", "language", "expatriation_country"])
def test_a_personal_number_in_the_wrong_field_is_not_repeated(
    refused: Callable[..., list[str]], field: str, private: str
) -> None:
    wrong = PERSON.replace(b'"link":"HOLDER"', b'"link":"CHILD"') if field != "link" else PERSON
    wrong = wrong.replace(b'"link":"HOLDER"', b'"language":"fr"') if field == "link" else wrong
    content = wrong[:-2] + f',"{field}":"{private}"}}\n'.encode() + trailer(1)

    [problem] = refused(content)

    assert f"{field}: this value is not" in problem
    assert private not in problem


def test_a_personal_number_as_a_name_of_field_is_not_repeated(
    refused: Callable[..., list[str]],
) -> None:
    [problem] = refused(PERSON[:-2] + b',"a.b@example.org":1}\n' + trailer(1))

    assert problem == "feed.jsonl, line 1, …: is not a field of this record"


def test_progress_goes_to_the_end_of_all_files(tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"]
    paths[0].write_bytes(PERSON * 5_000 + trailer(5_000))
    paths[1].write_bytes(gzip.compress(PERSON + trailer(1)))
    total = sum(path.stat().st_size for path in paths)
    told: list[tuple[int, int]] = []

    list(read(paths, "members", on_progress=lambda done, of: told.append((done, of))))

    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) == 4
