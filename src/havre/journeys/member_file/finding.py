"""Finding a member by whatever they say of themselves, within what one works on."""

import re
from dataclasses import dataclass

from django.db.models import Exists

from havre.commons.cases import queries as cases
from havre.commons.staff.words import Scope
from havre.domains.contracts import queries as contracts
from havre.domains.payments import queries as payments
from havre.domains.people.queries import finding
from havre.domains.people.queries.finding import AfterName, Found
from havre.foundation.identifiers import WrongNumber, check_iban, check_nir
from havre.foundation.phones import WrongPhone, read_phone

PAGE = 25
_HOME = "FR"
"""Where a telephone is, that is said without its country."""
_NUMBERED = re.compile(r"\d")
_SAYS_A_PHONE = re.compile(r"[\s.()/+\d-]{8,}")


@dataclass(frozen=True)
class Sought:
    """What was found; ``near`` where names spelled nearly so are shown, since nobody has this one or
    somebody asked for them."""

    found: Found
    near: bool
    by_name: bool


def find(
    *,
    typed: str,
    scope: Scope,
    near: bool = False,
    after: AfterName | None = None,
    size: int = PAGE,
) -> Sought:
    """People by a name, an adherent number, an e-mail address of today or before, a social security
    number, an IBAN, a telephone or the number of a request: what it is, is told by its form.

    Needs a role of the desk, in no household. Five statements at most, however many are found.
    """
    within = contracts.within(
        products=scope.products, employers=scope.employers, intermediaries=scope.intermediaries
    )
    text = typed.strip()
    if "@" in text:
        found = finding.reached(email=text, within=within, after=after, size=size)
        return Sought(found, near=False, by_name=False)
    if _NUMBERED.search(text):
        found = _by_number(text, within=within, after=after, size=size)
        return Sought(found, near=False, by_name=False)
    found = finding.named(typed=text, near=near, within=within, after=after, size=size)
    if not found.people and not near and after is None:
        found = finding.named(typed=text, near=True, within=within, after=None, size=size)
        return Sought(found, near=True, by_name=True)
    return Sought(found, near=near, by_name=True)


def _by_number(text: str, *, within: Exists | None, after: AfterName | None, size: int) -> Found:
    """All that a number may be."""
    case = cases.case_numbered(text)
    iban = _iban(text)
    holders = payments.holders_of_number(typed=iban) if iban else []
    return finding.reached(
        number=text,
        nir=_nir(text),
        phones=_phones(text),
        people=[person for _household, person in holders],
        memberships=[case.membership] if case else [],
        within=within,
        after=after,
        size=size,
    )


def _nir(text: str) -> str:
    try:
        return check_nir(text, provisional_ok=True)
    except WrongNumber:
        return ""


def _iban(text: str) -> str:
    try:
        return check_iban(text)
    except WrongNumber:
        return ""


def _phones(text: str) -> tuple[str, ...]:
    """As E.164; typed whole, or as one dials it at home."""
    if not _SAYS_A_PHONE.fullmatch(text):
        return ()
    try:
        return (read_phone(text, country=_HOME),)
    except WrongPhone:
        return ()
