"""How what waits is called at the desk, and where it stands, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from havre.commons.accounts.words import EMAIL_CHANGE
from havre.commons.audit.words import LoadingOutcome
from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Source, Stage
from havre.domains.people.words import DEPARTURE
from havre.doors.desk.queueing import COMPLAINT, View, of_prefix
from havre.doors.ui import formats
from havre.journeys.requests.registry import UnknownKind, kind_of

_SOON = timedelta(days=2)
_TABS = {
    View.TO_DO: gettext_noop("To do"),
    View.AWAITING: gettext_noop("Await the member"),
    View.COMPLAINTS: gettext_noop("Complaints"),
    View.RIGHTS: gettext_noop("Rights of persons"),
    View.SECOND: gettext_noop("Second reading"),
    View.MINE: gettext_noop("Mine"),
    View.SNOOZED: gettext_noop("Snoozed"),
}
_SOURCES = {
    Source.CASE: (gettext_noop("Requests"), gettext_noop("Request")),
    Source.REVIEW: (gettext_noop("Account openings"), gettext_noop("An account to open")),
    Source.REPORT: (gettext_noop("“It was not me”"), gettext_noop("“It was not me”")),
    Source.MESSAGE: (gettext_noop("Messages"), gettext_noop("Message")),
    Source.QUARANTINE: (gettext_noop("Quarantine"), gettext_noop("A file set aside")),
    Source.MAIL: (gettext_noop("Failed mails"), gettext_noop("A mail that did not arrive")),
    Source.DIFFERENCE: (
        gettext_noop("Differences"),
        gettext_noop("A feed contradicts what was confirmed"),
    ),
    Source.IMPORT: (gettext_noop("Imports"), gettext_noop("A refused import")),
    Source.LETTER: (gettext_noop("Letters"), gettext_noop("A letter to print")),
    Source.BANK: (gettext_noop("Bank accounts"), gettext_noop("A change of account was stopped")),
}


@dataclass(frozen=True)
class Said:
    """A state in words: ``kind`` is that of a sign (ok, wait, no or "")."""

    words: str
    kind: str = ""
    icon: str = ""


def tab(view: View | Source) -> str:
    """What a tab is called."""
    return _(_SOURCES[view][0] if isinstance(view, Source) else _TABS[view])


def title(item: ItemSeen) -> str:
    """What waits, by its kind: nothing that a person wrote."""
    if item.source is Source.CASE:
        return kind_title(item.kind)
    if item.kind == EMAIL_CHANGE:
        return _("Another e-mail address")
    if item.kind == DEPARTURE:
        return _("A death to confirm")
    if item.kind == LoadingOutcome.REMARKS:
        return _("An import with remarks")
    return _(_SOURCES[item.source][1])


def kind_title(code: str) -> str:
    """What a kind of request is called, or its code where it is known no more."""
    try:
        return kind_of(code).title()
    except UnknownKind:
        return code


def age(item: ItemSeen, *, now: datetime) -> str:
    """Since when it waits, in days: "8 d"."""
    days = (_here(now).date() - _here(item.opened_at).date()).days
    return _("%(days)d d") % {"days": days}


def standing(item: ItemSeen, *, now: datetime) -> Said:
    """Where it stands, and by when it is due. What is late says so first."""
    if item.stage is Stage.AWAITING:
        return Said(_("Awaits the member"), "", "clock")
    if item.snoozed_until and item.snoozed_until > now:
        return Said(_("Comes back on %(day)s") % {"day": _day(item.snoozed_until)}, "", "clock")
    day = {"day": _day(item.due_at)}
    if item.due_at < now:
        return Said(_("Late since %(day)s") % day, "no", "exclamation-triangle")
    match item.stage:
        case Stage.CONFLICT:
            return Said(_("Could not take effect"), "wait", "exclamation-triangle")
        case Stage.REPLIED:
            return Said(_("Answer received"), "ok", "arrow-repeat")
        case Stage.SECOND:
            return Said(_("Second reading"), "", "people")
    if item.stage is Stage.TO_READ and item.kind in of_prefix(COMPLAINT):
        return Said(_("Acknowledge before %(day)s") % day, "wait", "clock")
    if item.due_at < now + _SOON:
        return Said(_("Answer before %(day)s") % day, "wait", "clock")
    if item.stage is Stage.READ:
        return Said(_("Read, due on %(day)s") % day, "", "eye")
    return Said(_("To read, due on %(day)s") % day, "", "file-text")


def papers(item: ItemSeen) -> str:
    """How many papers came with it, and whether the antivirus has yet to see some; "" for none."""
    if not item.papers:
        return ""
    said = ngettext("%(num)d paper", "%(num)d papers", item.papers) % {"num": item.papers}
    return _("%(papers)s, waiting for the scan") % {"papers": said} if item.scanning else said


def holder(person: UUID | None, *, me: UUID, names: dict[UUID, str]) -> str:
    """Whose it is."""
    if person is None:
        return _("Free")
    return _("You") if person == me else names.get(person, _("Somebody who left"))


def _here(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE))


def _day(moment: datetime) -> str:
    return formats.short_day(_here(moment).date())
