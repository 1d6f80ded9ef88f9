"""P1: what each page costs beside a bare program that sends the same statements."""

import random
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from django.conf import settings

from havre.foundation.db.roles import Role
from tests.bench import control
from tests.bench.capture import cookie_of, keep, statement_count, transactions_of
from tests.bench.figures import Figure, Spread, Void, ratios
from tests.bench.house import HOME, House
from tests.bench.members import SEED, Household
from tests.bench.pages import MemberPage, Rows, rows_of, there
from tests.bench.processes import Server, cpu_seconds, free_port, serving

RUNS = 5
REQUESTS = {"home": 400}
ELSEWHERE = 120
BATCH = 20
MEMBERS = {"home": 400}
FEWER = 40
WARM_UP = 60
GOAL = 2.5
TRIES = 3
OFF_BY = 0.05


@dataclass(frozen=True)
class Cost:
    """Of one page: its ratio to the control, the control's to itself, milliseconds, statements."""

    page: str
    ratio: Spread
    itself: Spread
    ours: Spread
    control: Spread
    statements: int

    def told(self) -> str:
        doubtful = "" if abs(self.itself.median - 1) <= OFF_BY else ", too unsteady to count"
        return (
            f"{self.page}: {self.ratio.told()}; ours {self.ours.told()} ms, control"
            f" {self.control.told()} ms, {self.statements} statements; control against itself"
            f" {self.itself.told()}{doubtful}"
        )


def measure(house: House, ours: Server, made: Sequence[Household]) -> Figure:
    """Ours, the control and the control again take turns with the same members in the same order."""
    draw = random.Random(SEED)  # noqa: S311 - the same order for each is the purpose
    chosen = draw.sample(made, min(MEMBERS["home"], len(made)))
    rows = rows_of(house, chosen)
    chosen = [one for one in chosen if rows[one.number]["own"]]
    pages = list(there(chosen[0], rows))
    orders, counts = _note(pages, chosen, rows, draw)
    with ExitStack() as stack:
        controls = [stack.enter_context(_control(house)) for _ in range(2)]
        costs = [
            _measured([ours, *controls], page.name, orders[page.name], counts[page.name])
            for page in pages
        ]
    return _figure(costs)


Order = list[tuple[str, str]]


def _note(
    pages: Sequence[MemberPage], chosen: Sequence[Household], rows: Rows, draw: random.Random
) -> tuple[dict[str, Order], dict[str, int]]:
    """What each page asks for each member, kept for the controls; and who asks in which order."""
    noted, orders, counts = {}, {}, {}
    for page in pages:
        members = chosen[: MEMBERS.get(page.name, FEWER)]
        asked = [(page.path(one, rows), one.session) for one in members]
        transactions_of(asked[0][0], session=asked[0][1])  # what a process asks once, it has asked
        for path, session in asked:
            noted[session, path] = transactions_of(path, session=session)
        counts[page.name] = statement_count(noted[asked[-1][1], asked[-1][0]])
        requests = REQUESTS.get(page.name, ELSEWHERE)
        drawn = (draw.choice(asked) for _ in range(requests))
        orders[page.name] = [(path, cookie_of(session)) for path, session in drawn]
    keep(_NOTED, noted)
    return orders, counts


_NOTED = HOME / "statements-of-pages"


def _measured(servers: list[Server], page: str, order: Order, statements: int) -> Cost:
    for server in servers:
        for path, cookie in order[:WARM_UP]:
            server.get(path, cookie=cookie)
    _check_same_rows(servers[0], servers[1:], *order[0])
    for _ in range(TRIES):
        costs = _rounds(servers, order)
        itself = ratios(costs[1], costs[2])
        if abs(itself.median - 1) <= OFF_BY:
            break
    ours, bare = (Spread(tuple(1000 * cost for cost in one)) for one in costs[:2])
    return Cost(page, ratios(costs[0], costs[1]), itself, ours, bare, statements)


def _rounds(servers: list[Server], order: Order) -> list[list[float]]:
    """Seconds of CPU a request, by server and run. They take turns every few requests, so that
    what else the machine does falls on all alike; the one that begins changes.
    """
    costs: list[list[float]] = [[] for _ in servers]
    for _ in range(RUNS):
        before = [cpu_seconds(server.worker) for server in servers]
        for turn, start in enumerate(range(0, len(order), BATCH)):
            for place in range(len(servers)):
                server = servers[(turn + place) % len(servers)]
                for path, cookie in order[start : start + BATCH]:
                    server.get(path, cookie=cookie)
        for server, cost, begun in zip(servers, costs, before, strict=True):
            cost.append((cpu_seconds(server.worker) - begun) / len(order))
    return costs


def _check_same_rows(ours: Server, controls: list[Server], path: str, cookie: str) -> None:
    """A control that finds nothing would be quick for nothing."""
    answers = {server.get(path, cookie=cookie) for server in controls}
    if len(answers) != 1 or answers == {b"0 rows"}:
        raise Void(f"P1: the controls answer {answers} for {path}")
    if b"</html>" not in ours.get(path, cookie=cookie):
        raise Void(f"P1: {path} is not whole")


def _control(house: House):  # type: ignore[no-untyped-def]
    port = free_port()
    environment = house.settings() | {
        control.NOTED: str(_NOTED),
        control.ADDRESS: house.address(Role.WEB),
        control.COOKIE: settings.SESSION_COOKIE_NAME,
        "DATABASE_POOL": str(settings.HAVRE.DATABASE_POOL),
    }
    return serving(["tests.bench.control", str(port)], port=port, environment=environment)


def _figure(costs: Sequence[Cost]) -> Figure:
    worst = max(costs, key=lambda one: one.ratio.median)
    home = next(one for one in costs if one.page == "home")
    if abs(home.itself.median - 1) > OFF_BY:
        raise Void(f"P1: the control against itself read {home.itself.told()}, {TRIES} times over")
    return Figure(
        "P1",
        "home page, CPU of the web process a request / control",
        f"{home.ratio.told()}; the dearest page {worst.ratio.median:.2f} ({worst.page})",
        f"≤ {GOAL}",
        home.ratio.median <= GOAL,
        tuple(one.told() for one in costs),
    )
