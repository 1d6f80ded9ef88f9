"""Setting how a member is reached, by the desk."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from havre.domains.people.models import Membership
from havre.domains.people.queries import locate
from havre.domains.people.words import Origin
from havre.foundation.db import Actor, Channel, acting
from havre.foundation.refusals import Refusal


class UnknownNumber(Refusal):
    """Nobody has this adherent number."""


class WrongAddress(Refusal):
    """This is no e-mail address."""


def set_contact(*, adherent_number: str, email: str, by: str, now: datetime) -> bool:
    """Set the e-mail address of the member with this number, confirmed by the desk; is it new?

    ``by`` is who decides, for the history. Needs the worker's user of the database. Refuses
    ``UnknownNumber`` and ``WrongAddress``, whose texts repeat neither.
    """
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise WrongAddress("This is not an e-mail address.") from None
    actor = Actor(name=by, channel=Channel.COMMAND, purpose="set a contact")
    with acting(actor=actor):
        located = locate(adherent_number=adherent_number)
    if located is None:
        raise UnknownNumber("Nobody has this adherent number.")
    with acting(actor=actor, household=located.household):
        row = Membership.objects.select_for_update().get(id=located.membership)
        known = row.email == email and row.origin.get("email", {}).get("confirmed")
        if not known:
            mark = {"by": Origin.DESK, "source": by, "at": now.isoformat(), "confirmed": True}
            row.email = email
            row.origin = {**row.origin, "email": mark}
            row.save(update_fields=["email", "origin"])
        return not known
