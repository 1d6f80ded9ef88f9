"""The demo's exchange rates, and a bank account that is changing; the others come with the people."""

from datetime import date, datetime, timedelta

from django.conf import settings

from havre.domains.payments import actions as payments
from havre.domains.payments import queries as payments_seen
from havre.domains.payments.actions import PublishedRate
from havre.domains.payments.words import CameBy
from havre.domains.people import queries as people
from havre.foundation.db import Actor, Channel, Role, acting
from havre.project.demo.care import PUBLISHED_BY_ECB, per_euro

_DEMO = Actor(name="demo", channel=Channel.COMMAND, purpose="change a bank account")
_NEW_IBAN, _WITHOUT_EMAIL = "FR7699999999990000412345601", "FR7699999999990043376815464"
_RATES_SINCE = timedelta(days=3 * 366)


def load_rates(*, today: date) -> None:
    """Three years of rates, those by which the demo's statements convert. As the worker."""
    days = (today - _RATES_SINCE + timedelta(days=n) for n in range(_RATES_SINCE.days + 1))
    rates = [
        PublishedRate(currency, day, per_euro(currency, day))
        for day in days
        if day.weekday() < 5
        for currency in sorted(PUBLISHED_BY_ECB)
    ]
    with acting(actor=_DEMO, role=Role.BATCH):
        payments.load_rates(rates)


def change_accounts(member: str, by_post: str, *, now: datetime) -> None:
    """Two agents have just verified two new accounts: refunds go there in three days. Who has no e-mail
    address is told by a letter, which waits to be printed. As the worker."""
    _change(member, _NEW_IBAN, now=now)
    _change(by_post, _WITHOUT_EMAIL, now=now)


def _change(adherent_number: str, iban: str, *, now: datetime) -> None:
    with acting(actor=_DEMO):
        located = people.locate(adherent_number=adherent_number)
    if located is None:
        raise LookupError("the demo's member was not loaded")
    with acting(actor=_DEMO, role=Role.DESK, household=located.household):
        person = people.person_of(household=located.household, membership=located.membership)
        if person is None:
            raise LookupError("the demo's member is there")
        known = payments_seen.usable_on(
            household=located.household, person=person.id, currency="EUR", at=now
        )
        account = payments.propose(
            household=located.household,
            person=person.id,
            number=payments.account_number(iban),
            currency="EUR",
            account_name=person.full_name,
            came_by=CameBy.ONLINE,
            now=now,
        )
        payments.validate(
            household=located.household,
            account=account,
            verified_by="demo agent 1",
            second_by="demo agent 2",
            instead_of=known.id if known else None,
            wait=timedelta(hours=settings.HAVRE.BANK_CHANGE_HOURS),
            now=now,
        )
