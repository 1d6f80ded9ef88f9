"""What is shown of members at the desk, in words."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from havre.commons.accounts.queries.life import LifeSeen
from havre.commons.accounts.words import AccountState, ClosedFor, SecurityChange
from havre.commons.documents.words import Compartment, DocumentKind
from havre.commons.messaging.words import Topic
from havre.commons.notifications.words import MailState
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Standing
from havre.domains.payments.words import Standing as BankStanding
from havre.domains.people.queries.finding import FoundSeen
from havre.domains.people.words import FamilyLink, Origin, OriginSeen
from havre.doors.ui import formats


@dataclass(frozen=True)
class Row:
    """Somebody who was found. ``state`` is words and the kind of a tag, none for who is simply there."""

    membership: UUID
    name: str
    born: date | None
    link: str
    number: str
    place: str
    state: tuple[str, str] | None


def found(one: FoundSeen, *, today: date) -> Row:
    country = formats.country(one.country) if one.country else ""
    return Row(
        membership=one.id,
        name=one.full_name,
        born=one.person__birth_date,
        link=family_link(one.family_link),
        number=one.adherent_number or "",
        place=", ".join(part for part in (one.city or "", country) if part),
        state=state(one.person__deceased_on, one.membership_end, today=today),
    )


def state(
    deceased_on: date | None, membership_end: date | None, *, today: date
) -> tuple[str, str] | None:
    """Words and the kind of a tag; none for who is alive and of the household."""
    if deceased_on:
        return _("Died on %(day)s") % {"day": formats.short_day(deceased_on)}, ""
    if membership_end and membership_end < today:
        return _("Left on %(day)s") % {"day": formats.short_day(membership_end)}, ""
    return None


_DENIED = {
    SecurityChange.PASSWORD: gettext_noop("a change of password"),
    SecurityChange.EMAIL: gettext_noop("a change of e-mail address"),
    SecurityChange.FACTOR_ADDED: gettext_noop("a second step that was added"),
    SecurityChange.FACTOR_REMOVED: gettext_noop("a second step that was removed"),
    SecurityChange.RECOVERY_CODES: gettext_noop("new recovery codes"),
    SecurityChange.RECOVERY_CODE_USED: gettext_noop("a recovery code that was used"),
}


def denied(change: SecurityChange) -> str:
    """What the owner of an account says was not them."""
    return _(_DENIED[change])


def family_link(link: FamilyLink) -> str:
    return {
        FamilyLink.HOLDER: _("Holder"),
        FamilyLink.SPOUSE: _("Spouse"),
        FamilyLink.PARTNER: _("Partner"),
        FamilyLink.CHILD: _("Child"),
        FamilyLink.PARENT: _("Parent"),
        FamilyLink.OTHER: _("Other relative"),
    }[link]


def account_state(life: LifeSeen | None) -> tuple[str, str]:
    """Words and the kind of a tag."""
    if life is None:
        return _("No account"), ""
    words, kind = {
        AccountState.OPENING: (_("Waits for its first sign-in"), "wait"),
        AccountState.ACTIVE: (pgettext("account", "Open"), "ok"),
        AccountState.SUSPENDED: (_("Suspended"), "no"),
        AccountState.DISABLED: (_("Disabled"), "no"),
        AccountState.DELETED: (_("Deleted"), ""),
    }[life.state]
    return (f"{words}, {closed_for(life.why)}", kind) if life.why else (words, kind)


def closed_for(why: ClosedFor) -> str:
    """Inside a sentence."""
    return {
        ClosedFor.REPORTED: _("its owner said “it was not me”"),
        ClosedFor.ASKED: _("its owner asked"),
        ClosedFor.FORGOTTEN: _("its owner asked for it to be deleted"),
        ClosedFor.MISUSE: _("misuse"),
        ClosedFor.ATTEMPTS: _("too many attempts"),
        ClosedFor.FRAUD_REPORTED: _("fraud was reported"),
        ClosedFor.END_OF_RELATIONS: _("end of relations"),
        ClosedFor.DEATH: _("death"),
    }[why]


def mail_state(state: MailState) -> tuple[str, str]:
    """Words and the kind of a tag."""
    return {
        MailState.QUEUED: (_("Waits to leave"), "wait"),
        MailState.SENT: (_("Sent"), "ok"),
        MailState.FAILED: (_("Refused so far"), "no"),
        MailState.EXPIRED: (_("Not sent"), ""),
        MailState.BOUNCED: (_("Came back"), "no"),
    }[state]


def letter_state(state: MailState) -> tuple[str, str]:
    """The same of a letter."""
    return {
        MailState.QUEUED: (_("Letter to post"), "wait"),
        MailState.SENT: (_("By post"), "ok"),
    }.get(state, (_("Not sent"), ""))


def mail_kind(kind: str) -> str:
    """What a mail was about: never what it said."""
    known = _MAILS.get(kind)
    if known is None and kind.startswith("requests."):
        known = gettext_noop("A request")
    return _(known or gettext_noop("Another mail"))


_MAILS = {
    "accounts.provisional_password": gettext_noop("Provisional password"),
    "accounts.new_password": gettext_noop("Provisional password, asked again"),
    "accounts.adherent_number": gettext_noop("Adherent number"),
    "accounts.number_again": gettext_noop("Adherent number, asked again"),
    "accounts.already_open": gettext_noop("The account is open already"),
    "accounts.no_account_yet": gettext_noop("There is no account yet"),
    "accounts.opening_closed": gettext_noop("The account is closed"),
    "accounts.closed": gettext_noop("The account is closed"),
    "accounts.notice_of_attempt": gettext_noop("Somebody tried to open an account"),
    "accounts.notice_of_review": gettext_noop("Somebody looks at a request to open an account"),
    "accounts.notice_of_approval": gettext_noop("An account will open at another address"),
    "accounts.email_code": gettext_noop("Code to confirm an address"),
    "accounts.changed": gettext_noop("A change of how one signs in"),
    "accounts.restored": gettext_noop("The account is open again"),
    "accounts.access_ends": gettext_noop("Access will end"),
    "own_contact.email_code": gettext_noop("Code to confirm an address"),
    "confidentiality.shared": gettext_noop("Who sees whose care"),
    "confidentiality.no_longer_shared": gettext_noop("Who sees whose care"),
    "confidentiality.came_of_age": gettext_noop("Coming of age"),
    "payments.account_changed": gettext_noop("Refunds go to another account"),
    "payments.account_stopped": gettext_noop("A change of account was stopped"),
    "notices.reimbursement_paid": gettext_noop("A reimbursement was paid"),
    "notices.message_waiting": gettext_noop("An answer waits"),
    "member_file.code_by_post": gettext_noop("Code to open the account"),
    "member_file.email_changed": gettext_noop("The desk changed the e-mail address"),
    "member_file.contact_changed": gettext_noop("The desk changed personal information"),
    "notices.news": gettext_noop("News of the house"),
}


def document_kind(kind: DocumentKind) -> str:
    return {
        DocumentKind.CERTIFICATE: _("Certificate"),
        DocumentKind.PIECE: _("Paper that was sent"),
    }.get(kind, _("Document"))


def compartment(one: Compartment) -> str:
    return {
        Compartment.GENERAL: _("General"),
        Compartment.HEALTH: _("Health"),
        Compartment.MEDICAL: _("Medical adviser"),
    }[one]


def bank_standing(standing: BankStanding) -> tuple[str, str]:
    """Words and the kind of a tag."""
    return {
        BankStanding.PROPOSED: (_("Waits to be verified"), "wait"),
        BankStanding.WAITING: (_("Verified, not used yet"), "wait"),
        BankStanding.IN_USE: (_("In use"), "ok"),
        BankStanding.REPLACED: (_("Replaced"), ""),
        BankStanding.REFUSED: (_("Refused"), "no"),
        BankStanding.STOPPED: (_("Stopped"), "no"),
    }.get(standing, (standing.value, ""))


def contract_standing(contract: ContractSeen, *, on: date) -> tuple[str, str]:
    """Words and the kind of a tag."""
    return {
        Standing.IN_FORCE: (_("In force"), "ok"),
        Standing.TO_COME: (_("To come"), "wait"),
        Standing.ENDED: (_("Ended"), ""),
    }[contract.standing(on=on)]


def origin(one: OriginSeen | None) -> str:
    """Where a value came from."""
    if one is None:
        return ""
    words = {
        Origin.FEED: _("by a feed"),
        Origin.ONLINE: _("online"),
        Origin.PHONE: _("by phone"),
        Origin.EMPLOYER: _("by the employer"),
        Origin.INSURER: _("by the insurer"),
        Origin.DESK: _("at the desk"),
    }[one.by]
    return f"{words}, {formats.short_day(one.at.date())}" if one.at else words


def topic(one: Topic) -> str:
    return {
        Topic.CONTRACT: _("Contract"),
        Topic.REIMBURSEMENT: _("Reimbursement"),
        Topic.CARE: _("Care"),
        Topic.CONTRIBUTIONS: _("Contributions"),
        Topic.ACCOUNT: _("Account and details"),
        Topic.OTHER: _("Something else"),
        Topic.REQUEST: _("Thread of a request"),
    }[one]
