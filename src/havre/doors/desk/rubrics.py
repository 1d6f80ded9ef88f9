"""The entries of the desk's band, in their order. A new one is one line here."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from havre.commons.staff.queries import StaffSeen
from havre.commons.staff.words import Permission
from havre.doors.ui.addresses import url
from havre.doors.ui.shell import NavItem

SEARCH = "members"
"""The name of the page that finds members."""


@dataclass(frozen=True)
class Rubric:
    """``name`` is its address, ``label`` a msgid, ``permission`` what one needs to see it."""

    name: str
    label: str
    permission: Permission | None = None


RUBRICS = (
    Rubric("queue", gettext_noop("Queue"), Permission.REQUESTS_READ),
    Rubric("home", gettext_noop("Desk")),
    Rubric("messages", gettext_noop("Messages"), Permission.MESSAGES_ANSWER),
    Rubric("members", gettext_noop("Members"), Permission.MEMBERS_FIND),
    Rubric("openings", gettext_noop("Openings"), Permission.AUDIT_READ),
    Rubric("figures", gettext_noop("Figures"), Permission.FIGURES_READ),
    Rubric("content", gettext_noop("Content"), Permission.CONTENT_EDIT),
    Rubric("staff", gettext_noop("Staff"), Permission.STAFF_MANAGE),
)


def band(current: str, staff: StaffSeen) -> tuple[NavItem, ...]:
    """The entries that this person may open."""
    return tuple(
        NavItem(_(one.label), url(f"desk:{one.name}"), "", current=one.name == current)
        for one in RUBRICS
        if one.permission is None or staff.may(one.permission)
    )
