"""Thousands of requests, decided or not, drawn with a fixed seed: rows, and the same as plain values."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from havre.commons.cases.models import Case, Content, Opinion, content_place
from havre.foundation.crypto import vault
from havre.foundation.db import Role, acting
from havre.foundation.ids import new_id
from tests.builders import BUILDER
from tests.database import acting_as
from tests.journeys.requests.asking import Asker, an_asker

CANARY = "lithium-canary-7731"
"""Stands in titles, answers, clauses and words of opinions: no figure may show it."""
KINDS = {
    "other": ("D", "GENERAL", ("not-ours",)),
    "certificate": ("D", "GENERAL", ("not-covered", "in-the-list")),
    "personal-information": ("D", "HEALTH", ("not-proved", CANARY)),
    "complaint": ("R", "MEDICAL", ("as-the-contract-says",)),
    "data-protection": ("P", "GENERAL", ("kept-by-law",)),
}
PRODUCTS = ("ESC", "LARGE")


@dataclass(frozen=True)
class Drawn:
    """A request as the test knows it."""

    kind: str
    team: str
    product: str
    filed_at: datetime
    decided_at: datetime | None
    rejected: bool
    reason: str
    worked: int | None
    asked: int
    twice: bool
    score: int | None


def some_askers(number: int = 6) -> list[Asker]:
    return [an_asker() for _number in range(number)]


def drawn(askers: list[Asker], number: int, *, today: datetime, seed: int = 7) -> list[Drawn]:
    """So many requests of these members over the last 250 days, in the tables."""
    chance, cases, contents, opinions, found = Random(seed), [], [], [], []  # noqa: S311
    for place in range(number):
        one = _one(chance, today)
        found.append(one)
        case = _case(one, chance.choice(askers), place)
        case.serial += seed * 100_000
        cases.append(case)
        contents.append(_content(case))
        if one.score:
            opinions.append(_opinion(case, one.score))
    with acting_as(Role.OWNER), acting(actor=BUILDER):
        Case.objects.bulk_create(cases, batch_size=2000)
        Content.objects.bulk_create(contents, batch_size=2000)
        Opinion.objects.bulk_create(opinions, batch_size=2000)
    return found


def _one(chance: Random, today: datetime) -> Drawn:
    kind = chance.choices(list(KINDS), weights=(50, 30, 12, 7, 1))[0]
    prefix, compartment, reasons = KINDS[kind]
    filed = today - timedelta(seconds=chance.randrange(250 * 86_400))
    decided = filed + timedelta(seconds=chance.randrange(20 * 86_400))
    is_decided, rejected = decided < today, chance.random() < 0.2
    asked = chance.choices((0, 1, 2), weights=(70, 22, 8))[0]
    return Drawn(
        kind=kind,
        team="RIGHTS" if prefix == "P" else compartment,
        product=chance.choice(PRODUCTS),
        filed_at=filed,
        decided_at=decided if is_decided else None,
        rejected=is_decided and rejected,
        reason=chance.choice(reasons) if is_decided and rejected else "",
        worked=chance.randrange(15 * 86_400) if is_decided else None,
        asked=asked,
        twice=asked > 1,
        score=chance.randint(1, 5) if is_decided and chance.random() < 0.3 else None,
    )


def _case(one: Drawn, asker: Asker, place: int) -> Case:
    prefix, compartment, _reasons = KINDS[one.kind]
    status = ("REJECTED" if one.rejected else "VALIDATED") if one.decided_at else "IN_PROGRESS"
    return Case(
        id=new_id(),
        household_id=asker.household,
        membership_id=asker.membership,
        person_id=asker.person,
        kind=one.kind,
        prefix=prefix,
        year=one.filed_at.year,
        serial=1_000_000 + place,
        compartment=compartment,
        status=status,
        channel="ONLINE",
        filed_by=str(asker.membership),
        digest=b"digest",
        language="fr",
        product=one.product,
        filed_at=one.filed_at,
        due_at=one.filed_at + timedelta(days=5),
        decided_at=one.decided_at,
        worked_seconds=one.worked,
        asked_times=one.asked,
        asked_twice=one.twice,
        reason=one.reason,
        clause=CANARY,
        decided_by=str(UUID(int=1)),
        decider_name=CANARY,
    )


def _content(case: Case) -> Content:
    return Content(
        id=case.id,
        household_id=case.household_id,
        compartment=case.compartment,
        title=vault().seal(CANARY, place=content_place("title", case.id)),
        answers=vault().seal(f'{{"care": "{CANARY}"}}', place=content_place("answers", case.id)),
    )


def _opinion(case: Case, score: int) -> Opinion:
    return Opinion(
        id=case.id,
        household_id=case.household_id,
        score=score,
        given_at=(case.decided_at or datetime.now(UTC)) + timedelta(days=1),
    )
