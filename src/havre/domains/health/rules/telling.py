"""Whose care is told to whom: pure rules."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from havre.domains.health.words import CareLine, Payee, PrivateCare, Relation, Telling
from havre.foundation.money import Money


def relation(
    *, own: bool, apart: bool, answers_for: bool, adult: bool, discerning: bool, agreed: bool
) -> Relation:
    """What the person of a line is to its reader.

    ``apart``: the reader has left the household. ``answers_for``: the reader answers for the
    household's minors. ``discerning``: old enough for a private life. ``agreed``: the person, of age,
    agreed to share with the reader.
    """
    if own:
        return Relation.OWN
    if apart:
        return Relation.APART
    if not adult and answers_for:
        return Relation.MINOR if discerning else Relation.CHILD
    return Relation.AGREED if adult and agreed else Relation.OTHER


def telling(of: Relation, *, sensitive: bool, withheld: bool) -> Telling:
    """How much of a line is told.

    ``sensitive``: told to no other person, even who agreed or is a minor who can consent. ``withheld``:
    the contract tells not even the amounts of what it does not tell whole.
    """
    if of in {Relation.OWN, Relation.CHILD}:
        return Telling.WHOLE
    if of is Relation.APART:
        return Telling.NOTHING
    if of in {Relation.MINOR, Relation.AGREED} and not sensitive:
        return Telling.WHOLE
    return Telling.NOTHING if withheld else Telling.AMOUNTS


@dataclass(frozen=True)
class Told:
    """What of a transfer's lines is told to a reader: some whole, all others together as amounts.

    ``partial`` where there are lines of which not even the amounts are told.
    """

    lines: tuple[CareLine, ...]
    private: PrivateCare | None
    partial: bool = False

    @property
    def masks(self) -> bool:
        return self.private is not None or self.partial

    @property
    def nothing(self) -> bool:
        """Whether there is something, none of which is told."""
        return self.partial and not self.lines and self.private is None


def tell(lines: Iterable[CareLine], *, telling_of: Callable[[CareLine], Telling]) -> Told:
    """Lines told whole as they are; all masked ones as one row that names nobody."""
    told: dict[Telling, list[CareLine]] = {telling: [] for telling in Telling}
    for line in lines:
        told[telling_of(line)].append(line)
    masked = told[Telling.AMOUNTS]
    return Told(
        lines=tuple(told[Telling.WHOLE]),
        private=_amounts_only(masked) if masked else None,
        partial=bool(told[Telling.NOTHING]),
    )


def names_payee(*, payee: Payee, told: Told) -> bool:
    """Whether the payee may be named: a provider paid for care that is not told would tell it."""
    return not told.masks or (payee is Payee.MEMBER and bool(told.lines))


def payee_told(*, payee: Payee, told: Told) -> Payee:
    """The kind of payee. One provider, paid for told and masked care at once, is named by the told."""
    both = bool(told.lines) and told.masks
    return Payee.NOT_STATED if both and payee is Payee.PROVIDER else payee


def total_told(total: Money, *, told: Told) -> Money:
    """What the told rows of a transfer add up to: the whole, unless amounts are withheld."""
    if not told.partial:
        return total
    rows = (*told.lines, *((told.private,) if told.private else ()))
    return sum((row.reimbursed for row in rows if row.reimbursed), Money.zero(total.currency))


def _amounts_only(lines: list[CareLine]) -> PrivateCare:
    return PrivateCare(
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
