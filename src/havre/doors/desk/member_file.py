"""All that the desk knows of a member, read at once: a constant number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.http import Http404

from havre.commons.accounts.queries import file as accounts
from havre.commons.accounts.queries.file import AccessFile
from havre.commons.audit import queries as audit
from havre.commons.audit.words import Opened
from havre.commons.cases import queries as cases
from havre.commons.cases.queries import Cases
from havre.commons.documents import queries as documents
from havre.commons.documents.queries import AfterDocument, DocumentSeen
from havre.commons.messaging import queries as messaging
from havre.commons.messaging.queries import ConversationSeen
from havre.commons.notifications import queries as notifications
from havre.commons.notifications.queries import AfterMail, MailSeen
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.queries import ItemSeen
from havre.domains.contracts import queries as contracts
from havre.domains.contracts.queries import ContractSeen
from havre.domains.payments import queries as payments
from havre.domains.payments.queries import AccountSeen
from havre.domains.people import queries as people
from havre.domains.people.queries import DetailsSeen, PersonSeen, finding, notes
from havre.domains.people.queries.notes import AfterNote, NoteSeen
from havre.domains.products import queries as products
from havre.domains.products.queries import FormulaSeen
from havre.doors.desk.page import Viewer
from havre.doors.ui.cursors import place_at, word

SHOWN = 5
One = TypeVar("One")


@dataclass(frozen=True)
class Part(Generic[One]):
    """A list of the file, and the word from which the rest goes on, "" at its end."""

    rows: Sequence[One]
    rest: str = ""


@dataclass(frozen=True, kw_only=True)
class MemberFile:
    household: UUID
    details: DetailsSeen
    people: Sequence[PersonSeen]
    contracts: Sequence[ContractSeen]
    formulas: Mapping[UUID, FormulaSeen]
    day: date
    banking: Sequence[AccountSeen]
    requests: Part[tuple[cases.CaseSeen, str]]
    conversations: Part[ConversationSeen]
    mails: Part[MailSeen]
    documents: Part[DocumentSeen]
    notes: Part[NoteSeen]
    access: AccessFile | None
    waiting: Sequence[ItemSeen]
    opening: Opened | None
    nirs: Mapping[UUID, str]

    @property
    def person(self) -> PersonSeen:
        return self.details.person


def household_of(viewer: Viewer, membership: UUID) -> UUID:
    """Where a member belongs; out of this person's scope, as if there were none. One statement."""
    scope = viewer.scope
    within = contracts.within(
        products=scope.products, employers=scope.employers, intermediaries=scope.intermediaries
    )
    household = finding.place_of(membership=membership, within=within)
    if household is None:
        raise Http404
    return household


def read(viewer: Viewer, membership: UUID, *, day: date, at: Mapping[str, str]) -> MemberFile:
    """The file; contracts as of ``day``, each list from where ``at`` says. Else the page is missing."""
    household = household_of(viewer, membership)
    with viewer.inside(household, purpose="read a member's file"):
        details = people.household_details(household=household)
        own = next((one for one in details if one.person.membership == membership), None)
        if own is None:
            raise Http404
        known = contracts.contracts_of(household=household)
        shown = [one.as_of(day) for one in known]
        return MemberFile(
            household=household,
            details=own,
            people=[one.person for one in details],
            contracts=shown,
            formulas=products.formulas(ids=[one.formula for one in shown]),
            day=day,
            banking=payments.accounts_of(
                household=household, people=[own.person.id], at=viewer.now
            ),
            access=accounts.access_of(membership=membership, now=viewer.now),
            waiting=[
                one for one in worklist.waiting_of(household=household) if viewer.may(one.needs)
            ],
            nirs=people.nirs_of(household=household, people=[own.person.id]),
            opening=audit.live_of(household=household, staff=viewer.id, now=viewer.now),
            **_lists(viewer, household, membership, at),
        )


def _lists(
    viewer: Viewer, household: UUID, membership: UUID, at: Mapping[str, str]
) -> dict[str, Any]:
    """The parts that may be long, each from where it goes on."""
    mail = place_at(at.get("mails", ""), AfterMail)
    paper = place_at(at.get("documents", ""), AfterDocument)
    noted = place_at(at.get("notes", ""), AfterNote)
    of = {"household": household, "membership": membership}
    return {
        "requests": _requests(household, membership, at.get("requests", "")),
        "conversations": _conversations(viewer, household, membership, at.get("messages", "")),
        "mails": _part(*notifications.mails_of(membership=membership, after=mail, size=SHOWN)),
        "documents": _part(*documents.documents_of(household=household, after=paper, size=SHOWN)),
        "notes": _part(*notes.notes_of(**of, after=noted, size=SHOWN)),
    }


def _part(rows: Sequence[One], last: "AfterMail | AfterDocument | AfterNote | None") -> Part[One]:
    return Part(rows, word(last) if last else "")


def _requests(household: UUID, membership: UUID, at: str) -> Part[tuple[cases.CaseSeen, str]]:
    found: Cases = cases.cases_of(
        household=household,
        membership=membership,
        after=place_at(at, cases.After),
        size=SHOWN,
    )
    return Part(found.cases, word(found.older) if found.older else "")


def _conversations(
    viewer: Viewer, household: UUID, membership: UUID, at: str
) -> Part[ConversationSeen]:
    found = messaging.conversations(
        household=household,
        membership=membership,
        after=place_at(at, messaging.After),
        most=SHOWN + 1,
        within=viewer.scope,
    )
    last = found[SHOWN - 1] if len(found) > SHOWN else None
    return Part(found[:SHOWN], word((last.last_at, last.id)) if last else "")
