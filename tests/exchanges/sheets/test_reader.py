"""Spreadsheets read as French ones are written, or are refused with file, row, column and reason."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from havre.exchanges.sheets import files, read, write
from havre.journeys.loading.problems import WrongFeed
from havre.journeys.loading.records import Contract, Formula, Kind, Line, Person, Record, Transfer
from havre.journeys.loading.sample import sample

PERSON = "record;source;external_id;household;family_name;first_name;link;birth_date;phone"
LUCIE = "person;S;P;H;Éxemple;Lucie;HOLDER;02/05/1969;+33 1 99 00 12 34"
TRANSFER = "record;source;external_id;household;reference;settled_on;payee;currency;total"
Reading = Callable[..., list[Record]]


@pytest.fixture
def records(tmp_path: Path) -> Reading:
    def read_it(
        *rows: str, kind: Kind = "members", name: str = "a.csv", encoding: str = "utf-8"
    ) -> list[Record]:
        path = tmp_path / name
        path.write_bytes("\r\n".join([*rows, ""]).encode(encoding))
        return [located.record for located in read([path], kind)]

    return read_it


@pytest.fixture
def refused(records: Reading, tmp_path: Path) -> Callable[..., list[str]]:
    def read_it(*rows: str, **options: str) -> list[str]:
        with pytest.raises(WrongFeed) as caught:
            records(*rows, **options)
        return [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]

    return read_it


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["members", "statements"])
def test_templates_read_back_as_the_records_they_show(
    tmp_path: Path, kind: Kind, form: str
) -> None:
    paths = write(tmp_path, sample(kind), kind, form)  # type: ignore[arg-type]

    found = [located.record for located in read(paths, kind)]

    assert len(found) == len(sample(kind))
    assert set(found) == set(sample(kind))


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        ("utf-8", ";"),
        ("utf-8-sig", ";"),
        ("cp1252", ";"),
        ("utf-16", "\t"),
        ("utf-8", ","),
        ("utf-8", "\t"),
    ],
)
def test_encodings_and_separators_of_spreadsheets(
    records: Reading, encoding: str, separator: str
) -> None:
    rows = [row.replace(";", separator) for row in (PERSON, LUCIE, "trailer;1")]

    [lucie] = records(*rows, encoding=encoding)

    assert isinstance(lucie, Person)
    assert (lucie.family_name, lucie.birth_date) == ("Éxemple", date(1969, 5, 2))


def test_a_line_that_names_the_separator_is_skipped(records: Reading) -> None:
    assert len(records("sep=;", PERSON, LUCIE, "trailer;1")) == 1


def test_blank_rows_and_columns_at_the_end_are_nothing(records: Reading) -> None:
    assert len(records(PERSON + ";;", LUCIE + ";;", "trailer;1;;", ";;;;", "")) == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1 234,50", "1234.50"),
        ("1\N{NARROW NO-BREAK SPACE}234,50", "1234.50"),
        ("1\N{NO-BREAK SPACE}234,5", "1234.5"),
        ("1234.50", "1234.50"),
        ("-12,00", "-12.00"),
        ("+12", "12"),
    ],
)
def test_amounts_as_they_are_written_in_france(records: Reading, written: str, meant: str) -> None:
    row = f"transfer;S;T;H;VIR;18/03/2025;MEMBER;EUR;{written}"

    [transfer] = records(TRANSFER, row, f"trailer;1;EUR {written}", kind="statements")

    assert isinstance(transfer, Transfer)
    assert transfer.total == Decimal(meant)


@pytest.mark.parametrize("written", ["1.234,50", "1,234.50", "12 €", "douze", "1e3", "1 2 3,"])
def test_an_amount_that_could_be_another_is_refused(
    refused: Callable[..., list[str]], written: str
) -> None:
    row = f"transfer;S;T;H;VIR;18/03/2025;MEMBER;EUR;{written}"

    [problem] = refused(TRANSFER, row, "trailer;1", kind="statements")

    assert problem == f'a.csv, line 2, total: "{written}" is not an amount (1 234,50 or 1234.50)'


@pytest.mark.parametrize("written", ["31/02/1969", "1969-02-31", "02/05/69", "05.1969", "hier"])
def test_a_day_that_does_not_exist_or_is_short_is_refused(
    refused: Callable[..., list[str]], written: str
) -> None:
    [problem] = refused(PERSON, LUCIE.replace("02/05/1969", written), "trailer;1")

    assert problem.startswith(f'a.csv, line 2, birth_date: "{written}" is not a da')


def test_a_dash_says_that_there_is_none_and_an_empty_cell_says_nothing(records: Reading) -> None:
    silent, none = records(
        PERSON + ";address.lines.1;address.city;address.country",
        LUCIE.replace("+33 1 99 00 12 34", ""),
        LUCIE.replace(";P;", ";Q;").replace("+33 1 99 00 12 34", "-") + ";-;-;-",
        "trailer;2",
    )

    assert isinstance(silent, Person)
    assert isinstance(none, Person)
    assert silent == Person(
        source="S",
        external_id="P",
        household="H",
        family_name="Éxemple",
        first_name="Lucie",
        link="HOLDER",
        birth_date=date(1969, 5, 2),
    )
    assert (none.phone, none.address) == (None, None)


def test_numbered_columns_make_a_list(records: Reading) -> None:
    heading = f"{PERSON};address.lines.1;address.lines.3;address.city;address.country"

    [lucie] = records(heading, f"{LUCIE};12 rue Fictive;Étage 2;Hanoï;VN", "trailer;1")

    assert isinstance(lucie, Person)
    assert lucie.address
    assert lucie.address.lines == ("12 rue Fictive", "Étage 2")


def test_rows_of_lists_join_the_record_that_they_name(tmp_path: Path) -> None:
    paths = write(tmp_path, sample("members"), "members", "csv")

    found = [located.record for located in read(reversed(paths), "members")]

    [contract] = [record for record in found if isinstance(record, Contract)]
    [formula] = [record for record in found if isinstance(record, Formula)]
    assert [cover.person for cover in contract.covers] == ["P-1001", "P-1002"]
    assert (len(contract.options), len(formula.guarantees)) == (1, 1)


def test_a_row_of_a_list_without_its_record_is_refused(
    refused: Callable[..., list[str]],
) -> None:
    rows = ("record;contract.source;contract.external_id;person;start", "cover;S;K;P;01/01/2025")

    assert refused(*rows, "trailer;1") == [
        "a.csv, line 2, contract.external_id: no contract S K in the files of this command"
    ]


def test_the_heading_is_held_against_the_record(refused: Callable[..., list[str]]) -> None:
    heading = PERSON.replace("family_name", "famly_name") + ";link"

    assert refused(heading, LUCIE, "trailer;1") == [
        "a.csv, line 1, famly_name: is not a column of person; family_name is",
        "a.csv, line 1, link: stands twice in the heading",
        "a.csv, line 1, family_name: is missing from the heading; person needs it",
    ]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ((), "a.csv: the file is empty"),
        ((LUCIE, "trailer;1"), "a.csv, line 1: no heading: its first column is record"),
        (
            (PERSON, LUCIE),
            "a.csv, line 2, record: the file is cut or not complete: its last row is not a trailer",
        ),
        (
            (PERSON, LUCIE, "trailer;2"),
            "a.csv, line 3, count: the trailer counts 2 records, the file has 1",
        ),
        (
            (PERSON, LUCIE, "trailer"),
            "a.csv, line 3, trailer: the number of records is missing, in the second column",
        ),
        (
            (PERSON, LUCIE, "trailer;1", LUCIE),
            "a.csv, line 4: there is something after the trailer, which comes last",
        ),
        (
            (PERSON, LUCIE, "company;S;E;A", "trailer;2"),
            "a.csv, line 3, record: a file has one kind of record, here person",
        ),
        (
            (PERSON, LUCIE + ";;outside", "trailer;1"),
            "a.csv, line 2: a cell stands outside the columns of the heading",
        ),
        (
            (PERSON, LUCIE.replace("HOLDER", "WIFE"), "trailer;1"),
            'a.csv, line 2, link: "WIFE" is not one of HOLDER, SPOUSE, PARTNER, CHILD, PARENT, OTHER',
        ),
        (
            (PERSON, LUCIE.replace("Lucie", '"Lucie'), "trailer;1"),
            "a.csv, line 2: the file is cut here: a quoted cell does not end",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    refused: Callable[..., list[str]], rows: tuple[str, ...], problem: str
) -> None:
    assert refused(*rows) == [problem]


def test_a_whole_beside_its_parts_is_refused(refused: Callable[..., list[str]]) -> None:
    heading = "record;source;external_id;household;person;claim;care_date;category;currency"
    row = "line;S;L;H;P;C;18/03/2025;CARE;EUR;Scanner;Scanner;CT scan"

    found = refused(f"{heading};act;act.fr;act.en", row, "trailer;1", kind="statements")

    why = "stands beside a column that says it as a whole or in parts: leave one empty"
    assert found == [f"a.csv, line 2, act.{one}: {why}" for one in ("fr", "en")]


def test_control_totals_are_held_against_the_transfers(
    refused: Callable[..., list[str]],
) -> None:
    row = "transfer;S;T;H;VIR;18/03/2025;MEMBER;EUR;33,90"

    assert refused(TRANSFER, row, "trailer;1;EUR 33,09", kind="statements") == [
        "a.csv, line 3, sums.EUR: the trailer says 33.09, the transfers sum to 33.90"
    ]


def test_a_file_of_an_old_macintosh_is_refused_rather_than_misread(
    refused: Callable[..., list[str]],
) -> None:
    row = LUCIE.replace("Éxemple", "Théodore")

    assert refused(PERSON, row, "trailer;1", encoding="mac_roman") == [
        "a.csv: the encoding is not one that is known; save the file as CSV UTF-8"
    ]


# --- Workbooks -----------------------------------------------------------------------------------


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Feuille 1")
        book.add_worksheet("Feuille 2")
        day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell, day if isinstance(cell, date) else None)
    return path


def test_cells_of_a_workbook_are_what_they_look_like(tmp_path: Path) -> None:
    heading = "record source external_id household person claim care_date category act currency"
    path = workbook(
        tmp_path / "lines.XLSX",
        (*heading.split(), "spent.amount", "spent.currency", "left_computed"),
        (
            *("line", "S", 1001, "H", "P", 12, date(2025, 3, 4), "DENTAL", "Soin", "EUR"),
            *(0.1 + 0.2, "EUR", True),
        ),
        ("trailer", 1),
    )

    [located] = read([path], "statements")

    line = located.record
    assert isinstance(line, Line)
    assert (line.external_id, line.claim, line.care_date) == ("1001", "12", date(2025, 3, 4))
    assert line.spent
    assert (line.spent.amount, line.left_computed) == (Decimal("0.3"), True)
    assert str(located.location) == f"{path}, sheet Feuille 1, line 2"


def test_a_number_longer_than_a_spreadsheet_keeps_is_refused(tmp_path: Path) -> None:
    heading = (*PERSON.split(";"), "nir")
    row = ("person", "S", "P", "H", "Exemple", "Lucie", "HOLDER", "", "", 2690549588157801)
    path = workbook(tmp_path / "a.xlsx", heading, row, ("trailer", 1))

    with pytest.raises(WrongFeed, match="nir: is a number of more than 15 digits"):
        list(read([path], "members"))


def test_a_day_with_a_time_is_refused(tmp_path: Path) -> None:
    moment = datetime(1969, 5, 2, 8, 30)  # noqa: DTZ001  # a cell has no time zone
    row = ("person", "S", "P", "H", "Exemple", "Lucie", "HOLDER", moment)
    path = workbook(tmp_path / "a.xlsx", tuple(PERSON.split(";")), row, ("trailer", 1))

    with pytest.raises(WrongFeed, match="birth_date: holds a time of day"):
        list(read([path], "members"))


def test_a_workbook_that_unpacks_beyond_reason_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_LARGEST_UNPACKED", 100)

    with pytest.raises(WrongFeed, match="unpacks to more than"):
        list(read([workbook(tmp_path / "a.xlsx", tuple(PERSON.split(";")))], "members"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"record;source"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(WrongFeed, match="cut or damaged, or no workbook"):
        list(read([path], "members"))
