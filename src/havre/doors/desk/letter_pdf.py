"""A letter as a file: what a mail would say, under the address of whoever it goes to."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.notifications.actions import Written
from havre.commons.notifications.words import Link, Shown
from havre.domains.people.queries import DetailsSeen
from havre.doors.ui import formats
from havre.foundation.addresses import PostalAddress, written
from havre.foundation.pdf import UnprintableText, typeset
from havre.foundation.refusals import Refusal

TEMPLATE: Final = Path(__file__).with_name("letter.typ")


class NoPostalAddress(Refusal):
    """No postal address is on file, or a character of it cannot be printed: the member is called."""


def printed(letter: Written, to: DetailsSeen, *, now: datetime) -> HttpResponse:
    """The letter, to save or to print: kept nowhere, by no browser either. Refuses ``NoPostalAddress``."""
    response = HttpResponse(letter_pdf(letter, to, now=now), content_type="application/pdf")
    with translation.override(letter.language):
        name = _("letter-%(day)s.pdf") % {"day": now.date().isoformat()}
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def letter_pdf(letter: Written, to: DetailsSeen, *, now: datetime) -> bytes:
    """A PDF/A-2a and PDF/UA-1 file in the language of the letter. Refuses ``NoPostalAddress``."""
    if to.address is None:
        raise NoPostalAddress
    with translation.override(letter.language):
        data = _page(letter, to.person.full_name, to.address, now=now)
    try:
        return typeset(
            TEMPLATE,
            data=data,
            language=letter.language,
            title=str(data["title"]),
            author=str(data["house"]),
            created=now,
        )
    except UnprintableText as refusal:
        raise NoPostalAddress from refusal


def _page(letter: Written, name: str, address: PostalAddress, *, now: datetime) -> dict[str, Any]:
    house = settings.HAVRE
    hours = house.OPERATOR_HOURS_FR if letter.language == "fr" else house.OPERATOR_HOURS_EN
    return {
        "house": house.OPERATOR_LEGAL_NAME or house.OPERATOR_NAME,
        "from": house.OPERATOR_ADDRESS.splitlines(),
        "contacts": [one for one in (house.OPERATOR_PHONE, house.OPERATOR_EMAIL) if one],
        "to": [name, *written(address), formats.country(address.country)],
        "dated": formats.day(now.date()),
        "title": letter.text.subject,
        "blocks": [_block(one) for one in letter.text.blocks],
        "signed": [one for one in (house.OPERATOR_NAME, house.OPERATOR_PHONE, hours) if one],
    }


def _block(block: str | Shown | Link) -> tuple[str, str, str]:
    match block:
        case Shown(label, value):
            return "value", label, value
        case Link(label, address):
            return "link", label, address
        case str():
            return "text", "", block
