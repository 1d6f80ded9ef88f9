"""Whom to ask: the management centre and the advisers, and whether they answer now (W38)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import translation
from django.views.decorators.http import require_safe

from havre.commons.content import queries as content
from havre.commons.content.words.contacts import Contact
from havre.doors.portal import opening, page
from havre.doors.portal.holdings import held_by
from havre.doors.portal.opening import OpenNow
from havre.doors.portal.page import Made, Page, Viewer, open_page
from havre.doors.ui import formats


@dataclass(frozen=True)
class Shown:
    """A contact, in the reader's language."""

    id: str
    name: str
    about: str
    phone: str
    dial: str
    email: str
    post: list[str]
    week: list[str]
    zone: str
    now: OpenNow | None


@require_safe
@open_page
def contact(request: HttpRequest, viewer: Viewer | None) -> Made:
    """Signed in, whoever serves a contract of the reader's; otherwise everybody."""
    moment = viewer.now if viewer else page.now()
    published = content.in_force(content.CONTACTS, today=page.today(moment))
    found = published.document.contacts if published else ()
    if viewer:
        holdings = [held.holding for held in held_by(viewer)]
        found = tuple(one for one in found if one.audience.concerns(holdings))
    return contact_page(
        found, moment=moment, zone=opening.zone_of(request, viewer), mine=viewer is not None
    )


def contact_page(contacts: Iterable[Contact], *, moment: datetime, zone: str, mine: bool) -> Page:
    """The page of these contacts as it is at a moment, for a reader in ``zone``."""
    language = translation.get_language() or "fr"

    def shown(one: Contact) -> Shown:
        hours = one.hours
        return Shown(
            id=one.id,
            name=one.name.said_in(language),
            about=one.about.said_in(language),
            phone=one.phone,
            dial="".join(sign for sign in one.phone if sign.isdigit() or sign == "+"),
            email=one.email,
            post=one.post.splitlines(),
            week=opening.week(hours) if hours else [],
            zone=formats.zone_time(hours.zone) if hours else "",
            now=opening.open_now(hours, at=moment, reader_zone=zone) if hours else None,
        )

    values = {
        "contacts": [
            shown(one) for one in sorted(contacts, key=lambda one: one.role != "management")
        ],
        "mine": mine,
    }
    return Page("portal/contact.jinja", values, rubric="contact")
