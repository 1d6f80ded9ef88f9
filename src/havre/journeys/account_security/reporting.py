"""Looking at the accounts whose owner said "it was not me", and opening them again."""

from dataclasses import dataclass
from datetime import datetime

from havre.commons.accounts import actions as accounts
from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.queries import ReportSeen
from havre.commons.accounts.words import Proof
from havre.domains.people import actions as people_actions
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.refusals import Refusal
from havre.journeys.account_security import mails


class UnknownNumber(Refusal):
    """No account is signed in to by this number."""


@dataclass(frozen=True)
class ReportLine:
    """A report with the person whose account it is, as the one who looks needs to see it."""

    report: ReportSeen
    person: PersonSeen


def waiting(*, actor: Actor) -> list[ReportLine]:
    """Reports that wait for someone to look, the oldest first."""
    with acting(actor=actor):
        found = accounts_seen.reports_waiting()
    lines = []
    for report in found:
        with acting(actor=actor, household=report.household):
            person = people.person_of(household=report.household, membership=report.membership)
        if person:
            lines.append(ReportLine(report, person))
    return lines


def restore(*, number: str, proof: Proof, email: str, by: str, now: datetime) -> None:
    """Open a suspended account again and tell its owner, at ``email``, how to get a new password.

    ``email`` is what the owner says: the address on file may be that of whoever got in. Refuses with
    :class:`UnknownNumber`, ``NotSuspended`` or ``WrongAddress``.
    """
    actor = Actor(name=by, channel=Channel.COMMAND, purpose="restore a suspended account")
    with acting(actor=actor):
        located = people.locate(adherent_number=number)
    if located is None:
        raise UnknownNumber
    with acting(actor=actor, household=located.household):
        account = accounts_seen.account_of_membership(membership=located.membership)
        if account is None:
            raise UnknownNumber
        people_actions.set_contact(adherent_number=number, email=email, by=by, now=now)
        accounts.restore(account=account, proof=proof, by=by, now=now)
        person = people.person_of(household=located.household, membership=located.membership)
        if person and person.email:
            mails.restored(located, person, email=person.email, now=now)
