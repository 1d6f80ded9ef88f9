"""A décompte as a file: one transfer, with the words and the masks of its page."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.domains.health.queries import TransferSeen
from havre.domains.health.words import CareLine, Payee, PrivateCare, Said
from havre.doors.portal.household import Family
from havre.doors.ui import formats
from havre.foundation.money import Money
from havre.foundation.pdf import UnprintableText, typeset

TEMPLATE: Final = Path(__file__).with_name("statement.typ")
_UNPRINTABLE: Final = "?"


def page_of(transfer: TransferSeen, family: Family) -> dict[str, Any]:
    """What the template prints, in the language now active. Needs no guard afterwards."""
    reader, house = family.reader, settings.HAVRE
    return {
        "file_name": _("statement-%(day)s.pdf") % {"day": transfer.settled_on.isoformat()},
        "title": _("Reimbursement statement"),
        "transfer": _("Transfer of %(day)s") % {"day": formats.day(transfer.settled_on)},
        "total": formats.money(transfer.total),
        "facts": [fact for fact in _facts(transfer, reader.full_name if reader else "") if fact[1]],
        "heads": [
            _("Care"),
            _("Spent"),
            _("CFE or other insurer"),
            _("Reimbursed"),
            _("Left to pay"),
        ],
        "rows": [
            *(_care(line, family) for line in transfer.lines),
            *([_private(transfer.private)] if transfer.private else []),
        ],
        "sum": _("Total of the transfer"),
        "note": _(
            "This statement shows what you see in your space: the care of other people that is"
            " private is told by its amounts only."
        )
        if transfer.private
        else "",
        "insurer": house.OPERATOR_LEGAL_NAME or house.OPERATOR_NAME,
        "contacts": [one for one in (house.OPERATOR_PHONE, house.OPERATOR_EMAIL) if one],
    }


def printed(page: Mapping[str, Any], *, language: str, created: datetime) -> bytes:
    """The page as a PDF/A-2a and PDF/UA-1 file; ``created`` (aware) dates the file.

    A name in letters that no font of ours draws is printed with question marks, and says so.
    """
    try:
        return _typeset(page, language, created)
    except UnprintableText as refusal:
        missing = frozenset("".join(refusal.characters))

    def readable(text: str) -> str:
        return "".join(_UNPRINTABLE if letter in missing else letter for letter in text)

    note = _("Letters that cannot be printed here are shown as question marks.")
    said = {**_each_text(page, readable), "note": " ".join(filter(None, (page["note"], note)))}
    return _typeset(said, language, created)


def _typeset(page: Mapping[str, Any], language: str, created: datetime) -> bytes:
    return typeset(
        TEMPLATE,
        data=page,
        language=language,
        title=f"{page['title']}, {page['transfer']}",
        author=page["insurer"],
        created=created,
    )


def _facts(transfer: TransferSeen, reader: str) -> list[tuple[str, str]]:
    paid_to = transfer.iban_shown or ""
    if not paid_to and transfer.payee is Payee.PROVIDER:
        paid_to = transfer.payee_name or _("the provider")
    count = ngettext("%(num)d item", "%(num)d items", transfer.count) % {"num": transfer.count}
    return [
        (_("For"), reader),
        (_("Reference"), transfer.reference),
        (_("Paid to"), paid_to),
        (_("Care"), count),
    ]


def _care(line: CareLine, family: Family) -> dict[str, Any]:
    place = (
        family.category(line),
        family.first_name(line.person),
        formats.short_day(line.care_date),
        line.provider,
        formats.country(line.country) if line.country else "",
    )
    reasons = [line.reason, line.clause] if line.reason else []
    spent = line.spent or line.cost
    converted = line.cost if spent and line.cost and spent.currency != line.cost.currency else None
    return {
        "act": _said(line.act, family),
        "place": ", ".join(filter(None, place)),
        "why": [_said(one, family) for one in reasons if one],
        "figures": [
            [_amount(spent), *([formats.money(converted)] if converted else [])],
            _others(line),
            [_amount(line.reimbursed)],
            [_amount(line.left)],
        ],
    }


def _private(care: PrivateCare) -> dict[str, Any]:
    return {
        "act": {"text": _("Private care"), "language": ""},
        "place": "",
        "why": [],
        "figures": [
            [_amount(care.cost)],
            _others(care),
            [_amount(care.reimbursed)],
            [_amount(care.left)],
        ],
    }


def _others(care: CareLine | PrivateCare) -> list[str]:
    shares = [_amount(care.primary)]
    if care.other is not None and care.other.amount > 0:
        shares.append(_("other insurer %(amount)s") % {"amount": formats.money(care.other)})
    return shares


def _said(said: Said, family: Family) -> dict[str, str]:
    if family.as_written(said):
        return {"text": said.text, "language": family.statement_language}
    return {"text": said.said_in(family.viewer.language), "language": ""}


def _amount(amount: Money | None) -> str:
    return _("not stated") if amount is None else formats.money(amount)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case Mapping():
            return {key: _each_text(inner, change) for key, inner in value.items()}
        case list() | tuple():
            return [_each_text(inner, change) for inner in value]
        case _:
            return value
