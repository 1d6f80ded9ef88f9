"""The receipt of a request as a file: its number, when it was received, what it says, what comes next."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.cases.queries import CaseSeen
from havre.doors.ui import formats
from havre.doors.ui.request_words import made_for_you
from havre.foundation.pdf import UnprintableText, typeset
from havre.journeys.requests.words import Line

TEMPLATE: Final = Path(__file__).with_name("receipt.typ")
_UNPRINTABLE: Final = "?"


def printed(
    case: CaseSeen,
    *,
    kind: str,
    title: str,
    chapters: Sequence[tuple[str, Sequence[Line]]],
    files: Sequence[tuple[str, str]],
    coming: Sequence[tuple[str, str]],
    to: Sequence[str] = (),
) -> bytes:
    """A PDF/A-2a and PDF/UA-1 file, in the language now active; letters no font of ours draws are "?".

    ``to``: the lines of an address, where it is posted.
    """
    house = settings.HAVRE
    named = [(label, name, ()) for label, name in files]
    told = [
        *(
            (heading, [(one.label, one.value, one.rows) for one in lines])
            for heading, lines in chapters
        ),
        *([(_("Files"), named)] if named else []),
    ]
    data = {
        "title": _("Receipt of your request"),
        "number": case.number,
        "facts": _facts(case, kind if title == kind else f"{kind}: {title}"),
        "to": list(to),
        "chapters": told,
        "next_title": _("What happens next"),
        "next": [f"{what}. {when}".strip() for what, when in coming],
        "insurer": house.OPERATOR_LEGAL_NAME or house.OPERATOR_NAME,
        "contacts": [one for one in (house.OPERATOR_PHONE, house.OPERATOR_EMAIL) if one],
    }
    try:
        return _typeset(data, case)
    except UnprintableText as refusal:
        missing = str.maketrans(dict.fromkeys("".join(refusal.characters), _UNPRINTABLE))
        return _typeset(_each_text(data, missing), case)


def _facts(case: CaseSeen, what: str) -> list[tuple[str, str]]:
    asked = made_for_you(case.channel)
    zone = settings.HAVRE.OPERATOR_TIME_ZONE
    return [
        (_("What you asked"), what),
        (_("Received on"), formats.moment(case.filed_at, zone)),
        *([(_("How you asked"), asked)] if asked else []),
    ]


def file_name(case: CaseSeen) -> str:
    """``recu-D-2026-1201.pdf``."""
    return _("receipt-%(number)s.pdf") % {"number": case.number}


def _typeset(data: dict[str, Any], case: CaseSeen) -> bytes:
    return typeset(
        TEMPLATE,
        data=data,
        language=translation.get_language() or "fr",
        title=f"{data['title']}, {case.number}",
        author=str(data["insurer"]),
        created=case.filed_at,
    )


def _each_text(value: Any, change: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(change)
    if isinstance(value, dict):
        return {key: _each_text(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(inner, change) for inner in value]
    return value
