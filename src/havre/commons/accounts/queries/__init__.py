"""Everything that reads who signs in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from havre.commons.accounts.access import FACTORS
from havre.commons.accounts.models import (
    Account,
    ChangeNotice,
    KnownDevice,
    OpeningReview,
    ProvisionalSecret,
    SecurityReport,
    Session,
    typed_email_place,
)
from havre.commons.accounts.rules.provisional import Issue, opens
from havre.commons.accounts.rules.standing import may_enter, standing_of
from havre.commons.accounts.rules.steps import next_step
from havre.commons.accounts.words import (
    AccountState,
    ClosedFor,
    ReportState,
    ReviewReason,
    ReviewState,
    SecurityChange,
    Step,
    Strength,
)
from havre.foundation.crypto import link_digest, provisional_key, vault
from havre.foundation.signing_in import factors
from havre.foundation.signing_in.addresses import address_index, address_key
from havre.foundation.signing_in.passkeys import Challenge, Site
from havre.foundation.signing_in.passwords import strength_of
from havre.foundation.signing_in.words import AppBegun, FactorsSeen

LISTED = 50
SHARED_ADDRESS = 20
"""Accounts of one address that are looked at; nobody has so many."""


@dataclass(frozen=True)
class SignInSeen:
    at: datetime
    zone: str | None


@dataclass(frozen=True)
class SessionSeen:
    """A session that goes on: where and since when; ``browser`` and ``system`` as far as it says."""

    handle: UUID
    browser: str | None
    system: str | None
    began_at: datetime | None
    used_at: datetime | None
    zone: str | None


@dataclass(frozen=True)
class DeviceSeen:
    """A browser that its owner signed in from."""

    id: UUID
    browser: str | None
    system: str | None
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True)
class AccountSeen:
    """An account as the doors see it."""

    id: UUID
    household: UUID
    membership: UUID
    person: UUID
    language: str
    step: Step
    previous_sign_in: SignInSeen | None
    factors_answered: bool
    """Whether the offer of a second factor was answered, by adding one or by declining."""
    access_ends_on: date | None = None
    """The last day of access, from the day on which it is announced."""
    email_refused: bool = False
    """Whether the address that was confirmed refuses our mails."""


@dataclass(frozen=True)
class ReviewSeen:
    """A request to open an account that waits for a decision or for its effect."""

    id: UUID
    household: UUID
    membership: UUID
    person: UUID
    reason: ReviewReason
    typed_email: str
    received_at: datetime
    state: ReviewState
    effective_at: datetime | None


@dataclass(frozen=True)
class NoticeSeen:
    """A change that was told by mail; ``live`` while its link still acts."""

    id: UUID
    change: SecurityChange
    told_at: datetime
    live: bool


@dataclass(frozen=True)
class ReportSeen:
    """An "it was not me" that waits for someone to look."""

    id: UUID
    account: UUID
    household: UUID
    membership: UUID
    denied: SecurityChange | None
    reported_at: datetime


def seen(account: Account, *, terms_version: str | None) -> AccountSeen:
    """What the session's account is and the step it stands at. No statement: it is all loaded.

    Without a version of the terms in force nothing can be accepted, and that step is passed over.
    """
    accepted = terms_version is None or terms_version in getattr(account, "accepted_versions", ())
    previous = account.previous_sign_in_at
    return AccountSeen(
        id=account.id,
        household=account.household_id,
        membership=account.membership_id,
        person=account.person_id,
        language=account.language,
        step=next_step(
            password_chosen=account.password_chosen_at is not None,
            email_confirmed=account.email_confirmed_at is not None,
            terms_accepted=accepted,
        ),
        previous_sign_in=(
            SignInSeen(previous, account.previous_sign_in_zone) if previous else None
        ),
        factors_answered=account.factors_answered_at is not None,
        access_ends_on=account.access_ends_on,
        email_refused=getattr(account, "email_refused", False),
    )


def place_of(*, account: UUID) -> tuple[UUID, UUID]:
    """The household and membership of an account that is not signed in yet."""
    return Account.objects.values_list("household_id", "membership_id").get(id=account)


def with_account(*, memberships: Iterable[UUID]) -> set[UUID]:
    """Those of these memberships that have an account, in whatever state. The batch role may ask."""
    rows = Account.objects.filter(membership_id__in=list(memberships))
    return set(rows.values_list("membership_id", flat=True))


def account_state(*, membership: UUID) -> AccountState | None:
    """The state of a membership's account, or none where there is no account."""
    row = Account.objects.filter(membership_id=membership).values_list("state", flat=True).first()
    return AccountState(row) if row else None


def still_opens(*, secret: UUID, now: datetime) -> bool:
    """Whether this issue of a provisional password still opens the page where one's own is chosen."""
    row = ProvisionalSecret.objects.filter(id=secret).first()
    return row is not None and opens(Issue(row.issued_at, row.expires_at, row.used_at), now=now)


def came_by_post(*, account: UUID) -> bool:
    """Whether the last provisional password that opened this account was one of a letter."""
    used = ProvisionalSecret.objects.filter(account_id=account, used_at__isnull=False)
    return used.order_by("-used_at", "-issued_at").values_list("by_post", flat=True).first() is True


def notice_by(*, token: str) -> UUID | None:
    """The change that a mail's link tells of, if the link is one of ours."""
    digest = link_digest(provisional_key(), token)
    return ChangeNotice.objects.filter(digest=digest).values_list("id", flat=True).first()


def notice_leaves(*, notice: UUID) -> bool:
    """Whether the mail that tells of a change may still leave: not to the dead, nor of what was deleted."""
    row = ChangeNotice.objects.filter(id=notice).values_list(
        "account__state", "account__closed_for"
    )
    (found,) = row or (None,)
    if found is None:
        return False
    state, why = found
    return standing_of(AccountState(state), ClosedFor(why) if why else None).written_to


def notice_seen(*, notice: UUID, now: datetime) -> NoticeSeen | None:
    """What the page behind a mail's link shows."""
    row = ChangeNotice.objects.filter(id=notice).first()
    if row is None:
        return None
    live = row.used_at is None and now < row.expires_at
    return NoticeSeen(row.id, SecurityChange(row.change), row.told_at, live)


def reports_waiting() -> list[ReportSeen]:
    """Accounts whose owner said "it was not me", the oldest first."""
    rows = SecurityReport.objects.filter(state=ReportState.WAITING).select_related("account")
    return [_report_seen(row) for row in rows.order_by("reported_at")]


def report_of(*, report: UUID) -> ReportSeen | None:
    """One that waits, none where somebody looked. One statement."""
    rows = SecurityReport.objects.filter(id=report, state=ReportState.WAITING)
    columns = ("id", "account_id", "account__household_id", "account__membership_id")
    row = rows.values_list(*columns, "change", "reported_at").first()
    if row is None:
        return None
    report_id, account, household, membership, change, reported_at = row
    denied = SecurityChange(change) if change else None
    return ReportSeen(report_id, account, household, membership, denied, reported_at)


def _report_seen(row: SecurityReport) -> ReportSeen:
    return ReportSeen(
        id=row.id,
        account=row.account_id,
        household=row.account.household_id,
        membership=row.account.membership_id,
        denied=SecurityChange(row.change) if row.change else None,
        reported_at=row.reported_at,
    )


def last_zone(*, membership: UUID) -> str | None:
    """The time zone a member last signed in from, where one is known. One statement."""
    rows = Account.objects.filter(membership_id=membership)
    return rows.values_list("signed_in_zone", flat=True).first() or None


def account_of_membership(*, membership: UUID) -> UUID | None:
    """The account of a membership, or none where there is none."""
    return Account.objects.filter(membership_id=membership).values_list("id", flat=True).first()


def sessions_of(*, account: UUID, longest: timedelta, now: datetime) -> list[SessionSeen]:
    """The sessions of an account that go on, the last used first, :data:`LISTED` at most."""
    rows = Session.objects.filter(
        account_id=account, handle__isnull=False, expire_date__gt=now, began_at__gt=now - longest
    ).order_by("-used_at", "handle")
    names = ("handle", "browser", "system", "began_at", "used_at", "zone")
    return [SessionSeen(*row) for row in rows.values_list(*names)[:LISTED]]


def devices_of(*, account: UUID) -> list[DeviceSeen]:
    """The browsers that an account is known in, the last seen first, :data:`LISTED` at most."""
    rows = KnownDevice.objects.filter(account_id=account).order_by("-last_seen_at", "id")
    names = ("id", "browser", "system", "first_seen_at", "last_seen_at")
    return [DeviceSeen(*row) for row in rows.values_list(*names)[:LISTED]]


def is_open(*, account: UUID) -> bool:
    """Whether anybody may enter by this account."""
    state = Account.objects.values_list("state", flat=True).get(id=account)
    return may_enter(AccountState(state))


def places_by_email(*, email: str) -> list[tuple[UUID, UUID]]:
    """Households and memberships of the accounts that confirmed this address: a couple may share one."""
    index = address_index(email)
    rows = Account.objects.filter(confirmed_email=index).order_by("opened_at")
    return list(rows.values_list("household_id", "membership_id")[:SHARED_ADDRESS])


def same_address(one: str, other: str) -> bool:
    """Whether two e-mail addresses are one, case aside."""
    return address_key(one) == address_key(other)


def reviews(*, states: tuple[ReviewState, ...]) -> list[ReviewSeen]:
    """Requests in these states, the oldest first."""
    rows = OpeningReview.objects.filter(state__in=states).order_by("received_at")
    return [_review_seen(row) for row in rows]


def review_of(*, review: UUID) -> ReviewSeen | None:
    """A request in any state: it alone is opened."""
    row = OpeningReview.objects.filter(id=review).first()
    return _review_seen(row) if row else None


def _review_seen(row: OpeningReview) -> ReviewSeen:
    return ReviewSeen(
        id=row.id,
        household=row.household_id,
        membership=row.membership_id,
        person=row.person_id,
        reason=ReviewReason(row.reason),
        typed_email=vault().open(bytes(row.typed_email), place=typed_email_place(row.id)),
        received_at=row.received_at,
        state=ReviewState(row.state),
        effective_at=row.effective_at,
    )


def reviews_due(*, now: datetime) -> list[UUID]:
    """Approved requests whose delay is over."""
    return list(
        OpeningReview.objects.filter(state=ReviewState.APPROVED, effective_at__lte=now).values_list(
            "id", flat=True
        )
    )


def password_strength(password: str, *, about: Sequence[str]) -> Strength:
    """How strong a password is, in four words (an estimate, not a promise)."""
    return strength_of(password, about=about)


def factors_of(*, account: UUID) -> FactorsSeen:
    """Passkeys, the oldest first, then the app. Three statements."""
    return factors.factors_of(FACTORS, owner=account)


def app_begun(*, account: UUID, number: str, house: str) -> AppBegun | None:
    """The app that is being set up, under the name it will show; none where none is."""
    return factors.app_begun(FACTORS, owner=account, shown=number, house=house)


def new_passkey_challenge(*, site: Site, account: UUID, number: str, name: str) -> Challenge:
    """Ask a device for a new passkey, unless it holds one of this account already."""
    return factors.new_passkey_challenge(FACTORS, site=site, owner=account, shown=number, name=name)


def passkey_challenge(*, site: Site, account: UUID | None) -> Challenge:
    """Ask for a passkey of ``account``, or for anybody's where none is named."""
    return factors.passkey_challenge(FACTORS, site=site, owner=account)
