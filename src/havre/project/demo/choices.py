"""What the demo's member chose and corrected alone, so that the pages show more than a feed."""

from datetime import date, datetime, timedelta
from uuid import UUID

from havre.commons.accounts import queries as accounts
from havre.commons.content import queries as texts
from havre.commons.content.words import Slug
from havre.commons.privacy import actions as privacy
from havre.commons.privacy.words import ContactChannel, Via, Wording
from havre.domains.people import actions as people
from havre.domains.people import queries as people_seen
from havre.domains.people.words import Contact
from havre.foundation.db import Actor, Channel, Role, acting

_DEMO = Actor(name="demo", channel=Channel.ONLINE, purpose="choose and correct")
_PHONE = "+33639985312"  # of the numbers that are kept for fiction
_AGO = timedelta(days=41)


def choose_and_correct(account: UUID, *, today: date, now: datetime) -> None:
    """Correct the phone, agree to hear of events by mail. As the web server."""
    with acting(actor=_DEMO):
        place = accounts.place_of(account=account)
        text = texts.text_in_force(slug=Slug.COMMERCIAL_CONSENT, language="fr", today=today)
    if place is None or text is None:
        raise LookupError("the demo's member has an account, and its texts are published")
    household, membership = place
    with acting(actor=_DEMO, role=Role.MEMBER, household=household):
        details = people_seen.household_details(household=household)
        mine = next(one for one in details if one.person.membership == membership)
        origin = mine.origins.get(Contact.PHONE)
        people.change_contact(
            household=household,
            membership=membership,
            what=Contact.PHONE,
            value=_PHONE,
            shown=origin.at if origin else None,
            now=now - _AGO,
        )
        privacy.choose(
            household=household,
            person=mine.person.id,
            ticked={("EVENTS", ContactChannel.EMAIL)},
            shown=None,
            wording=Wording(text.version, text.language, text.sha256),
            via=Via.ONLINE,
            now=now - _AGO,
        )
