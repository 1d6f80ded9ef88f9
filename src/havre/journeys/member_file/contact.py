"""Correcting how a member is reached, as they asked somebody of the desk."""

from datetime import datetime

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.queries import life
from havre.domains.people import actions as people_actions
from havre.domains.people.words import Contact, Origin
from havre.foundation.addresses import PostalAddress
from havre.foundation.db import Channel
from havre.journeys.member_file import mails
from havre.journeys.member_file.account import ORIGINS, At, person


def correct(
    at: At,
    *,
    what: Contact,
    value: str | PostalAddress | None,
    shown: datetime | None,
    channel: Channel,
    by: str,
    now: datetime,
) -> bool:
    """Set one way to reach a member; is it new? Then the member is told by mail, of what and not to what.

    Needs the guard of the household, as the desk. Refuses ``ChangedMeanwhile`` as ``people.change_contact``
    does. An e-mail address is not corrected so: that takes two persons (``account.propose_email``).
    """
    changed = people_actions.change_contact(
        household=at.household,
        membership=at.membership,
        what=what,
        value=value,
        shown=shown,
        now=now,
        by=ORIGINS.get(channel, Origin.DESK),
        source=by,
    )
    if not changed:
        return False
    seen = life.life_of(membership=at.membership)
    if what is Contact.LANGUAGE and seen is not None and isinstance(value, str):
        accounts.follow_language(account=seen.id, language=value)
    key = f"{at.membership} {what} {now.isoformat()}"
    mails.contact_changed(at.household, person(at), what=what, key=key, now=now)
    return True
