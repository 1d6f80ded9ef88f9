"""The supervisor's page: figures of a plain count, of nobody, in a constant number of statements."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from statistics import quantiles
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from havre.commons.cases.queries import figures
from havre.commons.cases.queries.figures import Grouped, Part, Quantiles, Step, Wanted
from havre.commons.cases.words import Team
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.queries import Against, Scope
from havre.foundation.db import Actor, Channel, Role, acting
from tests.database import acting_as
from tests.doors.desk.conftest import DeskClient
from tests.doors.desk.many_requests import CANARY, Drawn, drawn, some_askers
from tests.doors.desk.requests import filed
from tests.house.test_statement_counts import statements

NOW = datetime.now(UTC)
LOOKS = Actor(name="tests", channel=Channel.COMMAND, purpose="look")
WANTED = Wanted(
    before=NOW - timedelta(days=180), start=NOW - timedelta(days=90), end=NOW + timedelta(days=1)
)


def looked() -> acting:  # type: ignore[valid-type]
    return acting(actor=LOOKS, role=Role.DESK)


def _in(rows: Iterable[Drawn], column: str, *, current: bool = True) -> list[Drawn]:
    start, end = (WANTED.start, WANTED.end) if current else (WANTED.before, WANTED.start)
    return [row for row in rows if (at := getattr(row, column)) and start <= at < end]


def _within(rows: list[Drawn]) -> Quantiles | None:
    worked = [row.worked for row in rows if row.worked is not None]
    if len(worked) < 5:
        return None
    cuts = quantiles(worked, n=10, method="inclusive")
    return Quantiles(cuts[4], cuts[8])


def _close(one: Quantiles | None, other: Quantiles | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.median == pytest.approx(other.median) and one.ninetieth == pytest.approx(
        other.ninetieth
    )


@pytest.fixture
def many() -> list[Drawn]:
    return drawn(some_askers(), 3000, today=NOW)


def test_counts_are_those_of_a_plain_count(many: list[Drawn]) -> None:
    zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
    with acting_as(Role.DESK_WEB), looked():
        sent = figures.filed(WANTED)
        weeks = figures.series(WANTED, "decided_at", Step.WEEK, zone=zone)
        months = figures.series(WANTED, "filed_at", Step.MONTH, zone=zone)
        reasons = figures.rejections(WANTED)
        scores = figures.opinions(WANTED)
    plain = {
        current: Counter((one.kind, one.team) for one in _in(many, "filed_at", current=current))
        for current in (True, False)
    }
    assert sent == Counter(
        {
            Part(kind, Team(team), current): number
            for current, counts in plain.items()
            for (kind, team), number in counts.items()
        }
    )
    decided = _in(many, "decided_at")
    assert weeks == Counter(_monday(one.decided_at, zone) for one in decided)
    assert months == Counter(
        one.filed_at.astimezone(zone).date().replace(day=1) for one in _in(many, "filed_at")
    )
    assert reasons == Counter((one.kind, one.reason) for one in decided if one.rejected)
    both = [(one, True) for one in decided]
    both += [(one, False) for one in _in(many, "decided_at", current=False)]
    assert scores == Counter(
        (Part(one.kind, Team(one.team), current), one.score) for one, current in both if one.score
    )


def _monday(at: datetime | None, zone: ZoneInfo) -> date:
    assert at
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


@pytest.mark.parametrize("grouped", list(Grouped))
@pytest.mark.parametrize("products", [None, frozenset({"ESC"})])
def test_delays_are_those_of_a_plain_count_and_of_the_scope(
    many: list[Drawn], grouped: Grouped, products: frozenset[str] | None
) -> None:
    wanted = Wanted(
        before=WANTED.before, start=WANTED.start, end=WANTED.end, scope=Scope(products=products)
    )
    with acting_as(Role.DESK_WEB), looked():
        found = figures.decided(wanted, grouped)
    near = [one for one in many if products is None or one.product in products]
    groups: dict[tuple[str, bool], list[Drawn]] = {}
    for current in (True, False):
        for one in _in(near, "decided_at", current=current):
            key = str(getattr(one, grouped.value)) if grouped else ""
            groups.setdefault((key, current), []).append(one)
    assert set(found) == set(groups)
    for key, rows in groups.items():
        one = found[key]
        assert one.decided == len(rows)
        assert one.rejected == sum(row.rejected for row in rows)
        assert one.asked == sum(row.asked > 0 for row in rows)
        assert one.asked_twice == sum(row.twice for row in rows)
        assert _close(one.complete, _within([row for row in rows if not row.asked]))
        assert _close(one.incomplete, _within([row for row in rows if row.asked]))


def test_what_waits_is_told_by_its_age_against_the_target() -> None:
    filed()
    with acting_as(Role.DESK_WEB), looked():
        (now,) = worklist.backlog(worklist.EVERYTHING, now=datetime(2026, 6, 15, tzinfo=UTC))
        (late,) = worklist.backlog(worklist.EVERYTHING, now=datetime(2026, 6, 24, tzinfo=UTC))
        (older,) = worklist.backlog(worklist.EVERYTHING, now=datetime(2026, 7, 24, tzinfo=UTC))
        none = worklist.backlog(Scope(products=frozenset({"none"})), now=NOW)
    assert [+one.waiting for one in (now, late, older)] == [
        {Against.IN_TIME: 1},
        {Against.LATE: 1},
        {Against.LATE_LONG: 1},
    ]
    assert none == []


ADDRESSES = ("figures", "figures.csv", "figures.xlsx", "figures?period=12-months&team=HEALTH")


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_health_content_is_in_any_figure(
    many: list[Drawn], desk_client: DeskClient, path: str
) -> None:
    desk = desk_client("SUPERVISOR", "MEDICAL_ADVISER")
    answer = desk.client.get(f"/desk/{path}")
    body = b"".join(answer) if answer.streaming else answer.content
    if path.endswith("xlsx"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    assert b"Correct a name" in body
    assert CANARY.encode() not in body


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_is_said_of_a_request_is_never_read(
    many: list[Drawn], desk_client: DeskClient, path: str
) -> None:
    desk = desk_client("SUPERVISOR")
    with statements() as sent:
        answer = desk.client.get(f"/desk/{path}")
        b"".join(answer) if answer.streaming else answer.content
    read = " ".join(sent)
    for table in ("cases_content", "cases_event", "cases_ask", "cases_note", "cases_decision"):
        assert table not in read
    assert '"words"' not in read


def test_the_page_asks_as_often_whatever_the_number(desk_client: DeskClient) -> None:
    desk, askers, counts = desk_client("SUPERVISOR"), some_askers(2), []
    for number in (1, 50, 3000):
        drawn(askers, number, today=NOW, seed=number)
        with statements() as sent:
            desk.page("figures")
        counts.append(len(sent))
    assert len(set(counts)) == 1
    assert counts[0] <= 17


def test_small_numbers_are_not_told(desk_client: DeskClient) -> None:
    drawn(some_askers(1), 3, today=NOW)
    page = desk_client("SUPERVISOR").page("figures")
    assert ">hidden<" in page
    file = _csv(desk_client("SUPERVISOR"), "figures.csv")
    assert {value for *_rest, value in file[1:]} <= {"0", "–", "hidden"}


def test_a_scope_narrows_every_figure(desk_client: DeskClient, many: list[Drawn]) -> None:
    def sent(**scope: list[str]) -> str:
        rows = _csv(desk_client("SUPERVISOR", **scope), "figures.csv")
        return next(row[3] for row in rows if row[1] == "Requests sent" and row[2] == "This period")

    zone = ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE)
    first = NOW.astimezone(zone).date() - timedelta(days=89)
    near = [one for one in many if one.filed_at.astimezone(zone).date() >= first]
    assert sent() == str(len(near))
    assert sent(products=["ESC"]) == str(sum(one.product == "ESC" for one in near))


def _csv(desk: object, path: str) -> list[list[str]]:
    answer = desk.client.get(f"/desk/{path}")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_no_cell_of_a_file_is_a_formula(
    desk_client: DeskClient, many: list[Drawn], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kind that is known no more is told by its code, which a feed or a module may have chosen."""
    named = "havre.doors.desk.figures.queue_words.kind_title"
    monkeypatch.setattr(named, lambda code: f"=HYPERLINK({code})")
    desk = desk_client("SUPERVISOR")
    cells = [cell for row in _csv(desk, "figures.csv") for cell in row]
    assert "'=HYPERLINK(other)" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    book = zipfile.ZipFile(io.BytesIO(b"".join(desk.client.get("/desk/figures.xlsx"))))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_columns_of_a_wide_table_say_on_the_page_what_they_share(
    desk_client: DeskClient, many: list[Drawn]
) -> None:
    page = desk_client("SUPERVISOR").page("figures")
    assert 'colspan="2">Complete requests</th>' in page
    assert 'data-l="Complete requests: nine in ten within"' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("start=31/12/2025&end=01/01/2025", "The last day is before the first one"),
        ("end=01/01/2025", "Give the first day too"),
        ("start=01/01/2001", "Choose three years at most"),
        ("start=31/02/2025", "February"),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(
    desk_client: DeskClient, query: str, said: str
) -> None:
    desk = desk_client("SUPERVISOR")
    assert said in desk.page(f"figures?{query}")
    assert desk.client.get(f"/desk/figures.csv?{query}").status_code == 302


def test_french_figures(desk_client: DeskClient, many: list[Drawn]) -> None:
    page = desk_client("SUPERVISOR", language="fr").page("figures?step=month")
    assert "Motifs de rejet" in page
    assert "Les délais sont en jours ouvrés" in page
