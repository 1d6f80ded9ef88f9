"""Telling every address that was on file lately where refunds will go, with a way to stop it."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from havre.commons.notifications.actions import Mail
from havre.domains.payments.models import BankAccount
from havre.domains.payments.rules.standing import STOP_LINK_LIFE
from havre.domains.people.queries import Warned, to_warn

ACCOUNT_CHANGED = "payments.account_changed"
ACCOUNT_STOPPED = "payments.account_stopped"
# As long as the addresses that were replaced are kept: three months.
LATELY = timedelta(days=92)


def notices(rows: Iterable[BankAccount], *, kind: str, now: datetime) -> Iterator[Mail]:
    """The mails that tell of these accounts: to the address of today and to each replaced lately.

    They name the last four characters, never the number. Two statements, however many they are.
    """
    told = list(rows)
    warned = to_warn(people={row.person_id for row in told}, since=now - LATELY) if told else {}
    for row in told:
        if row.person_id in warned:
            yield from _mails(row, warned[row.person_id], kind=kind, now=now)


def _mails(row: BankAccount, person: Warned, *, kind: str, now: datetime) -> Iterator[Mail]:
    usable, until = row.usable_from or now, row.stop_until or now
    for number, email in enumerate(person.emails):
        yield Mail(
            kind=kind,
            subject_key=f"{row.id} {number}",
            language=person.language,
            address=email,
            household=row.household_id,
            membership=person.membership,
            not_before=now,
            expires_at=now + STOP_LINK_LIFE,
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
