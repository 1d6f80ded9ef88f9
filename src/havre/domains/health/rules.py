"""Whose care is told to whom: pure rules."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from havre.domains.health.words import CareLine, Payee, PrivateCare
from havre.foundation.money import Money


def sees_care(*, own: bool, adult: bool, answers_for_minors: bool) -> bool:
    """Everyone sees their own care, and who answers for the minors theirs. Of the rest, amounts only."""
    return own or (answers_for_minors and not adult)


@dataclass(frozen=True)
class Told:
    """What of a transfer's lines is told to a reader: some whole, the others as amounts."""

    lines: tuple[CareLine, ...]
    private: tuple[PrivateCare, ...]


def tell(lines: Iterable[CareLine], *, visible: Collection[UUID]) -> Told:
    """Lines of the visible people as they are; those of each other person as one row, after them.

    The row stands after all others, so that its place says nothing of the day of care.
    """
    whole, hidden = [], dict[UUID, list[CareLine]]()
    for line in lines:
        if line.person in visible:
            whole.append(line)
        else:
            hidden.setdefault(line.person, []).append(line)
    private = tuple(_amounts_only(person, hidden[person]) for person in sorted(hidden))
    return Told(tuple(whole), private)


def names_payee(*, payee: Payee, told: Told) -> bool:
    """Whether the payee may be named: a provider paid for care that is not told would tell it."""
    return not told.private or (payee is Payee.MEMBER and bool(told.lines))


def payee_told(*, payee: Payee, told: Told) -> Payee:
    """The kind of payee. One provider, paid for told and masked care at once, is named by the told."""
    both = bool(told.lines and told.private)
    return Payee.NOT_STATED if both and payee is Payee.PROVIDER else payee


def _amounts_only(person: UUID, lines: list[CareLine]) -> PrivateCare:
    return PrivateCare(
        person=person,
        cost=_sum(line.cost for line in lines),
        primary=_sum(line.primary for line in lines),
        other=_sum(line.other for line in lines),
        # What was transferred adds up, line by line, to the total of the transfer.
        reimbursed=_sum(line.reimbursed for line in lines if line.reimbursed is not None),
        left=_sum(line.left for line in lines),
    )


def _sum(amounts: Iterable[Money | None]) -> Money | None:
    """The sum where every amount is stated; a part of it would read as the whole."""
    known = list(amounts)
    stated = [amount for amount in known if amount is not None]
    if not stated or len(stated) < len(known):
        return None
    return sum(stated[1:], stated[0])
