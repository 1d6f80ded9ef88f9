"""A feed that was refused or came with remarks: its report, and closing it."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.commons.audit import queries as audit
from havre.commons.audit.words import LoadingOutcome
from havre.commons.worklist.queries import ItemSeen
from havre.doors.desk.page import Viewer
from havre.doors.desk.thing_parts import Choice, Given, Thing
from havre.doors.ui import formats
from havre.journeys.loading import waiting

_LONGEST_REASON = 500


def seen(_viewer: Viewer, item: ItemSeen) -> Thing:
    """Which files, when, and line by line what is wrong. Needs the desk's role."""
    found = audit.loading_of(loading=item.source_id)
    if found is None:
        return Thing(_("Its report is gone."), (), (Choice("seen", _("Seen"), main=True),))
    refused = found.outcome is LoadingOutcome.REFUSED
    more = found.remarks - len(found.told)
    told = (*found.told, _("and %(num)d more") % {"num": more}) if more > 0 else found.told
    return Thing(
        _("This feed was refused whole: nothing of it is in. Have it mended, then load it again.")
        if refused
        else _(
            "This feed is in, and some of what it says is odd. Have it looked at where it comes from."
        ),
        (
            (_("Files"), ", ".join(found.files)),
            (_("Command"), found.command),
            (_("When"), formats.moment(found.at, settings.HAVRE.OPERATOR_TIME_ZONE)),
            (_("How much"), _how_much(found.remarks, refused=refused)),
            (_("Goes away"), _("when the same files load well, or when you close it")),
        ),
        (Choice("close", _("Close it"), main=True, reason=True),),
        told=told,
    )


def close(viewer: Viewer, item: ItemSeen, given: Given) -> None:
    """Nothing more is to be done, and why. Needs the desk's role."""
    reason = given.reason[:_LONGEST_REASON]
    waiting.close(loading=item.source_id, reason=reason, by=viewer.id, now=viewer.now)


def _how_much(remarks: int, *, refused: bool) -> str:
    words = (
        ngettext("one problem", "%(num)d problems", remarks)
        if refused
        else ngettext("one remark", "%(num)d remarks", remarks)
    )
    return words % {"num": remarks}
