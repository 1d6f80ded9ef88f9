"""Every address, and what each method answers to each visitor. An address that is not here fails.

A method that is not declared is answered 405 to everyone. ``"200"`` is a status; ``"sign-in"`` a redirect
to the address of that name.
"""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from havre.commons.content.words import Slug
from tests.house.visitors import As, Owned

Answers = dict[As, str]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def everyone(answer: str) -> Answers:
    return dict.fromkeys(As, answer)


def members(answer: str, *, stranger: str | None = None) -> Answers:
    """A page of the member's own space. A ``stranger`` is answered otherwise where an id is named."""
    return {
        As.NOBODY: "sign-in",
        As.PROVISIONAL: "sign-in",
        As.HALF_WAY: "sign-in",
        As.AT_EMAIL: "confirm-email",
        As.AT_TERMS: "accept-terms",
        As.STRANGER: stranger or answer,
        As.MEMBER: answer,
        As.LAPSED: answer,
    }


def writers(answer: str, *, stranger: str | None = None) -> Answers:
    """A page by which one writes to the team: before accepting the terms too (W2)."""
    return {**members(answer, stranger=stranger), As.AT_TERMS: stranger or answer}


def sensitive(answer: str, *, lapsed: str = "confirm", stranger: str | None = None) -> Answers:
    """A page that asks to confirm it is you: by a redirect, or for a form (``lapsed="403"``) there."""
    return {**members(answer, stranger=stranger), As.LAPSED: lapsed}


def step(who: As, answer: str) -> Answers:
    """A page of the first sign-in: whoever is elsewhere is led to where they stand."""
    return {**members("home"), who: answer}


def read(answers: Answers) -> dict[str, Answers]:
    return {"GET": answers, "HEAD": answers}


SIGNED_IN = {who: "home" for who in As if who not in {As.NOBODY, As.PROVISIONAL, As.HALF_WAY}}
WITHOUT_ACCOUNT = set(As) - SIGNED_IN.keys()
ADDRESSES: dict[str, dict[str, Answers]] = {
    "front": dict.fromkeys(METHODS, everyone("home")),
    "home": read(members("200")),
    "contracts": read(members("200")),
    "contract": read(members("200", stranger="404")),
    "particular-conditions": read(members("200", stranger="404")),
    "general-conditions": read(members("404")),  # the tests' house publishes nothing
    "card": read(members("200")),
    "kept-card": read(members("200", stranger="404")),
    "one-card": read(members("200", stranger="404")),
    "card-wallet": read(members("200", stranger="404")),
    "card-page": read(members("200", stranger="404")),
    "reveal-nirs": {
        **read(members("contract")),
        "POST": members("200", stranger="404"),
    },
    "reimbursements": read(members("200")),
    "claims": read(members("200")),
    "transfer": read(members("200", stranger="404")),
    "statement": read(members("200", stranger="404")),
    "line": read(members("200", stranger="404")),
    "export-csv": read(sensitive("200")),
    "export-xlsx": read(sensitive("200")),
    "certificates": read(members("200", stranger="404")),
    "certificate-new": {**read(members("200", stranger="404")), "POST": members("422")},
    "certificate": read(members("200", stranger="404")),
    "readings": read(members("200")),
    "sharing": {**read(members("200")), "POST": members("404")},
    "own-account": {
        **read(members("200", stranger="404")),
        "POST": members("own-account", stranger="404"),
    },
    "certificate-download": read(members("200", stranger="404")),
    "certificate-revoke": {
        **read(members("200", stranger="404")),
        "POST": members("certificate", stranger="404"),
    },
    "check": {**read(everyone("200")), "POST": everyone("422")},
    "sign-in": {**read({**everyone("200"), **SIGNED_IN}), "POST": everyone("422")},
    "sign-out": {"POST": everyone("sign-in")},
    "create-account": {**read(everyone("200")), "POST": everyone("422")},
    "account-requested": read(everyone("200")),
    "forgotten-password": {**read(everyone("200")), "POST": everyone("422")},
    "forgotten-password-received": read(everyone("200")),
    "forgotten-number": {**read(everyone("200")), "POST": everyone("422")},
    "forgotten-number-received": read(everyone("200")),
    "choose-password": {
        **read({**everyone("sign-in"), As.PROVISIONAL: "200"}),
        "POST": {**everyone("sign-in"), As.PROVISIONAL: "422"},
    },
    "confirm-email": {**read(step(As.AT_EMAIL, "200")), "POST": step(As.AT_EMAIL, "200")},
    # Leads to the step itself whoever was not let in by a letter.
    "give-email": {
        **read(step(As.AT_EMAIL, "confirm-email")),
        "POST": step(As.AT_EMAIL, "confirm-email"),
    },
    "accept-terms": {**read(step(As.AT_TERMS, "200")), "POST": step(As.AT_TERMS, "422")},
    "second-step": {
        **read({**everyone("sign-in"), As.HALF_WAY: "200"}),
        "POST": {**everyone("sign-in"), As.HALF_WAY: "422"},
    },
    "passkey-sign-in": {**read({**everyone("200"), **SIGNED_IN}), "POST": everyone("422")},
    "second-factors": read(members("200")),
    "add-passkey": {**read(sensitive("200")), "POST": sensitive("422", lapsed="403")},
    "begin-app": {"POST": sensitive("add-app", lapsed="403")},
    "add-app": {
        **read(sensitive("second-factors")),  # where none is begun
        "POST": sensitive("second-factors", lapsed="403"),
    },
    "recovery-codes": {**read(sensitive("200")), "POST": sensitive("200", lapsed="403")},
    "remove-factor": {
        **read(sensitive("200", stranger="404")),
        "POST": sensitive("second-factors", stranger="404", lapsed="403"),
    },
    "decline-factors": {"POST": members("home")},
    "confirm": {**read(members("200")), "POST": members("422")},
    "not-me": {**read(everyone("410")), "POST": everyone("410")},
    "not-me-link": read(everyone("not-me")),
    "stop-account": {**read(everyone("410")), "POST": everyone("410")},
    "stop-account-link": read(everyone("stop-account")),
    "bank-accounts": read(members("200")),
    "stop-own-account": {"POST": members("bank-accounts", stranger="404")},
    "account-closed": read(everyone("200")),
    "personal-information": read(members("200")),
    "reveal-own-nirs": {**read(members("personal-information")), "POST": members("200")},
    "correction": read(members("200")),
    "change-email": {**read(sensitive("200")), "POST": sensitive("422", lapsed="403")},
    "confirm-new-email": {
        **read(sensitive("personal-information")),
        "POST": sensitive("personal-information", lapsed="403"),
    },
    "change-address": {
        **read(members("200", stranger="404")),
        "POST": members("422", stranger="404"),
    },
    "change-phone": {  # none is an answer
        **read(members("200", stranger="404")),
        "POST": members("personal-information", stranger="404"),
    },
    "change-language": {
        **read(members("200", stranger="404")),
        "POST": members("422", stranger="404"),
    },
    "change-country": {
        **read(members("200", stranger="404")),
        "POST": members("422", stranger="404"),
    },
    "own-terms": read(members("200")),
    "one-of-own-terms": read(members("200", stranger="404")),
    "own-terms-file": read(members("200", stranger="404")),
    "profile": read(members("200")),
    "choose-theme": {"POST": members("profile")},
    "choose-notices": {"POST": members("profile")},
    "choose-consents": {"POST": members("409")},
    "leave-mails": {**read(everyone("404")), "POST": everyone("404")},  # without a token
    "security": read(members("200")),
    "change-password": {**read(sensitive("200")), "POST": sensitive("200", lapsed="403")},
    "sessions": {**read(members("200")), "POST": members("sessions")},
    "report-access": {**read(members("200")), "POST": members("account-closed")},
    "messages": read(writers("200")),
    "message-new": {**read(writers("200")), "POST": writers("422")},
    "message-new-draft": {"POST": writers("204")},
    "conversation": {
        **read(writers("200", stranger="404")),
        "POST": writers("422", stranger="404"),
    },
    "message-draft": {"POST": writers("204", stranger="404")},
    "live": read({**everyone("404"), **dict.fromkeys(WITHOUT_ACCOUNT, "403")}),  # without a ticket
    "downloads": read(members("200")),
    "download": read(members("404")),  # the tests' house publishes nothing
    "filled-download": {"POST": members("404")},
    "security-information": read(members("200")),
    "emergency": read(everyone("200")),
    "emergency-offline": read(everyone("200")),
    "manifest": read(everyone("200")),
    "service-worker": read(everyone("200")),
    "contact": read(everyone("200")),
    "faq": read(everyone("200")),
    "faq-answer": {"POST": everyone("404")},
    "more": read(members("200")),
    "requests": read(members("200")),
    "request-new": read(members("200")),
    "request-begin": {**read(members("200")), "POST": members("request-draft")},
    "request-draft": read(members("request-step", stranger="404")),
    "request-step": {
        **read(members("200", stranger="404")),
        "POST": members("409", stranger="404"),  # of no version
    },
    "request-check": read(members("200", stranger="404")),
    "request-send": {"POST": members("409", stranger="404")},
    "request-drop": {"POST": members("requests", stranger="404")},
    "request": read(members("200", stranger="404")),
    "request-answer": {"POST": members("request", stranger="404")},
    "request-message": {"POST": members("422", stranger="404")},
    "request-message-draft": {"POST": members("204", stranger="404")},
    "request-withdraw": {
        **read(members("200", stranger="404")),
        "POST": members("request", stranger="404"),
    },
    "request-opinion": {"POST": members("request", stranger="404")},
    "request-receipt": read(members("200", stranger="404")),
    "request-receipt-file": read(members("200", stranger="404")),
    # Nobody of the tests' house has anything to send files for; tests/doors/portal/test_uploads.py has.
    "uploads": {"POST": members("404")},
    "upload": dict.fromkeys(("HEAD", "PATCH", "POST"), members("404")),
    "upload-file": read(members("404")),
    "upload-picture": read(members("404")),
    "logo": read(everyone("404")),  # the tests' house has none
    "mailbox": read(everyone("404")),  # of the demo only
    **{slug.value: read(everyone("200")) for slug in Slug},
}
# What an address is asked with, where it takes an id.
NAMES: dict[str, Any] = {
    "one-of-own-terms": lambda owned: {"id": owned.acceptance},
    "own-terms-file": lambda owned: {"id": owned.acceptance},
    "certificate": lambda owned: {"id": owned.certificate},
    "certificate-download": lambda owned: {"id": owned.certificate},
    "certificate-revoke": lambda owned: {"id": owned.certificate},
    "certificate-new": lambda _owned: {"kind": "membership"},
    "general-conditions": lambda _owned: {"id": "escale-2026"},
    "check": lambda _owned: {"token": "A" * 26},
    "contract": lambda owned: {"id": owned.contract.id},
    "particular-conditions": lambda owned: {"id": owned.contract.id},
    **{
        name: lambda owned: {"contract": owned.contract.id, "person": owned.person.id}
        for name in ("one-card", "card-wallet", "card-page")
    },
    "kept-card": lambda owned: {
        "contract": owned.contract.id,
        "person": owned.person.id,
        "reader": owned.person.id,
    },
    "reveal-nirs": lambda owned: {"id": owned.contract.id},
    "own-account": lambda owned: {"id": owned.adult.id},
    "conversation": lambda owned: {"id": owned.conversation},
    "message-draft": lambda owned: {"id": owned.conversation},
    "transfer": lambda owned: {"id": owned.transfer.id},
    "remove-factor": lambda owned: {"id": owned.factor},
    "not-me-link": lambda _owned: {"token": "no-link-of-ours"},
    "stop-account-link": lambda _owned: {"token": "no-link-of-ours"},
    "stop-own-account": lambda owned: {"id": owned.bank_account},
    **{
        f"change-{what}": lambda owned: {"id": owned.person.id}
        for what in ("address", "phone", "language", "country")
    },
    "statement": lambda owned: {"id": owned.transfer.id},
    "line": lambda owned: {"id": owned.line.id},
    "request-begin": lambda _owned: {"kind": "other"},
    "request-step": lambda owned: {"id": owned.draft, "step": "request"},
    **{
        f"request-{what}": lambda owned: {"id": owned.draft}
        for what in ("draft", "check", "send", "drop")
    },
    "request": lambda owned: {"id": owned.case},
    **{
        f"request-{what}": lambda owned: {"id": owned.case}
        for what in (
            "answer",
            "message",
            "message-draft",
            "withdraw",
            "opinion",
            "receipt",
            "receipt-file",
        )
    },
    "uploads": lambda owned: {"subject": owned.person.id},
    **{
        name: lambda owned: {"subject": owned.person.id, "id": owned.factor}
        for name in ("upload", "upload-file", "upload-picture")
    },
}
# At the root: the same for both languages.
AT_ROOT = {"front", "service-worker"}
# Addresses that take the secret of a mail or of a certificate, which belongs to no household.
BY_SECRET = {"not-me-link", "stop-account-link", "check"}
# What is named belongs to everyone.
BY_NAME = {"certificate-new", "general-conditions", "request-begin"}
# It changes nothing and has no session, and its page is sent without an origin.
WITHOUT_FORM_TOKEN = {"check"}
QUERIES: dict[str, Any] = {
    name: lambda owned: {"person": owned.person.id, "contract": owned.contract.id}
    for name in ("certificates", "certificate-new")
}


def patterns(urls: Any = None) -> Iterator[URLPattern]:
    """Every pattern that Django would answer."""
    for found in urls if urls is not None else get_resolver().url_patterns:
        if isinstance(found, URLPattern):
            yield found
        else:
            yield from patterns(found.url_patterns)


def named_by(name: str, owned: Owned) -> dict[str, Any]:
    names: dict[str, Any] = NAMES[name](owned) if name in NAMES else {}
    return names


def asked_with(name: str, owned: Owned) -> dict[str, str]:
    query = QUERIES[name](owned) if name in QUERIES else {}
    return {key: str(value) for key, value in query.items()}
