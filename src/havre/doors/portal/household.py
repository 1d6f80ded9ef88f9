"""The household as its pages name it."""

from collections.abc import Iterable
from uuid import UUID

from babel.lists import format_list
from django.conf import settings
from django.utils.translation import gettext as _

from havre.domains.contracts import queries as contracts
from havre.domains.contracts.queries import ContractSeen
from havre.domains.contracts.words import Withheld
from havre.domains.health.queries import Reader, reader_of
from havre.domains.health.words import CareLine, Said
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.doors.portal import wording
from havre.doors.portal.page import Viewer
from havre.doors.ui import formats


class Family:
    """The people of the reader's household, the holder first, and the reader among them."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self._seen = contracts.household_of(household=viewer.account.household)
        self.people = people.people_shown(
            self._seen.people, reader=viewer.account.person, on=viewer.today
        )
        self._by_id = {person.id: person for person in self.people}

    def contracts(self, found: list[ContractSeen]) -> list[ContractSeen]:
        """Contracts of the household with the covers that are the reader's to see, and no other."""
        return contracts.contracts_shown(found, people=self._by_id)

    def withholds(self, contract: UUID, what: Withheld) -> bool:
        """Whether the rules of confidentiality of a contract keep something from its members."""
        return contract in self.withholding(what)

    def withholding(self, what: Withheld) -> frozenset[UUID]:
        """The contracts of the household that keep it from their members."""
        return self._seen.contracts_withholding(what)

    @property
    def currency(self) -> str:
        """The currency of every contract of the household; "" where they have none or several."""
        return next(iter(self._seen.currencies)) if len(self._seen.currencies) == 1 else ""

    @property
    def statement_language(self) -> str:
        """The language in which the house writes to the reader, where the page is in another; else "".

        A statement that comes in one language is taken to be in it: its words are shown as they came.
        """
        written = self.viewer.account.language
        return "" if written == self.viewer.language else written

    def as_written(self, said: Said) -> bool:
        """Whether the words are not in the language of the page."""
        return bool(self.statement_language) and said.english is None

    def any_as_written(self, lines: Iterable[CareLine]) -> bool:
        return any(self.as_written(line.act) for line in lines)

    def category(self, line: CareLine) -> str:
        """The category of a line in words of the page, where the line's own are in another language."""
        return wording.category(line.category) if self.as_written(line.act) else ""

    def get(self, person: UUID) -> PersonSeen | None:
        return self._by_id.get(person)

    @property
    def reader(self) -> PersonSeen | None:
        return self.get(self.viewer.account.person)

    def is_reader(self, person: UUID) -> bool:
        return person == self.viewer.account.person

    def is_adult(self, person: PersonSeen) -> bool:
        return person.is_adult(on=self.viewer.today, majority=settings.HAVRE.MAJORITY_AGE)

    def is_minor(self, person: UUID) -> bool:
        known = self._by_id.get(person)
        return known is not None and not self.is_adult(known)

    def first_name(self, person: UUID) -> str:
        known = self._by_id.get(person)
        return known.first_name if known else _("Someone in your household")

    def first_names(self, ids: Iterable[UUID]) -> str:
        """``Claire, Inès et Jules``."""
        names = [self.first_name(person) for person in ids]
        return format_list(names, locale=formats.locale())

    def care_reader(self) -> Reader:
        """The one who reads, as the queries about care ask to know them."""
        return reader_of(
            household=self.viewer.account.household,
            person=self.viewer.account.person,
            seen=self._seen,
            on=self.viewer.today,
            majority=settings.HAVRE.MAJORITY_AGE,
        )
