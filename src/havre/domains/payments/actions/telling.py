"""Telling every address that was on file lately where refunds will go, with a way to stop it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from havre.commons.notifications.actions import (
    Mail,
    put_in_outbox,
    put_letters,
    put_many_in_outbox,
)
from havre.domains.payments.models import BankAccount
from havre.domains.payments.rules.standing import STOP_LINK_LIFE
from havre.domains.people.queries import Warned, to_warn

ACCOUNT_CHANGED = "payments.account_changed"
ACCOUNT_STOPPED = "payments.account_stopped"
# As long as the addresses that were replaced are kept: three months.
LATELY = timedelta(days=92)
_PRINTED_WITHIN = timedelta(days=30)
"""A letter still tells once the link is over: whom to call."""


def tell(row: BankAccount, *, kind: str, now: datetime) -> None:
    """Tell of this account at once: by mail, by a letter to whoever has no address. Needs a transaction."""
    mails, letters = _notices([row], kind=kind, now=now)
    for mail in mails:
        put_in_outbox(mail, now=now)
    put_letters(letters, now=now)


def tell_many(rows: Iterable[BankAccount], *, kind: str, now: datetime) -> None:
    """The same of many, with the same statements however many they are; mails leave with the sweep."""
    mails, letters = _notices(rows, kind=kind, now=now)
    put_many_in_outbox(mails, now=now)
    put_letters(letters, now=now)


def _notices(
    rows: Iterable[BankAccount], *, kind: str, now: datetime
) -> tuple[list[Mail], list[Mail]]:
    """Mails, to the address of today and to each replaced lately, and letters to those without any.

    They name the last four characters, never the number. Two statements.
    """
    told = list(rows)
    warned = to_warn(people={row.person_id for row in told}, since=now - LATELY) if told else {}
    mails: list[Mail] = []
    letters: list[Mail] = []
    for row in told:
        if (person := warned.get(row.person_id)) is None:
            continue
        for number, email in enumerate(person.emails):
            mails.append(
                _notice(row, person, email, f"{row.id} {number}", kind, now, STOP_LINK_LIFE)
            )
        if not person.emails:
            letters.append(_notice(row, person, "", str(row.id), kind, now, _PRINTED_WITHIN))
    return mails, letters


def _notice(  # what a notice is made of
    row: BankAccount,
    person: Warned,
    email: str,
    key: str,
    kind: str,
    now: datetime,
    life: timedelta,
) -> Mail:
    usable, until = row.usable_from or now, row.stop_until or now
    return Mail(
        kind=kind,
        subject_key=key,
        language=person.language,
        address=email,
        household=row.household_id,
        membership=person.membership,
        not_before=now,
        expires_at=now + life,
        about={
            "account": str(row.id),
            "usable_from": usable.isoformat(),
            "stop_until": until.isoformat(),
        },
        facts={
            "first_name": person.first_name,
            "ending": row.number_shown[-4:],
            "bank": row.bank_name or "",
            "currency": row.currency,
        },
    )
