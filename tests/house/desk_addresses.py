"""Every address of the desk, and what each method answers to each visitor: no one, half-way, and every role.

A page that is here and answers otherwise fails, and so does one that is not here. ``"200"`` is a status;
``"sign-in"`` a redirect to the address of that name. Roles that may not are answered 403.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from django.urls import URLPattern, get_resolver

from havre.commons.staff.words import StaffRole


class At(StrEnum):
    """Who can stand at the desk's door beside those at work."""

    NOBODY = "nobody"
    HALF_WAY = "after the password, before the second factor"
    NO_FACTOR = "signed in, without a second factor yet"
    LAPSED = "administrator who has not proved who they are for a while"


Who = At | StaffRole
EVERYONE: tuple[Who, ...] = (*At, *StaffRole)
Answers = dict[Who, str]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
A, H, M, S, E, V, D, B = StaffRole


def everyone(answer: str) -> Answers:
    return dict.fromkeys(EVERYONE, answer)


def at_work(answer: str, *roles: StaffRole) -> Answers:
    """A page for these roles, for all of them by default; the others are told that it is not theirs."""
    may = roles or tuple(StaffRole)
    return {
        **everyone("403"),
        **dict.fromkeys(may, answer),
        At.NOBODY: "sign-in",
        At.HALF_WAY: "sign-in",
        At.NO_FACTOR: "second-factors",
        At.LAPSED: answer if StaffRole.ADMINISTRATOR in may else "403",
    }


def sensitive(answer: str, *roles: StaffRole) -> Answers:
    """The same, which asks to confirm first."""
    answers = at_work(answer, *roles)
    return answers | ({At.LAPSED: "confirm"} if answers[At.LAPSED] == answer else {})


def setting_up(answer: str) -> Answers:
    """A page about one's own factors, which who has none opens too; it asks to confirm first."""
    return {**sensitive(answer), At.NO_FACTOR: answer}


def read(answers: Answers) -> dict[str, Answers]:
    return {"GET": answers, "HEAD": answers}


READERS = (A, H, M, S, V, D)


def deciding(answer: str, *, otherwise: str) -> Answers:
    """An act on what waits: those who read without deciding are answered ``otherwise``."""
    return {**at_work(answer, *READERS), V: otherwise, D: otherwise}


FIND = (A, H, M, S, V, D)  # who finds members and reads their file
ADDRESSES: dict[str, dict[str, Answers]] = {
    "front": dict.fromkeys(METHODS, everyone("home")),
    "home": read(at_work("200")),
    "messages": read(at_work("200", A, H, M, S, V)),
    "message": {
        **read(at_work("404", A, H, M, S, V)),  # of a household that is not there
        "POST": at_work("404", A, H, M, S, V),
    },
    "uploads": {"POST": at_work("404", A, H, M, S, V)},
    "upload": dict.fromkeys(("HEAD", "PATCH", "POST"), at_work("404", A, H, M, S, V)),
    "upload-file": read(at_work("404", A, H, M, S, V)),
    "upload-picture": read(at_work("404", A, H, M, S, V)),
    "message-draft": {"POST": at_work("404", A, H, M, S, V)},
    "member-messages": {
        **read(at_work("200", A, H, M, S, V)),
        "POST": at_work("member-messages", A, H, M, S, V),
    },
    "message-close": {"POST": at_work("404", A, H, M, S, V)},
    "message-open": {"POST": at_work("404", H, M)},
    "figures": read(at_work("200", S, D)),
    "figures-csv": read(at_work("200", S, D)),
    "figures-xlsx": read(at_work("200", S, D)),
    "live": read(
        {**everyone("404"), **dict.fromkeys((At.NOBODY, At.HALF_WAY, At.NO_FACTOR), "403")}
    ),
    "content": read(at_work("200", E)),
    "content-entry": {
        **read(at_work("200", E)),
        "POST": at_work("409", E),
    },  # sent without its step
    "content-change": {"POST": at_work("content-entry", E)},
    "content-preview": read(at_work("200", E)),
    "content-publish": {**read(at_work("200", E)), "POST": at_work("422", E)},
    "content-history": read(at_work("200", E)),
    "content-version": {**read(at_work("404", E)), "POST": at_work("404", E)},  # none is published
    "roles": read(at_work("200")),
    "queue": read(at_work("200", *READERS)),
    "queue-next": {"POST": deciding("request", otherwise="queue")},
    "queue-act": {"POST": at_work("queue", *READERS)},
    "queue-take": {"POST": deciding("request", otherwise="queue")},
    "thing": {
        **read(deciding("200", otherwise="404")),
        "POST": deciding("409", otherwise="404"),  # nothing is chosen
    },
    "request": read(at_work("200", *READERS)),
    "request-news": read(at_work("200", *READERS)),
    "request-preview": {"POST": at_work("200", *READERS)},
    "request-take": {"POST": deciding("request", otherwise="409")},
    "request-decide": {"POST": at_work("409", *READERS)},  # no reason is given
    "request-ask": {"POST": at_work("409", *READERS)},
    "request-second": {"POST": at_work("409", *READERS)},
    "request-acknowledge": {"POST": deciding("request", otherwise="409")},
    "request-undo": {"POST": at_work("404", *READERS)},
    "request-note": {"POST": at_work("request", *READERS)},
    "request-write": {"POST": at_work("422", A, H, M, S, V)},  # nothing is written
    "request-typed": {"POST": at_work("204", A, H, M, S, V)},
    "request-open": {"POST": at_work("request", H, M)},
    "request-paper": read(at_work("404", *READERS)),
    "request-picture": read(at_work("404", *READERS)),
    "language": read(everyone("home")),
    "sign-in": {
        **read({**everyone("home"), At.NOBODY: "200", At.HALF_WAY: "200"}),
        "POST": everyone("422"),
    },
    "second-step": {
        **read({**everyone("sign-in"), At.HALF_WAY: "200"}),
        "POST": {**everyone("sign-in"), At.HALF_WAY: "422"},
    },
    "sign-out": {"POST": everyone("sign-in")},
    "invitation": {**read(everyone("200")), "POST": everyone("422")},
    "confirm": {**read(at_work("200")), "POST": at_work("422")},
    "profile": read(at_work("200")),
    "choose-language": {"POST": at_work("profile")},
    "change-password": {**read(sensitive("200")), "POST": sensitive("422")},
    "sessions": {**read(at_work("200")), "POST": at_work("sessions")},
    "second-factors": read({**at_work("200"), At.NO_FACTOR: "200"}),
    "add-passkey": {**read(setting_up("200")), "POST": setting_up("422")},
    "begin-app": {"POST": {**setting_up("second-factors"), At.NO_FACTOR: "add-app"}},
    "add-app": {
        **read(setting_up("second-factors")),  # where none is begun
        "POST": setting_up("second-factors"),
    },
    "recovery-codes": {**read(sensitive("200")), "POST": sensitive("200")},
    "remove-factor": {**read(sensitive("404")), "POST": sensitive("404")},  # somebody else's
    "members": {**read(at_work("200", *FIND)), "POST": at_work("members", *FIND)},
    "member": read(at_work("200", *FIND)),
    "member-nir": {**read(at_work("member", *FIND)), "POST": at_work("200", *FIND)},
    "member-account": {
        **read(at_work("200", A, H, S)),
        "POST": at_work("422", A, H, S),
    },
    "member-departure": {
        **read(at_work("200", A, H, S)),
        "POST": at_work("422", A, H, S),
    },
    "member-note": {"POST": at_work("member", *FIND)},
    "member-open": {"POST": at_work("422", H, M)},
    "member-close": {"POST": at_work("member", H, M)},
    "member-contact": {**read(at_work("200", A, H, S)), "POST": at_work("422", A, H, S)},
    "for-new": read(at_work("200", A, H, S)),
    "for-begin": {**read(at_work("200", A, H, S)), "POST": at_work("422", A, H, S)},
    **{  # of a draft that is not there
        name: read(at_work("404", A, H, S))
        for name in ("for-draft", "for-check", "for-receipt", "for-receipt-file")
    },
    "for-step": {**read(at_work("404", A, H, S)), "POST": at_work("404", A, H, S)},
    "for-send": {"POST": at_work("404", A, H, S)},
    "for-open": {"POST": at_work("404", A, H, S)},
    "for-drop": {"POST": at_work("for-new", A, H, S)},
    "for-uploads": {"POST": at_work("404", A, H, S)},
    "for-upload": dict.fromkeys(("HEAD", "PATCH", "POST"), at_work("404", A, H, S)),
    "for-upload-file": read(at_work("404", A, H, S)),
    "for-upload-picture": read(at_work("404", A, H, S)),
    "openings": read(at_work("200", D, B)),
    "staff": read(at_work("200", B)),
    "staff-invite": {**read(sensitive("200", B)), "POST": sensitive("422", B)},
    "staff-member": {**read(sensitive("200", B)), "POST": sensitive("422", B)},
    "staff-again": {**read(sensitive("200", B)), "POST": sensitive("staff", B)},
    "staff-end": {**read(sensitive("200", B)), "POST": sensitive("staff", B)},
}
# What an address is asked with, where it takes an id.
NAMES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "invitation": lambda world: {"id": world.invitation},
    **{
        name: lambda world: {"household": world.colleague, "id": world.colleague}
        for name in ("message", "message-draft", "message-close", "message-open")
    },
    **{
        name: lambda _world: {"kind": "faq"}
        for name in ("content-entry", "content-change", "content-publish", "content-history")
    },
    "content-preview": lambda _world: {"kind": "faq", "language": "fr"},
    "content-version": lambda _world: {"kind": "faq", "number": 1},
    "uploads": lambda world: {"household": world.colleague, "subject": world.colleague},
    **{
        name: lambda world: {
            "household": world.colleague,
            "subject": world.colleague,
            "id": world.factor,
        }
        for name in ("upload", "upload-file", "upload-picture")
    },
    "remove-factor": lambda world: {"id": world.factor},
    **{
        name: lambda world: {"membership": world.membership}
        for name in (
            "member",
            "member-account",
            "member-departure",
            "member-nir",
            "member-note",
            "member-messages",
            "member-open",
            "member-close",
            "for-new",
        )
    },
    "member-contact": lambda world: {"membership": world.membership, "what": "phone"},
    "for-begin": lambda world: {"membership": world.membership, "kind": "other"},
    "for-step": lambda world: {
        "membership": world.membership,
        "id": world.case,
        "step": "request",
    },
    **{
        name: lambda world: {"membership": world.membership, "id": world.case}
        for name in (
            *("for-draft", "for-check", "for-receipt", "for-receipt-file"),
            *("for-send", "for-open", "for-drop"),
        )
    },
    "for-uploads": lambda world: {"membership": world.membership, "subject": world.case},
    **{
        name: lambda world: {
            "membership": world.membership,
            "subject": world.case,
            "id": world.factor,
        }
        for name in ("for-upload", "for-upload-file", "for-upload-picture")
    },
    **{name: lambda world: {"id": world.item} for name in ("queue-take", "thing")},
    **{
        name: lambda world: {"id": world.case}
        for name in (
            *(
                "request",
                "request-news",
                "request-preview",
                "request-take",
                "request-decide",
                "request-ask",
            ),
            *("request-second", "request-acknowledge", "request-undo", "request-note"),
            *("request-write", "request-typed", "request-open"),
        )
    },
    **{
        name: lambda world: {"id": world.case, "paper": world.case}
        for name in ("request-paper", "request-picture")
    },
    **{
        name: lambda world: {"id": world.colleague}
        for name in ("staff-member", "staff-again", "staff-end")
    },
}
AT_ROOT = {"front"}


def patterns(urls: Any = None) -> Iterator[URLPattern]:
    """Every pattern that the desk would answer."""
    for found in urls if urls is not None else get_resolver().url_patterns:
        if isinstance(found, URLPattern):
            yield found
        else:
            yield from patterns(found.url_patterns)
