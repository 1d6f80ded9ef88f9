"""What a feed says of bank accounts, taken in under the batch role, with the rule that holds for all:
nothing is paid to a changed account before it was told and the wait is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from havre.domains.payments import queries
from havre.domains.payments.actions.accounts import new_row, verify
from havre.domains.payments.actions.telling import ACCOUNT_CHANGED, tell_many
from havre.domains.payments.actions.waiting import CONTRADICTED, look_at
from havre.domains.payments.models import BankAccount
from havre.domains.payments.rules import standing as rules
from havre.domains.payments.rules.numbers import AccountNumber
from havre.domains.payments.words import CameBy, State

_ROWS_AT_ONCE = 1_000


class StatedAccount(NamedTuple):
    """An account as a feed has it. ``person_is_new``: the feed brings the person too, and with them the
    account that was always theirs."""

    household_id: UUID
    person_id: UUID
    person_is_new: bool
    source: str
    number: AccountNumber
    currency: str
    account_name: str


class LoadedAccount(StrEnum):
    """What became of a stated account."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    """Another one than before: told, and used after the wait."""
    SAME = "SAME"
    TO_REVIEW = "TO_REVIEW"
    """The member or the desk stands behind another one, which stays."""


def load_accounts(
    stated: Sequence[StatedAccount], *, wait: timedelta, now: datetime
) -> list[LoadedAccount]:
    """Take accounts in, one a person and currency; what became of each.

    The feed's word verifies an account. One that was stopped, refused or waits for someone to look does
    not come back by a feed that says it again. The same statements, however many accounts.
    """
    known = _known(stated)
    outcomes, made, never_used = [], [], []
    for one in stated:
        together = known.get((one.person_id, one.currency), [])
        outcome = _outcome(one, together)
        outcomes.append(outcome)
        if outcome is LoadedAccount.SAME:
            continue
        made.append(_row(one, outcome, wait=wait, now=now))
        if outcome is LoadedAccount.CHANGED:
            courses = map(queries.course, together)
            never_used += [course.id for course in rules.overtaken(courses, at=now)]
    BankAccount.objects.filter(id__in=never_used).update(
        state=State.REPLACED, ended_at=now, ended_by="feed"
    )
    BankAccount.objects.bulk_create(made, batch_size=_ROWS_AT_ONCE)
    for row in made:
        if row.state == State.PROPOSED:
            look_at(row, kind=CONTRADICTED, now=now)
    told = [row for row in made if row.stop_digest]
    tell_many(told, kind=ACCOUNT_CHANGED, now=now)
    return outcomes


def _known(stated: Sequence[StatedAccount]) -> dict[tuple[UUID, str], list[BankAccount]]:
    """Locked, so that nobody verifies another one between this reading and the writing."""
    people = {one.person_id for one in stated if not one.person_is_new}
    known: dict[tuple[UUID, str], list[BankAccount]] = {}
    rows = BankAccount.objects.select_for_update().filter(person_id__in=people)
    for row in rows.order_by("id") if people else ():
        known.setdefault((row.person_id, row.currency), []).append(row)
    return known


def _outcome(stated: StatedAccount, together: Sequence[BankAccount]) -> LoadedAccount:
    index = queries.number_index(stated.number.number)
    same = [row for row in together if bytes(row.number_index or b"") == index]
    current = rules.latest(map(queries.course, together))
    if any(current and row.id == current.id for row in same):
        return LoadedAccount.SAME
    if any(row.state in (State.PROPOSED, State.REFUSED, State.STOPPED) for row in same):
        return LoadedAccount.SAME
    last = next((row for row in together if current and row.id == current.id), None)
    if last is None:
        return LoadedAccount.NEW
    confirmed = last.came_by != CameBy.FEED or last.second_by is not None
    return LoadedAccount.TO_REVIEW if confirmed else LoadedAccount.CHANGED


def _row(
    stated: StatedAccount, outcome: LoadedAccount, *, wait: timedelta, now: datetime
) -> BankAccount:
    row = new_row(
        stated.household_id,
        stated.person_id,
        stated.number,
        stated.currency,
        stated.account_name,
        CameBy.FEED,
        now,
    )
    row.source = stated.source
    if outcome is LoadedAccount.TO_REVIEW:
        return row
    usable_from = now if stated.person_is_new else now + wait
    verify(row, by=f"feed {stated.source}", second_by=None, usable_from=usable_from, now=now)
    if stated.person_is_new:  # nothing was replaced, and nobody was written to before
        row.stop_digest = row.stop_until = None
    return row
