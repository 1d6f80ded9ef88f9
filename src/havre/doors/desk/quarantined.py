"""A file in which the antivirus found something: what it was for, and asking for it again. Nobody opens it,
and nothing here lets it go."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.cases import queries as cases
from havre.commons.cases.words import OPEN, Asked, AskReason
from havre.commons.documents import queries as documents
from havre.commons.documents.queries import UploadSeen
from havre.commons.messaging import queries as messages
from havre.commons.worklist import actions as worklist
from havre.commons.worklist.queries import ItemSeen
from havre.doors.desk.page import Viewer
from havre.doors.desk.queue_words import kind_title
from havre.doors.desk.taking import staff_by
from havre.doors.desk.thing_parts import Choice, Given, NotOffered, Thing
from havre.doors.ui import formats
from havre.journeys.requests import deciding
from havre.journeys.requests.facts import Facts, facts_of
from havre.journeys.requests.registry import kind_of
from havre.journeys.requests.words import Request


@dataclass(frozen=True)
class _About:
    """The file, and the request that it was sent for; none where that is not sent, or not open to us."""

    file: UploadSeen
    request: Request | None
    facts: Facts | None

    @property
    def paper(self) -> str:
        """What the request calls it, else the name that its sender gave it."""
        if self.request is None or self.facts is None:
            return self.file.file_name
        kind, answers = kind_of(self.request.case.kind), self.request.content.answers
        labels = {one.code: one.label for one in kind.papers(self.facts, answers)}
        return labels.get(self.file.piece, self.file.file_name)


def seen(viewer: Viewer, item: ItemSeen) -> Thing:
    """What it was, for what, and what can be done. Needs the desk's guard of its household."""
    about = _about(viewer, item)
    if about is None:
        return Thing(
            _(
                "The antivirus found something in a file that is kept apart with health. Nobody opens it."
            ),
            (),
            (Choice("seen", _("Seen"), main=True),),
        )
    again = _may_ask(viewer, about)
    return Thing(
        _(
            "The antivirus found something in this file. Nobody can open it or let it through; its sender"
            " was told on the page."
        ),
        (
            (_("File"), about.file.file_name),
            (_("Sent"), formats.moment(about.file.begun_at, settings.HAVRE.OPERATOR_TIME_ZONE)),
            *_for_what(about),
        ),
        (
            *([Choice("ask-again", _("Ask the member for it again"), main=True)] if again else []),
            Choice("seen", _("Nothing more to do"), main=not again),
        ),
        links=_links(item, about),
    )


def ask_again(viewer: Viewer, item: ItemSeen, _given: Given) -> None:
    """Ask the member for the same paper, in their language, and be done with the file.

    Needs the same guard. Refuses ``NotOffered``, ``CaseClosed`` and ``ChangedMeanwhile``.
    """
    about = _about(viewer, item)
    if about is None or about.request is None or about.facts is None:
        raise NotOffered(str(item.id))
    request = about.request
    with translation.override(request.case.language):
        words = _(
            "We could not keep your file %(name)s: our antivirus found something in it. Send this paper"
            " again, from another device or as a photo."
        ) % {"name": about.file.file_name}
    deciding.ask(
        request=request,
        facts=about.facts,
        asked=[Asked(piece=about.file.piece, reason=AskReason.INCORRECT, words=words)],
        by=staff_by(viewer),
        version=request.case.version,
        now=viewer.now,
    )
    worklist.take_away(source=item.source, source_id=item.source_id)


def _about(viewer: Viewer, item: ItemSeen) -> _About | None:
    if item.household is None:
        return None
    file = documents.upload_of(household=item.household, upload=item.source_id)
    if file is None:
        return None
    case = cases.case_of(household=item.household, case=file.subject)
    content = cases.content_of(household=item.household, case=case.id) if case else None
    if case is None or content is None:
        return _About(file, None, None)
    facts = facts_of(household=item.household, membership=case.membership, today=viewer.today)
    return _About(file, Request(case, content), facts)


def _may_ask(viewer: Viewer, about: _About) -> bool:
    """Whether the request is open, and this person's to decide."""
    if about.request is None or about.facts is None:
        return False
    case = about.request.case
    return case.status in OPEN and viewer.may(kind_of(case.kind).needs)


def _for_what(about: _About) -> list[tuple[str, str]]:
    if about.request is None:
        return []
    case = about.request.case
    return [(_("Paper"), about.paper), (_("Request"), f"{kind_title(case.kind)}, {case.number}")]


def _links(item: ItemSeen, about: _About) -> tuple[tuple[str, str], ...]:
    if about.request is not None:
        return (
            (_("Open the request"), reverse("desk:request", kwargs={"id": about.request.case.id})),
        )
    if item.household is None:
        return ()
    found = messages.conversation_of(household=item.household, conversation=about.file.subject)
    if found is None:
        return ()
    of = {"household": item.household, "id": found.id}
    return ((_("Open the conversation"), reverse("desk:message", kwargs=of)),)
