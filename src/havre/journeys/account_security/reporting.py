"""Looking at the accounts whose owner said "it was not me"."""

from dataclasses import dataclass

from havre.commons.accounts import queries as accounts_seen
from havre.commons.accounts.queries import ReportSeen
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.foundation.db import Actor, acting
from havre.foundation.refusals import Refusal


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
