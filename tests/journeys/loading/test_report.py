"""The account of a loading."""

from havre.journeys.loading.problems import Location
from havre.journeys.loading.report import Outcome, Report, RowOutcome


def a_row(line: int, outcome: Outcome, detail: str = "") -> RowOutcome:
    return RowOutcome(Location("members.jsonl", line), "person", f"S/P-{line}", outcome, detail)


def test_every_row_is_told_in_the_order_of_the_file() -> None:
    report = Report(every_row=True)
    report.extend([a_row(10, Outcome.NEW), a_row(2, Outcome.CHANGED, "email, phone")])

    assert list(report.lines()) == [
        "members.jsonl, line 2: person S/P-2: CHANGED (email, phone)",
        "members.jsonl, line 10: person S/P-10: NEW",
        "person: 1 new, 1 changed, 0 same",
    ]


def test_without_every_row_those_that_ask_for_attention_are_kept() -> None:
    report = Report(every_row=False)
    for line, outcome in enumerate(Outcome, 1):
        report.add(a_row(line, outcome))

    assert [row.outcome for row in report.rows] == [
        Outcome.TO_REVIEW,
        Outcome.WARNING,
        Outcome.ISSUED,
    ]
    assert (
        report.summary()
        == "person: 1 new, 1 changed, 1 same, 1 to review, 1 warnings, 1 numbers issued"
    )


def test_a_warning_that_comes_back_is_told_once_with_its_first_places() -> None:
    said = [a_row(line, Outcome.WARNING, "phone: is odd") for line in (12, 9, 10, 11)]
    said += [a_row(2, Outcome.WARNING, "nir: is odd"), a_row(3, Outcome.TO_REVIEW, "email")]
    report, dry = Report(every_row=False), Report(every_row=True)
    report.extend(said)
    dry.extend(said)

    assert list(report.lines()) == [
        "members.jsonl, line 3: person S/P-3: TO_REVIEW (email)",
        "members.jsonl, line 2: person: WARNING (nir: is odd)",
        "person: WARNING (phone: is odd)"
        " (4 times: members.jsonl, line 9; members.jsonl, line 10; members.jsonl, line 11; …)",
        "person: 0 new, 0 changed, 0 same, 1 to review, 5 warnings",
    ]
    assert list(dry.lines())[-2] == "members.jsonl, line 12: person S/P-12: WARNING (phone: is odd)"


def test_rows_counted_by_the_database_join_the_totals() -> None:
    report = Report(every_row=False)
    report.count("line", Outcome.SAME, 200_000)
    report.add(a_row(1, Outcome.WARNING))

    assert report.total(Outcome.SAME) == 200_000
    assert report.total(Outcome.SAME, "person") == 0
    assert report.changes_nothing


def test_a_difference_left_to_review_is_no_standstill() -> None:
    for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.TO_REVIEW):
        report = Report(every_row=False)
        report.add(a_row(1, outcome))
        assert not report.changes_nothing


def test_nothing_to_load_is_said() -> None:
    assert list(Report(every_row=True).lines()) == ["nothing to load"]
