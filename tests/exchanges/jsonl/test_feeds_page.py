"""The page that describes feeds says what the code does."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from havre.exchanges.jsonl import read
from havre.exchanges.jsonl.decoding import WrongLine, decode
from havre.journeys.loading import records
from havre.journeys.loading.gathering import gather
from tests.journeys.loading.feeds import TODAY

PAGE = (Path(__file__).parents[3] / "docs" / "feeds.md").read_text()
EXAMPLES = [line for line in re.findall(r"```json\n(.*)\n```", PAGE) if '"trailer"' not in line]
RECORDS = get_args(records.MemberRecord) + get_args(records.StatementRecord)
NESTED = {
    "guarantees": records.GuaranteeShown,
    "address": records.Address,
    "options": records.Option,
    "covers": records.Cover,
    "spent": records.Spent,
    "rate": records.Rate,
}


def section(record: type[msgspec.Struct]) -> str:
    name = record.__struct_config__.tag
    return PAGE.partition(f"### `{name}`")[2].partition("\n### ")[0].partition("\n## ")[0]


@pytest.mark.parametrize("record", RECORDS)
def test_every_field_is_described_and_marked_when_it_must_be_there(
    record: type[msgspec.Struct],
) -> None:
    rows = {row for row in section(record).splitlines() if row.startswith("| ")}
    described: dict[str, bool] = {}
    for row in rows:
        first, rest = row.split("|")[1], row.split("|")[2:]
        for bold, name in re.findall(r"(\*\*)?`(\w+)`", first):
            described[name] = bool(bold)
            if name in NESTED:
                parts = dict(re.findall(r"`(\w+)`(\*\*)?", "|".join(rest)))
                assert parts.keys() >= set(NESTED[name].__struct_fields__)
                for field in msgspec.structs.fields(NESTED[name]):
                    assert bool(parts[field.name]) == field.required

    fields = msgspec.structs.fields(record)
    assert described == {field.name: field.required for field in fields}


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_has_an_example(record: type[msgspec.Struct]) -> None:
    assert f'```json\n{{"record":"{record.__struct_config__.tag}"' in section(record)


def test_the_examples_load_together(tmp_path: Path) -> None:
    members = [line for line in EXAMPLES if not re.match(r'{"record":"(transfer|line)"', line)]
    statements = [line for line in EXAMPLES if line not in members]
    paths = [tmp_path / "members.jsonl", tmp_path / "statements.jsonl"]
    for path, lines, sums in zip(paths, (members, statements), ("{}", '{"EUR":"20"}'), strict=True):
        trailer = f'{{"record":"trailer","count":{len(lines)},"sums":{sums}}}'
        path.write_text("\n".join([*lines, trailer, ""]))

    found = [*read(paths[:1], "members"), *read(paths[1:], "statements")]

    batch = gather(found, today=TODAY)
    assert (len(batch), batch.unresolved, batch.warnings) == (len(RECORDS), [], [])


def test_every_word_is_listed() -> None:
    for words in (records.Category, records.Link):
        assert all(f"`{word}`" in PAGE for word in get_args(words))


@pytest.mark.parametrize(
    ("record", "words"),
    [(records.Contract, ("kind", "scheme")), (records.Transfer, ("payee",))],
)
def test_a_wrong_word_is_answered_with_those_that_exist(
    record: type[msgspec.Struct], words: tuple[str, ...]
) -> None:
    kind = "members" if record is records.Contract else "statements"
    [example] = [line for line in EXAMPLES if f'"{record.__struct_config__.tag}","source"' in line]
    types = {field.name: field.type for field in msgspec.structs.fields(record)}
    for name in words:
        wrong = re.sub(rf'"{name}":"\w+"', f'"{name}":"WRONG"', example)
        with pytest.raises(WrongLine) as caught:
            decode(wrong.encode(), kind)  # type: ignore[arg-type]
        assert caught.value.why == f'"WRONG" is not one of {", ".join(get_args(types[name]))}'
