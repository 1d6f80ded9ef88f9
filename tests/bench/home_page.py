"""P1: what the home page costs beside a bare program that sends the same statements."""

import random
from collections.abc import Sequence
from contextlib import ExitStack

from django.conf import settings

from havre.foundation.db.roles import Role
from tests.bench import control
from tests.bench.capture import cookie_of, keep, page_path, statement_count, transactions_of
from tests.bench.figures import Figure, Spread, Void, ratios
from tests.bench.house import HOME, House
from tests.bench.members import SEED, Household
from tests.bench.processes import Server, cpu_seconds, free_port, serving

RUNS = 5
REQUESTS = 400
BATCH = 20
MEMBERS = 400
WARM_UP = 100
GOAL = 2.5
TRIES = 3


def measure(house: House, ours: Server, made: Sequence[Household]) -> Figure:
    """Ours, the control and the control again take turns with the same members in the same order."""
    path = page_path("home")
    draw = random.Random(SEED)  # noqa: S311 - the same order for each is the purpose
    sessions = [one.session for one in draw.sample(made, min(MEMBERS, len(made)))]
    noted = {session: transactions_of(path, session=session) for session in sessions}
    noted_in = HOME / "statements-of-home"
    keep(noted_in, noted)
    order = [cookie_of(draw.choice(sessions)) for _ in range(REQUESTS)]
    with ExitStack() as stack:
        controls = [stack.enter_context(_control(house, noted_in)) for _ in range(2)]
        servers = [ours, *controls]
        for server in servers:
            for cookie in order[:WARM_UP]:
                server.get(path, cookie=cookie)
        _check_same_rows(ours, controls, path, order)
        for _ in range(TRIES):
            costs = _rounds(servers, path, order)
            itself = ratios(costs[1], costs[2])
            if 0.95 <= itself.median <= 1.05:
                return _figure(costs, itself, statement_count(noted[sessions[-1]]))
    raise Void(f"P1: the control against itself read {itself.told()}, {TRIES} times over")


def _rounds(servers: list[Server], path: str, order: list[str]) -> list[list[float]]:
    """Seconds of CPU a request, by server and run. They take turns every few requests, so that
    what else the machine does falls on all alike; the one that begins changes.
    """
    costs: list[list[float]] = [[] for _ in servers]
    for _ in range(RUNS):
        before = [cpu_seconds(server.worker) for server in servers]
        for turn, start in enumerate(range(0, len(order), BATCH)):
            for place in range(len(servers)):
                server = servers[(turn + place) % len(servers)]
                for cookie in order[start : start + BATCH]:
                    server.get(path, cookie=cookie)
        for server, cost, begun in zip(servers, costs, before, strict=True):
            cost.append((cpu_seconds(server.worker) - begun) / len(order))
    return costs


def _check_same_rows(ours: Server, controls: list[Server], path: str, order: list[str]) -> None:
    """A control that finds nothing would be quick for nothing."""
    answers = {server.get(path, cookie=order[0]) for server in controls}
    if len(answers) != 1 or answers == {b"0 rows"}:
        raise Void(f"P1: the controls answer {answers}")
    if b"</html>" not in ours.get(path, cookie=order[0]):
        raise Void("P1: the page is not whole")


def _control(house: House, noted: object):  # type: ignore[no-untyped-def]
    port = free_port()
    environment = house.settings() | {
        control.NOTED: str(noted),
        control.ADDRESS: house.address(Role.WEB),
        control.COOKIE: settings.SESSION_COOKIE_NAME,
        "DATABASE_POOL": str(settings.HAVRE.DATABASE_POOL),
    }
    return serving(["tests.bench.control", str(port)], port=port, environment=environment)


def _figure(costs: list[list[float]], itself: Spread, statements: int) -> Figure:
    ratio = ratios(costs[0], costs[1])
    milliseconds = [Spread(tuple(1000 * cost for cost in one)).told() for one in costs]
    return Figure(
        "P1",
        "home page, CPU of the web process a request / control",
        ratio.told(),
        f"≤ {GOAL}",
        ratio.median <= GOAL,
        (
            f"ours {milliseconds[0]} ms, control {milliseconds[1]} ms, {statements} statements;"
            f" {RUNS} runs of {REQUESTS} requests",
            f"the control against itself: {itself.told()}",
        ),
    )
