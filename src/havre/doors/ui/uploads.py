"""Papers and the files sent for them, as a page shows them: each with its state in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from havre.commons.documents.actions import MOST_OF_A_SUBJECT
from havre.commons.documents.queries import UploadSeen
from havre.commons.documents.words import Fault, UploadState
from havre.doors.ui.uploading import UploadPlace

ACCEPTED: Final = "application/pdf,image/jpeg,image/png,image/heic,image/heif,image/tiff,image/webp"

FAULTS: Final = {
    Fault.EMPTY: gettext_lazy("The file is empty. Choose it again, or take a photo of the paper."),
    Fault.UNKNOWN_TYPE: gettext_lazy(
        "We read PDF, JPEG, PNG, HEIC and TIFF. Save it as a PDF, or take a photo of the paper."
    ),
    Fault.MISNAMED: gettext_lazy(
        "Its name says one kind of file and its content is another. Save it again as a PDF, or take a "
        "photo of the paper."
    ),
    Fault.PASSWORD: gettext_lazy(
        "It opens with a password only. Save it without one, or print it as a new PDF."
    ),
    Fault.TOO_MANY_PAGES: gettext_lazy("It has more than 200 pages. Send it in several files."),
    Fault.TOO_MANY_PIXELS: gettext_lazy(
        "The picture is too large. Take it again with the usual settings of your phone."
    ),
    Fault.TOO_HEAVY: gettext_lazy(
        "It is too heavy to open. Print it as a new PDF, or take a photo of the paper."
    ),
    Fault.DAMAGED: gettext_lazy(
        "It cannot be read: it is damaged or incomplete. Open it on your device, save it again and "
        "send that one."
    ),
}


@dataclass(frozen=True)
class Piece:
    """A paper that is asked for. ``hint`` says what has to be on it."""

    code: str
    title: str
    hint: str = ""


@dataclass(frozen=True)
class UploadShown:
    """``kind`` is of the message: ok, no, wait or "". ``waiting``: it changes by itself."""

    file_name: str
    kind: str
    said: str
    reason: str
    waiting: bool
    remove_url: str
    file_url: str
    picture_url: str


@dataclass(frozen=True)
class PieceShown:
    piece: Piece
    kind: str
    uploads: tuple[UploadShown, ...]


@dataclass(frozen=True)
class UploadList:
    """What the macro of "ui/uploads.jinja" draws."""

    url: str
    pieces: tuple[PieceShown, ...]
    accepted: str
    most_mb: int
    open: bool
    full: bool


def upload_list(
    place: UploadPlace, pieces: Iterable[Piece], uploads: Iterable[UploadSeen]
) -> UploadList:
    """The papers in the order given, each with what was sent for it."""
    sent = tuple(uploads)
    return UploadList(
        url=place.url(),
        pieces=tuple(_piece(place, piece, sent) for piece in pieces),
        accepted=ACCEPTED,
        most_mb=settings.HAVRE.UPLOAD_MAX_MB,
        open=place.open,
        full=len(sent) >= MOST_OF_A_SUBJECT,
    )


def _piece(place: UploadPlace, piece: Piece, sent: tuple[UploadSeen, ...]) -> PieceShown:
    shown = tuple(upload_shown(place, one) for one in sent if one.piece == piece.code)
    kinds = {one.kind for one in shown}
    kind = "no" if "no" in kinds else "ok" if kinds == {"ok"} else ""
    return PieceShown(piece, kind, shown)


def upload_shown(place: UploadPlace, upload: UploadSeen) -> UploadShown:
    """One file with its state in words, for a list of a page's own."""
    kind, said, reason = _words(upload)
    removable = place.open and not upload.kept
    return UploadShown(
        file_name=upload.file_name,
        kind=kind,
        said=said,
        reason=reason,
        waiting=upload.state in {UploadState.CHECKING, UploadState.WAITING_SCAN},
        remove_url=place.url("upload", upload.id) if removable else "",
        file_url=place.url("upload-file", upload.id) if upload.document else "",
        picture_url=place.url("upload-picture", upload.id) if upload.preview else "",
    )


def _words(upload: UploadSeen) -> tuple[str, str, str]:
    """Kind, what is said behind the name of the file, and what to do."""
    match upload.state:
        case UploadState.READY:
            pages = upload.pages or 1
            return (
                "ok",
                ngettext("received, %(num)d page", "received, %(num)d pages", pages)
                % {"num": pages},
                "",
            )
        case UploadState.CHECKING:
            return "", _("being checked, less than a minute"), ""
        case UploadState.WAITING_SCAN:
            return (
                "wait",
                _("waiting for the scan"),
                _("The antivirus does not answer. It is asked again every minute; nothing to do."),
            )
        case UploadState.RECEIVING:
            part = 100 * upload.received // max(upload.size, 1)
            return (
                "wait",
                _("interrupted at %(part)d %%") % {"part": part},
                _("Choose the same file again: it goes on from there."),
            )
        case UploadState.QUARANTINED:
            return (
                "no",
                _("set aside"),
                _("The antivirus found something in it. Take a photo of the paper and send that."),
            )
        case UploadState.REFUSED:
            return "no", _("refused"), _fault(upload.fault or Fault.DAMAGED)


def _fault(fault: Fault) -> str:
    if fault is Fault.TOO_LARGE:
        return _(
            "It is larger than %(mb)d MB. Take a photo of the paper, or send it in several files."
        ) % {"mb": settings.HAVRE.UPLOAD_MAX_MB}
    return str(FAULTS[fault])
