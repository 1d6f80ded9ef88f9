"""Sending files, the same at every door: a part at a time by the script, or whole by a plain form.

The script begins an upload (POST: name and size; the answer says where it lies and how much of it is
here), adds parts (PATCH, ``Upload-Offset``), and after a broken line asks how far it came (HEAD). These
are the names and answers of tus 1.0; see docs/uploads.md. Without a script, the form posts its files.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from pathlib import PurePosixPath
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from havre.commons.documents import actions, queries
from havre.commons.documents.actions import For, Sender, Stored
from havre.commons.documents.queries import DocumentDamaged, DocumentSeen, UploadSeen
from havre.commons.documents.words import Compartment

P = ParamSpec("P")
OFFSET = "Upload-Offset"
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True)
class UploadPlace:
    """Where files may be sent: for what, by whom, for which papers.

    ``papers`` gives the compartment of each code that may be asked for; any other is not there.
    ``back`` is the page of the list. ``open``: more may be sent, and what is not kept be taken back.
    ``filed`` are papers that are read and take nothing more. ``door`` is the namespace of the addresses,
    ``of`` what their names begin with there, ``names`` what they take beside the subject.
    """

    door: str
    sender: Sender
    subject: UUID
    papers: Mapping[str, Compartment]
    back: str
    now: datetime
    open: bool = True
    filed: frozenset[str] = frozenset()
    names: Mapping[str, UUID] = field(default_factory=dict)
    of: str = ""

    def url(self, name: str = "uploads", upload: UUID | None = None) -> str:
        named = {"subject": self.subject, **self.names} | ({"id": upload} if upload else {})
        return reverse(f"{self.door}:{self.of}{name}", kwargs=named)


# --- Receiving -----------------------------------------------------------------------------------


class SentFile(UploadedFile):
    """A file of a form: its bytes are sealed already, in parts."""

    def __init__(self, name: str, parts: tuple[Stored, ...]) -> None:
        super().__init__(name=name, size=sum(part.size for part in parts))
        self.parts = parts


class SealedParts(FileUploadHandler):
    """Seals the files of a form as they come: none lies in clear on a disk, none fills the memory."""

    chunk_size = 512 * 1024  # of the class: Django's parser reads it there

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.most = settings.HAVRE.UPLOAD_MAX_MB * 1024 * 1024
        self.every: list[Stored] = []
        self._parts: list[Stored] = []
        self._name = ""

    def new_file(self, field_name: str, file_name: str, *rest: Any, **more: Any) -> None:
        super().new_file(field_name, file_name, *rest, **more)
        self._parts, self._name = [], file_name
        if field_name != "files":
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if sum(part.size for part in self.every) > self.most * actions.MOST_AT_ONCE:
            raise StopUpload(connection_reset=True)
        if start <= self.most:  # of one that is too large, enough to say so
            self._parts.append(actions.store([raw_data]))
            self.every.append(self._parts[-1])

    def file_complete(self, file_size: int) -> UploadedFile:  # noqa: ARG002  # Django's
        return SentFile(self._name, tuple(self._parts))

    def drop(self, kept: set[UUID]) -> None:
        """Forget what nobody took."""
        for part in self.every:
            if part.id not in kept:
                actions.discard(part)


def by_member(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def takes_files(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    *,
    signed_in: Callable[[HttpRequest], bool] = by_member,
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """The view of a form with files. Only who is signed in, as the door knows them, has theirs read."""

    @csrf_exempt  # checked below, once it is said where files go: the check reads the form
    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not signed_in(request):
            request.upload_handlers = []
            return csrf_protect(view)(request, *args, **kwargs)
        handler = SealedParts(request)
        request.upload_handlers = [handler]
        taken: set[UUID] = set()
        request.taken = taken  # type: ignore[attr-defined]
        try:
            return csrf_protect(view)(request, *args, **kwargs)
        finally:
            handler.drop(taken)

    return door  # type: ignore[return-value]  # `wraps` keeps the name of the first argument


def send(request: HttpRequest, place: UploadPlace) -> HttpResponseBase:
    """Files of a form, or the beginning of one that comes in parts. Call it outside any transaction."""
    piece = request.POST.get("piece", "")
    if piece not in place.papers or piece in place.filed or not place.open:
        raise Http404
    if "name" in request.POST:
        return _begin(request, place, For(place.subject, piece, place.papers[piece]))
    receive(request, place, piece)
    return redirect(place.back)


def receive(request: HttpRequest, place: UploadPlace, piece: str) -> None:
    """The files that a form of a view of ``takes_files`` brought. Call it outside any transaction."""
    about = For(place.subject, piece, place.papers[piece])
    for file in request.FILES.getlist("files"):
        if isinstance(file, SentFile):
            _receive(request, place, about, file)


def _begin(request: HttpRequest, place: UploadPlace, about: For) -> HttpResponseBase:
    size = request.POST.get("size", "")
    if not (size.isascii() and size.isdigit() and len(size) < 16):
        return HttpResponse(status=400)
    try:
        upload = actions.begin_upload(
            sender=place.sender,
            subject=about.subject,
            piece=about.piece,
            compartment=about.compartment,
            file_name=request.POST["name"],
            size=int(size),
            fingerprint=request.POST.get("fingerprint", ""),
            now=place.now,
        )
    except actions.TooManyUploads:
        return JsonResponse({}, status=422)
    told = {
        "address": place.url("upload", upload.id),
        "received": upload.received,
        "settled": upload.settled,
    }
    return JsonResponse(told, status=201)


def _receive(request: HttpRequest, place: UploadPlace, about: For, file: SentFile) -> None:
    """The page says of each what became of it; where there is no more room, it says that too."""
    try:
        actions.receive_sealed(
            sender=place.sender,
            about=about,
            file_name=file.name or "",
            parts=file.parts,
            now=place.now,
        )
    except actions.TooManyUploads:
        return
    request.taken.update(part.id for part in file.parts)  # type: ignore[attr-defined]


def one(request: HttpRequest, place: UploadPlace, upload: UUID) -> HttpResponseBase:
    """How far it came (HEAD), one more part (PATCH), or take it back (POST)."""
    seen = _seen(place, upload)
    if request.method == "POST":
        return _take_back(place, seen)
    if request.method == "PATCH":
        return _part(request, place, seen)
    return _offset(seen.received, status=200)


def _take_back(place: UploadPlace, upload: UploadSeen) -> HttpResponseBase:
    if place.open:
        try:
            actions.remove_upload(sender=place.sender, upload=upload.id)
        except actions.UploadKept:
            raise Http404 from None
    return redirect(place.back)


def _part(request: HttpRequest, place: UploadPlace, upload: UploadSeen) -> HttpResponseBase:
    offset = request.headers.get(OFFSET, "")
    if not (offset.isascii() and offset.isdigit() and len(offset) < 16):
        return HttpResponse(status=400)
    try:
        received = upload.received
        if int(offset) != upload.size:  # the last answer was lost: only the end is missing
            received = actions.append_upload(
                sender=place.sender,
                upload=upload.id,
                offset=int(offset),
                content=request.body,
                now=place.now,
            )
        if received == upload.size:
            actions.finish_upload(sender=place.sender, upload=upload.id, now=place.now)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    except actions.WrongOffset as refused:
        return _offset(refused.received, status=409)
    except actions.NotReceiving:
        return _offset(upload.received, status=409)
    except actions.UploadMissing:
        raise Http404 from None
    return _offset(received, status=204)


def _offset(received: int, *, status: int) -> HttpResponse:
    return HttpResponse(status=status, headers={OFFSET: str(received)})


def _seen(place: UploadPlace, upload: UUID) -> UploadSeen:
    """The upload, where it is of this subject and among what the reader may come near."""
    with place.sender.acting():
        found = queries.upload_of(household=place.sender.household, upload=upload)
    if found is None or found.subject != place.subject or found.piece not in place.papers:
        raise Http404
    return found


# --- Handing out ---------------------------------------------------------------------------------


def handed_out(place: UploadPlace, upload: UUID, *, picture: bool = False) -> HttpResponseBase:
    """The paper, to be kept and never shown in place; or the picture that we drew of it.

    Not found before its checks. The address says of the answer that it runs nothing (``sandbox``) and
    is kept by no cache.
    """
    seen = _seen(place, upload)
    document = _document(place, seen.preview if picture else seen.document)
    try:
        parts = queries.content_of(document)
    except DocumentDamaged:
        raise Http404 from None
    response = StreamingHttpResponse(parts, content_type=document.media_type)
    response.headers["Content-Length"] = str(document.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    response._csp_update = {"sandbox": True}  # type: ignore[attr-defined]  # as its decorator does
    response.headers["Content-Disposition"] = (
        "inline" if picture else _as_attachment(seen.file_name, document.media_type)
    )
    return response


def _document(place: UploadPlace, document: UUID | None) -> DocumentSeen:
    if document is None:
        raise Http404
    with place.sender.acting():
        found = queries.document_of(household=place.sender.household, document=document)
    if found is None:
        raise Http404
    return found


def _as_attachment(name: str, media_type: str) -> str:
    """Under the name it was given, with the ending of what it is now."""
    shown = f"{PurePosixPath(name).stem}.{_ENDINGS[media_type]}"
    return content_disposition_header(True, shown) or "attachment"
