"""The terms of use as a file: the very text that was accepted, in its language."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.content.queries import Block, Text
from havre.doors.ui import formats
from havre.foundation.pdf import typeset

TEMPLATE: Final = Path(__file__).with_name("terms.typ")


def printed(text: Text, *, accepted_at: datetime) -> bytes:
    """A PDF/A-2a and PDF/UA-1 file; the same text accepted at the same time is the same file."""
    house = settings.HAVRE
    with translation.override(text.language):
        data = {
            "title": text.title,
            "about": [
                _("Version %(version)s, in force from %(day)s")
                % {"version": text.version, "day": formats.day(text.in_force_from)},
                _("Accepted on %(moment)s")
                % {"moment": formats.moment(accepted_at, house.OPERATOR_TIME_ZONE)},
            ],
            "blocks": [_block(one) for one in text.blocks()],
            "proof": _("Fingerprint of the text (SHA-256): %(sha256)s") % {"sha256": text.sha256},
            "insurer": house.OPERATOR_LEGAL_NAME or house.OPERATOR_NAME,
            "contacts": [one for one in (house.OPERATOR_PHONE, house.OPERATOR_EMAIL) if one],
        }
    return typeset(
        TEMPLATE,
        data=data,
        language=text.language,
        title=text.title,
        author=str(data["insurer"]),
        created=accepted_at,
    )


def file_name(text: Text) -> str:
    """``conditions-utilisation-2.0.pdf``."""
    stem = "conditions-utilisation" if text.language == "fr" else "terms-of-use"
    version = "".join(
        letter if letter.isalnum() or letter in ".-" else "-" for letter in text.version
    )
    return f"{stem}-{version}.pdf"


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.lower(),
        "level": block.level,
        "number": block.number,
        "runs": [[run.text, run.strong, run.emphasis] for run in block.runs],
    }
