"""Asking for an account as a page does, matching it as the worker does, reading the mails that leave."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.actions import TypedIdentity
from havre.commons.accounts.models import OpeningRequest
from havre.commons.notifications import actions as notifications
from havre.commons.notifications.models import OutgoingMail
from havre.domains.people.models import Membership
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.db.roles import Role
from havre.journeys.account_opening.matching import Outcome, match
from tests.builders import NOW, a_member
from tests.database import acting_as

EMAIL = "n.legoff@example.org"
NUMBER = "HV 204 817 3"
WORKER = Actor(name="tests", channel=Channel.JOB, purpose="read what was done")


def the_member(*, person: dict[str, Any] | None = None, **changes: Any) -> Membership:
    """Hélène Le Goff-Moreau, born on 5 March 1980, with an address on file."""
    who = {"family_name": "Le Goff-Moreau", "first_name": "Hélène", "birth_date": date(1980, 3, 5)}
    _, membership = a_member(
        person=who | (person or {}), **({"adherent_number": NUMBER, "email": EMAIL} | changes)
    )
    return membership


def ask(*, after: timedelta = timedelta(), **typed: Any) -> UUID:
    """Send the form; gives the request that waits for the worker."""
    fields = {
        "family_name": "Le Goff-Moreau",
        "first_name": "Hélène",
        "birth_date": date(1980, 3, 5),
        "email": EMAIL,
        "adherent_number": NUMBER,
    }
    before = set(_requests())
    accounts.receive_request(
        typed=TypedIdentity(**(fields | typed)),
        address=f"2001:db8:{len(before):x}::1",
        language="fr",
        now=NOW + after,
    )
    (made,) = set(_requests()) - before
    return made


def matched(request: UUID, *, after: timedelta = timedelta()) -> Outcome:
    with acting_as(Role.WORKER):
        return match(request_id=request, now=NOW + after)


def asked(*, after: timedelta = timedelta(), **typed: Any) -> Outcome:
    """Send the form and match it."""
    return matched(ask(after=after, **typed), after=after)


def outbox() -> list[OutgoingMail]:
    """Every mail ever put there, in the order in which they were."""
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return list(OutgoingMail.objects.order_by("created_at", "not_before", "id"))


def kinds() -> list[str]:
    return [row.kind.removeprefix("accounts.") for row in outbox()]


def sent(*, now: datetime) -> list[EmailMultiAlternatives]:
    """Send what may leave by now, and give what left."""
    mail.outbox.clear()
    rows = outbox()
    with acting_as(Role.WORKER):
        for row in rows:
            notifications.send(mail_id=row.id, now=now)
    return [message for message in mail.outbox if isinstance(message, EmailMultiAlternatives)]


def words(message: EmailMultiAlternatives) -> str:
    """Everything that its reader and servers on its way see."""
    html = [str(part.content) for part in message.alternatives]
    return "\n".join([message.message().as_string(), message.subject, str(message.body), *html])


def _requests() -> Iterable[UUID]:
    with acting_as(Role.WORKER), acting(actor=WORKER):
        return list(OpeningRequest.objects.values_list("id", flat=True))
