"""What state accounts are in, since when and why; which accept which terms."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from havre.commons.accounts.models import Account, TermsAcceptance
from havre.commons.accounts.rules.ending import END_OF_ACCESS, AccessNow, access_now
from havre.commons.accounts.rules.standing import Standing, standing_of
from havre.commons.accounts.words import AccountState, ClosedFor

__all__ = [
    "END_OF_ACCESS",
    "KEPT_OF_LIFE",
    "AcceptanceSeen",
    "AccessNow",
    "AccessSeen",
    "LifeSeen",
    "acceptances",
    "access_after",
    "access_ends_on",
    "counted",
    "life_of",
    "life_seen",
    "lives",
    "may_be_written_to",
    "standing_of_membership",
]
_NO_ACCOUNT = Standing(written_to=True, opens_again=True)
KEPT_OF_LIFE = (
    *("id", "household_id", "membership_id", "state", "closed_for", "closed_at", "closed_by"),
    *("opened_at", "password_chosen_at", "signed_in_at", "access_ends_on"),
)
"""The columns that ``life_seen`` reads: the desk may read no other than these and their like."""


@dataclass(frozen=True)
class LifeSeen:
    """An account as whoever looks after accounts sees it: no name, no address."""

    id: UUID
    household: UUID
    membership: UUID
    state: AccountState
    why: ClosedFor | None
    since: datetime
    by: str | None
    opened_at: datetime
    signed_in_at: datetime | None
    access_ends_on: date | None

    @property
    def standing(self) -> Standing:
        return standing_of(self.state, self.why)


@dataclass(frozen=True)
class AccessSeen:
    """What is asked of an account to know until when it gives access."""

    id: UUID
    household: UUID
    person: UUID
    state: AccountState
    why: ClosedFor | None
    by: str | None
    announced: date | None

    def on(self, today: date, *, last_cover: date | None, months: int) -> AccessNow:
        """What its access has become, ``months`` being those after the last cover."""
        return access_now(
            *(self.state, self.why, self.by),
            announced=self.announced,
            last_cover=last_cover,
            months=months,
            today=today,
        )


@dataclass(frozen=True)
class AcceptanceSeen:
    """A version of the terms that was accepted, and in which language."""

    id: UUID
    version: str
    language: str
    text_sha256: str
    accepted_at: datetime


def life_of(*, membership: UUID) -> LifeSeen | None:
    """The account of a membership, in whatever state; none where there is no account."""
    row = Account.objects.filter(membership_id=membership).only(*KEPT_OF_LIFE).first()
    return life_seen(row) if row else None


def standing_of_membership(*, membership: UUID) -> Standing:
    """What the account of a membership opens; where there is none, one can be opened."""
    seen = life_of(membership=membership)
    return seen.standing if seen else _NO_ACCOUNT


def may_be_written_to(*, membership: UUID) -> bool:
    """Whether mails about the account leave."""
    return standing_of_membership(membership=membership).written_to


def lives(*, states: tuple[AccountState, ...], size: int) -> list[LifeSeen]:
    """Accounts in these states, the last closed or opened first, ``size`` at most."""
    rows = Account.objects.filter(state__in=states).order_by("-closed_at", "-opened_at", "id")
    return [life_seen(row) for row in rows.only(*KEPT_OF_LIFE)[:size]]


def counted() -> dict[AccountState, int]:
    """How many accounts are in each state; a state without any is left out."""
    rows = Account.objects.values_list("state").annotate(count=Count("id"))
    return {AccountState(state): count for state, count in rows}


def access_after(after: UUID | None, *, size: int) -> list[AccessSeen]:
    """The accounts that follow, in the order of their ids, but those that were deleted.

    One statement. The batch role may.
    """
    rows = Account.objects.exclude(state=AccountState.DELETED).order_by("id")
    names = (
        *("id", "household_id", "person_id"),
        *("state", "closed_for", "closed_by", "access_ends_on"),
    )
    following = rows.filter(id__gt=after) if after else rows
    return [
        AccessSeen(
            *(account, household, person),
            *(AccountState(state), ClosedFor(why) if why else None, by),
            announced,
        )
        for account, household, person, state, why, by, announced in following.values_list(*names)[
            :size
        ]
    ]


def access_ends_on(*, account: UUID) -> date | None:
    """The last day of access that is announced to an account that somebody may still enter."""
    row = Account.objects.filter(
        id=account, state__in=[AccountState.OPENING, AccountState.ACTIVE]
    ).values_list("access_ends_on", flat=True)
    return row.first()


def acceptances(*, account: UUID) -> list[AcceptanceSeen]:
    """The versions of the terms that an account accepted, the last first. One statement."""
    rows = TermsAcceptance.objects.filter(account_id=account).order_by("-accepted_at", "id")
    names = ("id", "version", "language", "text_sha256", "accepted_at")
    return [AcceptanceSeen(*row) for row in rows.values_list(*names)]


def life_seen(row: Account) -> LifeSeen:
    """For this app alone: a row as others see it."""
    return LifeSeen(
        id=row.id,
        household=row.household_id,
        membership=row.membership_id,
        state=AccountState(row.state),
        why=ClosedFor(row.closed_for) if row.closed_for else None,
        since=row.closed_at or row.password_chosen_at or row.opened_at,
        by=row.closed_by,
        opened_at=row.opened_at,
        signed_in_at=row.signed_in_at,
        access_ends_on=row.access_ends_on,
    )
