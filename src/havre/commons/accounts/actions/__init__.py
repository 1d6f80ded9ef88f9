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
from havre.commons.accounts.actions.notices import (
    ACCOUNT_CHANGED,
    NotSuspended,
    deny_change,
    restore,
    suspend,
    tell_change,
)
from havre.commons.accounts.actions.opening import (
    REVIEWS_WAITING,
    AlreadyDecided,
    IssuedSecret,
    UnknownReview,
    approve_review,
    issue_provisional,
    make_review_effective,
    open_account,
    refuse_review,
    wait_for_review,
)
from havre.commons.accounts.actions.passwords import (
    KnownAddress,
    PasswordRefused,
    SecretNoLongerOpens,
    choose_password,
)
from havre.commons.accounts.actions.purge import purge
from havre.commons.accounts.actions.requests import (
    TooManyRequests,
    TypedIdentity,
    close_request,
    receive_request,
    take_request,
)
from havre.commons.accounts.actions.sign_in import (
    Answer,
    Closed,
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
    "ACCOUNT_CHANGED",
    "REVIEWS_WAITING",
    "AlreadyDecided",
    "Answer",
    "Closed",
    "CodeExpired",
    "CodeSent",
    "Confirmed",
    "IssuedSecret",
    "KnownAddress",
    "MemberNow",
    "NotSuspended",
    "OpensPersonalisation",
    "PasswordRefused",
    "SecretNoLongerOpens",
    "SignedIn",
    "StaleTerms",
    "TooManyCodes",
    "TooManyRequests",
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
    "deny_change",
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
    "restore",
    "sign_in",
    "suspend",
    "take_request",
    "tell_change",
    "wait_for_review",
]
