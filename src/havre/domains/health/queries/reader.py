"""Who reads care, and the one place that says which lines are told to them.

The same answer in two forms: :meth:`Reader.telling` of a line in hand, and :func:`told` and
:func:`shown` as predicates of the database, for every query, total, filter, export and meter. ``TOLD``
and ``SHOWN`` are these predicates with blanks, for prepared reads: ``reader.given`` fills them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, Q, UUIDField, Value
from django.db.models.functions import Coalesce

from havre.domains.contracts.queries import HouseholdSeen, rules_of_confidentiality
from havre.domains.contracts.words import Withheld
from havre.domains.health.rules import telling as rules
from havre.domains.health.words import CareLine, Category, Relation, Telling
from havre.domains.people.queries import PersonSeen
from havre.foundation.db.reading import AnyOf, Given


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One person of one household, and what the others are to them; of whoever is not named, an adult.

    ``apart`` once they have left it. ``quiet`` are contracts that withhold the amounts of care that
    they do not tell; ``unguaranteed`` those that withhold which guarantee paid a line.
    """

    household: UUID
    person: UUID
    others: Mapping[UUID, Relation] = field(default_factory=dict)
    apart: bool = False
    quiet: frozenset[UUID] = frozenset()
    unguaranteed: frozenset[UUID] = frozenset()
    sensitive: frozenset[Category] = frozenset()

    def relation(self, person: UUID) -> Relation:
        if person == self.person:
            return Relation.OWN
        return Relation.APART if self.apart else self.others.get(person, Relation.OTHER)

    def telling(self, line: CareLine) -> Telling:
        """How much of a line is told."""
        return rules.telling(
            self.relation(line.person),
            sensitive=line.sensitive or line.category in self.sensitive,
            withheld=line.contract in self.quiet,
        )

    def tells(self, line: CareLine) -> bool:
        """Whether a line is told whole."""
        return self.telling(line) is Telling.WHOLE

    def tells_all_of(self, person: UUID) -> bool:
        """Whether even the sensitive care of a person is told: what counts all of it may then be told."""
        relation = self.relation(person)
        return rules.telling(relation, sensitive=True, withheld=False) is Telling.WHOLE

    @property
    def withholds(self) -> bool:
        """Whether there may be lines of which this reader is not told even the amounts."""
        return self.apart or bool(self.quiet)

    def visible(self, *, sensitive: bool = False) -> frozenset[UUID]:
        """Whose care is told whole, where it is not sensitive or where it is."""
        told = (
            one
            for one in {self.person, *self.others}
            if rules.telling(self.relation(one), sensitive=sensitive, withheld=False)
            is Telling.WHOLE
        )
        return frozenset(told)

    @property
    def given(self) -> dict[str, Any]:
        """The values of the blanks of ``TOLD`` and ``SHOWN``."""
        return {
            "visible": list(self.visible()),
            "intimate": list(self.visible(sensitive=True)),
            "sensitive": sorted(self.sensitive),
            "quiet": list(self.quiet),
            "apart": self.apart,
        }


def reader_of(
    *, household: UUID, person: UUID, seen: HouseholdSeen, on: date, majority: int
) -> Reader:
    """The person as a reader, on that day, by the rules in force."""
    rules_in_force = rules_of_confidentiality()
    everyone = {one.id: one for one in seen.people}
    me = everyone.pop(person, None)
    apart = me is None or me.has_left(on=on)

    def relation(one: PersonSeen) -> Relation:
        left = one.has_left(on=on)
        return rules.relation(
            own=False,
            apart=apart,
            answers_for=me is not None and me.link.answers_for_minors and not left,
            adult=one.is_adult(on=on, majority=majority),
            discerning=one.is_adult(on=on, majority=rules_in_force.private_from_age),
            agreed=person in one.shares_with and not left,
        )

    return Reader(
        household=household,
        person=person,
        others={one.id: relation(one) for one in everyone.values()},
        apart=apart,
        quiet=seen.contracts_withholding(Withheld.AMOUNTS_OF_OTHERS),
        unguaranteed=seen.contracts_withholding(Withheld.LINE_GUARANTEE),
        sensitive=frozenset(map(Category, rules_in_force.sensitive)),
    )


def reader_at_desk(*, household: UUID, people: Iterable[UUID]) -> Reader:
    """Somebody of the desk who opened the household's health: told everybody's care whole.

    What they may read is for the database to say, which shows nothing without an opening.
    """
    first, *others = [*people, _NOBODY]
    return Reader(household=household, person=first, others=dict.fromkeys(others, Relation.OWN))


def told(reader: Reader, *, of: UUID | None = None) -> Q:
    """Lines told whole to the reader: the only ones that a search by what care was may match.

    Of one person alone with ``of``, none where nothing of theirs is told.
    """
    values = reader.given
    if of is not None:
        values |= {name: [of] if of in values[name] else [] for name in ("visible", "intimate")}
    return _told(**_as_values(values))


def shown(reader: Reader) -> Q:
    """Lines told whole, or whose amounts enter "private care": the only ones that count in a sum."""
    return _shown(**_as_values(reader.given))


def _told(*, visible: Value, intimate: Value, sensitive: Value, **_rest: Value) -> Q:
    ordinary = Q(sensitive=False) & ~Q(AnyOf(F("category"), sensitive))
    return _of_one_of(intimate) | (_of_one_of(visible) & ordinary)


def _of_one_of(people: Value) -> Q:
    """Not bare, since the planner does not know that people are of one household.

    It would take the lines of these two among the household's for one in many thousands, and read and
    sort them all rather than in the order of a list. Of a ``COALESCE`` it assumes half.
    """
    return Q(Coalesce(AnyOf(F("person_id"), people), False))


def _shown(*, quiet: Value, apart: Value, **rest: Value) -> Q:
    withheld = Q(AnyOf(Coalesce("contract_id", _NO_CONTRACT), quiet))
    return _told(**rest) | (~Q(apart) & ~withheld)


def _as_values(given: Mapping[str, Any]) -> dict[str, Value]:
    return {name: Value(value) for name, value in given.items()}


_NOBODY = UUID(int=0)
_NO_CONTRACT = Value(UUID(int=0), output_field=UUIDField())
_BLANKS: dict[str, Value] = {
    name: Given(name) for name in ("visible", "intimate", "sensitive", "quiet")
}
_BLANKS["apart"] = Given("apart", output_field=BooleanField())
TOLD = _told(**_BLANKS)
SHOWN = _shown(**_BLANKS)
