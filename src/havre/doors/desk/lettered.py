"""A letter that waits: printed, as often as it takes, until somebody says that it is posted."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from havre.commons.notifications import actions as mails
from havre.commons.worklist.queries import ItemSeen
from havre.domains.people import queries as people
from havre.doors.desk.letter_pdf import printed
from havre.doors.desk.member_words import mail_kind
from havre.doors.desk.page import Viewer
from havre.doors.desk.thing_parts import Choice, Given, NotOffered, Thing


def seen(_viewer: Viewer, item: ItemSeen) -> Thing:
    """What it is about, and in which language."""
    return Thing(
        _("No e-mail reaches this member: what a mail would say goes by post."),
        (
            (_("Letter"), mail_kind(item.kind)),
            (_("Language"), dict(settings.LANGUAGES).get(item.language, item.language)),
        ),
        (
            Choice("print", _("Print the letter"), main=True),
            Choice("posted", _("It is posted")),
            Choice("handled-letter", _("The member was reached otherwise")),
        ),
    )


def print_it(viewer: Viewer, item: ItemSeen, _given: Given) -> HttpResponse:
    """The file. Refuses ``NoSuchLetter``, ``LetterOver`` and ``NoPostalAddress``."""
    household = _household(item)
    letter = mails.print_letter(
        household=household, letter=item.source_id, by=viewer.id, now=viewer.now
    )
    whose = people.household_details(household=household)
    to = next(one for one in whose if one.person.membership == letter.membership)
    return printed(letter, to, now=viewer.now)


def posted(viewer: Viewer, item: ItemSeen, _given: Given) -> None:
    """It is on its way. Refuses ``NoSuchLetter``."""
    mails.letter_posted(household=_household(item), letter=item.source_id, now=viewer.now)


def handled(_viewer: Viewer, item: ItemSeen, _given: Given) -> None:
    """Its member was reached otherwise. Refuses ``NoSuchLetter``."""
    mails.give_letter_up(household=_household(item), letter=item.source_id)


def _household(item: ItemSeen) -> UUID:
    if item.household is None:
        raise NotOffered(str(item.id))
    return item.household
