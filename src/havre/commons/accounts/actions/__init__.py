"""Everything that changes who may sign in."""

from havre.commons.accounts.actions.confirming import Confirmed, confirm_password
from havre.commons.accounts.actions.email import (
    CodeExpired,
    CodeSent,
    TooManyCodes,
    confirm_email,
    issue_email_code,
)
from havre.commons.accounts.actions.following import MemberNow, follow_members
from havre.commons.accounts.actions.opening import (
    REVIEWS_WAITING,
    AlreadyDecided,
    IssuedSecret,
    TypedIdentity,
    UnknownReview,
    approve_review,
    close_request,
    issue_provisional,
    make_review_effective,
    open_account,
    receive_request,
    refuse_review,
    take_request,
    wait_for_review,
)
from havre.commons.accounts.actions.passwords import (
    PasswordRefused,
    SecretNoLongerOpens,
    choose_password,
)
from havre.commons.accounts.actions.purge import purge
from havre.commons.accounts.actions.sign_in import (
    OpensPersonalisation,
    SignedIn,
    Typed,
    Waits,
    WrongPair,
    know_device,
    note_sign_in,
    sign_in,
)
from havre.commons.accounts.actions.terms import StaleTerms, accept_terms

__all__ = [
    "REVIEWS_WAITING",
    "AlreadyDecided",
    "CodeExpired",
    "CodeSent",
    "Confirmed",
    "IssuedSecret",
    "MemberNow",
    "OpensPersonalisation",
    "PasswordRefused",
    "SecretNoLongerOpens",
    "SignedIn",
    "StaleTerms",
    "TooManyCodes",
    "Typed",
    "TypedIdentity",
    "UnknownReview",
    "Waits",
    "WrongPair",
    "accept_terms",
    "approve_review",
    "choose_password",
    "close_request",
    "confirm_email",
    "confirm_password",
    "follow_members",
    "issue_email_code",
    "issue_provisional",
    "know_device",
    "make_review_effective",
    "note_sign_in",
    "open_account",
    "purge",
    "receive_request",
    "refuse_review",
    "sign_in",
    "take_request",
    "wait_for_review",
]
