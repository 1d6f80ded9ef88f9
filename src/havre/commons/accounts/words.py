from enum import StrEnum

from havre.foundation.signing_in.words import AppBegun as AppBegun
from havre.foundation.signing_in.words import FactorKind as FactorKind
from havre.foundation.signing_in.words import FactorSeen as FactorSeen
from havre.foundation.signing_in.words import FactorsSeen as FactorsSeen
from havre.foundation.signing_in.words import PasswordFault as PasswordFault
from havre.foundation.signing_in.words import Strength as Strength


class AccountState(StrEnum):
    """``OPENING`` until a password of one's own is chosen."""

    OPENING = "OPENING"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    """Closed for a while: until someone has looked, or its owner asks for it again."""
    DISABLED = "DISABLED"
    """Closed by the house, which says why."""
    DELETED = "DELETED"
    """What signing in needs is gone; that there was an account, and what was accepted, stays."""


class ClosedFor(StrEnum):
    """Why an account is closed. The first three are of its owner, the others of the house."""

    REPORTED = "REPORTED"  # "it was not me": closed until someone has looked
    ASKED = "ASKED"  # its owner asked, by phone or mail
    FORGOTTEN = "FORGOTTEN"  # its owner asked for it to be deleted
    MISUSE = "MISUSE"
    ATTEMPTS = "ATTEMPTS"
    FRAUD_REPORTED = "FRAUD_REPORTED"
    END_OF_RELATIONS = "END_OF_RELATIONS"
    DEATH = "DEATH"


class RequestKind(StrEnum):
    """What is asked at the gate, before anybody is signed in."""

    OPENING = "OPENING"
    PASSWORD = "PASSWORD"  # noqa: S105  # a new one is asked for
    NUMBER = "NUMBER"


class RequestState(StrEnum):
    RECEIVED = "RECEIVED"
    DONE = "DONE"


class ReviewState(StrEnum):
    WAITING = "WAITING"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    EFFECTIVE = "EFFECTIVE"


class ReviewReason(StrEnum):
    """Why a request to open an account needs a person to look at it."""

    NO_EMAIL_ON_FILE = "NO_EMAIL_ON_FILE"
    ANOTHER_EMAIL = "ANOTHER_EMAIL"
    SHARED_EMAIL = "SHARED_EMAIL"  # on file for another adult of the household too


class Proof(StrEnum):
    """How identity was proved. The e-mail typed in the form alone is none."""

    CALL_BACK = "CALL_BACK"
    LETTER = "LETTER"
    DOCUMENT_SEEN = "DOCUMENT_SEEN"


class Step(StrEnum):
    """Where an account stands between a provisional password and home."""

    PASSWORD = "PASSWORD"  # noqa: S105  # the name of a step
    EMAIL = "EMAIL"
    TERMS = "TERMS"
    HOME = "HOME"


class SecurityChange(StrEnum):
    """A change of how one signs in, told at once to the address on file."""

    PASSWORD = "PASSWORD"  # noqa: S105  # the name of a change
    EMAIL = "EMAIL"
    FACTOR_ADDED = "FACTOR_ADDED"
    FACTOR_REMOVED = "FACTOR_REMOVED"
    RECOVERY_CODES = "RECOVERY_CODES"
    RECOVERY_CODE_USED = "RECOVERY_CODE_USED"


EMAIL_CHANGE = "email-change"
"""What waits when the desk proposes another address for a member: the second person."""


class ReportState(StrEnum):
    WAITING = "WAITING"
    CLOSED = "CLOSED"
