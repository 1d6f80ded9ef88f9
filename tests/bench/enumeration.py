"""Whether the time of an answer at the gate tells who exists: one kind of asker against another."""

import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client

from tests.bench.capture import cookie_of
from tests.bench.figures import Figure, Spread, Void
from tests.bench.house import House
from tests.bench.members import SEED, Household
from tests.bench.pages import address

GOAL = 0.02
RUNS = 5
ASKED = 40
"""Askers of each kind in a run; each posts once, from an address of its own."""
_WHO = {
    "family_name": "Exemple",
    "first_name": "Nathalie",
    "birth_date": "05/03/1980",
    "email": "nathalie@example.org",
}
Form = Callable[[str], dict[str, str]]
FORMS: dict[str, Form] = {
    "sign-in": lambda number: {"number": number, "password": "not this one", "time_zone": "UTC"},
    "create-account": lambda number: {**_WHO, "adherent_number": number},
    "forgotten-password": lambda number: {"adherent_number": number, "birth_date": "05/03/1980"},
    "forgotten-number": lambda number: {**_WHO, "email": f"member{int(number[3:])}@example.org"},
}


def measure(house: House, made: Sequence[Household]) -> Figure:
    """Members with an account, numbers that nobody has, and other members: these tell how much two
    of a kind differ. They take turns; CPU of this process, which computes the hashes, and time."""
    draw = random.Random(SEED + 9)  # noqa: S311 - the same order each time
    if len(made) < 2 * RUNS * ASKED:
        raise Void(f"enumeration: {2 * RUNS * ASKED} households are needed")
    chosen = draw.sample(made, 2 * RUNS * ASKED)
    _give_passwords(house, chosen)
    half = len(chosen) // 2
    numbers = {
        "known": [f"AH-{one.people[0]:08}" for one in chosen[:half]],
        "unknown": [f"AH-{90_000_000 + place:08}" for place in range(half)],
        "others": [f"AH-{one.people[0]:08}" for one in chosen[half:]],
    }
    found = {name: _asked(name, form, numbers) for name, form in FORMS.items()}
    worst = max(abs(one["cpu"]["unknown"].median) for one in found.values())
    return Figure(
        "enumeration",
        "median time at the gate, unknown against known, CPU of the process",
        f"{100 * worst:.1f} % at most",
        f"≤ {100 * GOAL:.0f} %",
        worst <= GOAL,
        tuple(_told(name, one) for name, one in found.items()),
    )


def _give_passwords(house: House, chosen: Sequence[Household]) -> None:
    """One real hash for all: what a sign-in computes is the same work."""
    with house.superuser() as connection:
        connection.execute(
            "UPDATE accounts_account SET password = %s WHERE household_id = ANY(%s)",
            [make_password("a password that nobody types"), [one.id for one in chosen]],
        )


Differences = dict[str, dict[str, Spread]]


def _asked(name: str, form: Form, numbers: dict[str, list[str]]) -> Differences:
    """By clock, then by kind of asker: how far its median is from that of those who are known."""
    path = address(name)
    runs: dict[str, dict[str, list[float]]] = {"cpu": {}, "time": {}}
    answers = {_post(path, form("AH-99999999"), 0)[2]}  # what a process does once, it has done
    for run in range(RUNS):
        took: dict[tuple[str, str], list[float]] = {}
        for place in range(run * ASKED, (run + 1) * ASKED):
            kinds = list(numbers)
            for turn in range(len(kinds)):
                kind = kinds[(place + turn) % len(kinds)]
                asker = 1 + place * len(kinds) + kinds.index(kind)
                cpu, wall, answer = _post(path, form(numbers[kind][place]), asker)
                answers.add(answer)
                took.setdefault(("cpu", kind), []).append(cpu)
                took.setdefault(("time", kind), []).append(wall)
        for (clock, kind), those in took.items():
            known = Spread(tuple(took[clock, "known"])).median
            runs[clock].setdefault(kind, []).append(Spread(tuple(those)).median / known - 1)
    if len(answers) != 1:
        raise Void(f"enumeration: {name} answered {answers}")
    return {
        clock: {kind: Spread(tuple(those)) for kind, those in by.items()}
        for clock, by in runs.items()
    }


def _post(path: str, form: dict[str, str], asker: int) -> tuple[float, float, Any]:
    client = Client(
        headers={"Host": "localhost", "Cookie": cookie_of("")},
        REMOTE_ADDR=f"10.{path.count('-')}.{asker >> 8}.{asker & 255}",
    )
    began, cpu = time.perf_counter(), time.process_time()
    answer = client.post(path, form)
    took = time.process_time() - cpu, time.perf_counter() - began
    return *took, (answer.status_code, answer.headers.get("Location"))


def _told(name: str, found: Differences) -> str:
    parts = (
        f"{clock}: unknown {100 * by['unknown'].median:+.1f} %"
        f" ({100 * min(by['unknown'].values):+.1f} to {100 * max(by['unknown'].values):+.1f}),"
        f" other members {100 * by['others'].median:+.1f} %"
        for clock, by in found.items()
    )
    return f"{name}: {'; '.join(parts)}"
