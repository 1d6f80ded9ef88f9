"""What the records of a batch must be to each other: unique, of one household, and adding up."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from havre.foundation.identifiers import adherent_key
from havre.journeys.loading.batch import Batch, Reference, ReferenceKind
from havre.journeys.loading.problems import Located, Location, Problems, shown
from havre.journeys.loading.records import BankAccount, Contract, Line, Person, Transfer

_Named: TypeAlias = tuple[ReferenceKind, str, str, str | None]
_ById: TypeAlias = dict[str, dict[str, Located[Any]]]


def check_agreement(batch: Batch, problems: Problems) -> Iterable[Reference]:
    """Adds what does not agree to ``problems`` and returns what the batch leaves to be resolved."""
    return _Agreement(batch, problems).check()


class _Agreement:
    def __init__(self, batch: Batch, problems: Problems) -> None:
        self._batch = batch
        self._problems = problems
        self._unresolved: dict[_Named, Reference] = {}
        self._persons = self._indexed(batch.persons)
        self._contracts = self._indexed(batch.contracts)
        self._transfers = self._indexed(batch.transfers)
        self._companies = self._indexed(batch.companies)
        self._intermediaries = self._indexed(batch.intermediaries)
        self._formulas = self._indexed(batch.formulas, source="product", external_id="code")
        self._by_kind = {
            "person": self._persons,
            "contract": self._contracts,
            "transfer": self._transfers,
        }

    def check(self) -> Iterable[Reference]:
        households = self._check_households()
        self._check_adherent_numbers()
        for contract in self._batch.contracts:
            self._check_contract(contract, households)
        self._check_bank_accounts()
        for transfer in self._batch.transfers:
            self._in_household(transfer, households)
        self._check_lines()
        return self._unresolved.values()

    def _wrong(self, located: Located[Any], field: str | None, why: str) -> None:
        self._problems.add(located.location, field, why)

    def _indexed(
        self,
        records: Iterable[Located[Any]],
        *,
        source: str = "source",
        external_id: str = "external_id",
    ) -> _ById:
        """By source, then external id: with a million lines, a tuple a key would weigh too much."""
        index: _ById = {}
        for located in records:
            ours = index.setdefault(getattr(located.record, source), {})
            name = getattr(located.record, external_id)
            if (first := ours.setdefault(name, located)) is not located:
                self._wrong(located, external_id, _twice(name, first.location))
        return index

    # --- Members ---------------------------------------------------------------------------------

    def _check_households(self) -> set[tuple[str, str]]:
        """One holder a household. A household whose holder is not here may have one already."""
        holders: dict[tuple[str, str], Located[Person]] = {}
        first_of: dict[tuple[str, str], Located[Person]] = {}
        for located in self._batch.persons:
            person = located.record
            household = (person.source, person.household)
            first_of.setdefault(household, located)
            if person.link == "HOLDER":
                holder = holders.setdefault(household, located)
                if holder is not located:
                    why = f"the household {shown(person.household)} has another holder"
                    self._wrong(located, "link", f"{why}: {holder.location}")
        for key in sorted(first_of.keys() - holders.keys()):
            self._leave("holder", *key, None, first_of[key], "household")
        return set(first_of)

    def _check_adherent_numbers(self) -> None:
        """An adherent number is one person's in the whole installation, whoever keeps the record."""
        holders: dict[str, Located[Person]] = {}
        for located in self._batch.persons:
            number = located.record.adherent_number
            if isinstance(number, str):
                first = holders.setdefault(adherent_key(number), located)
                if first is not located:
                    why = f"is another person's number already: {first.location}"
                    self._wrong(located, "adherent_number", why)

    def _in_household(
        self,
        located: Located[Contract] | Located[Transfer],
        households: set[tuple[str, str]],
    ) -> None:
        record = located.record
        if (record.source, record.household) not in households:
            self._leave("household", record.source, record.household, None, located, "household")

    def _check_contract(self, located: Located[Contract], households: set[tuple[str, str]]) -> None:
        self._in_household(located, households)
        contract = located.record
        source = contract.source
        if contract.employer and contract.employer not in self._companies.get(source, ()):
            self._leave("company", source, contract.employer, None, located, "employer")
        agent = contract.intermediary
        if agent and agent not in self._intermediaries.get(source, ()):
            self._leave("intermediary", source, agent, None, located, "intermediary")
        product, formula = contract.product, contract.formula
        if product and formula and formula not in self._formulas.get(product, ()):
            self._leave("formula", product, formula, None, located, "formula")
        for place, cover in enumerate(contract.covers):
            self._same_household("person", cover.person, located, f"covers[{place}].person")

    def _check_bank_accounts(self) -> None:
        """One a person and currency: two would leave open where a refund goes."""
        self._indexed(self._batch.bank_accounts)
        first_of: dict[tuple[str, str, str], Located[Any]] = {}
        for located in self._batch.bank_accounts:
            account = located.record
            self._same_household("person", account.person, located, "person")
            key = (account.source, account.person, account.currency)
            if (first := first_of.setdefault(key, located)) is not located:
                why = f"has another account in {account.currency}: {first.location}"
                self._wrong(located, "person", why)

    # --- Statements ------------------------------------------------------------------------------

    def _check_lines(self) -> None:
        sums: dict[tuple[str, str], Decimal] = {}
        mixed: set[tuple[str, str]] = set()
        external_ids: dict[str, dict[str, Location]] = {}
        elsewhere: set[tuple[str, str, str, str | None]] = set()
        for located in self._batch.lines:
            line = located.record
            ours = external_ids.setdefault(line.source, {})
            if (first := ours.setdefault(line.external_id, located.location)) is not (
                located.location
            ):
                self._wrong(located, "external_id", _twice(line.external_id, first))
            named = (line.source, line.household, line.person, line.contract)
            if named not in elsewhere and not self._holds_person_or_contract(located):
                elsewhere.add(named)
            if line.transfer is not None:
                key = (line.source, line.transfer)
                if not self._same_currency(located):
                    mixed.add(key)
                    continue
                try:
                    sums[key] = sums.get(key, _NOTHING) + (line.reimbursed or _NOTHING)
                except ArithmeticError:  # no amount, as was told of the line itself
                    mixed.add(key)
        self._check_totals(sums, mixed)

    def _holds_person_or_contract(self, located: Located[Line]) -> bool:
        """Whether the batch holds either; if not, nothing more is to be said of lines that name both."""
        line = located.record
        found = [self._same_household("person", line.person, located, "person")]
        if line.contract is not None:
            found.append(self._same_household("contract", line.contract, located, "contract"))
        return any(found)

    def _same_currency(self, located: Located[Line]) -> bool:
        line = located.record
        transfer = self._same_household("transfer", line.transfer or "", located, "transfer")
        if transfer is None or transfer.record.currency == line.currency:
            return True
        why = f"{line.currency} is not its transfer's currency, {transfer.record.currency}"
        self._wrong(located, "currency", why)
        return False

    def _check_totals(
        self, sums: dict[tuple[str, str], Decimal], mixed: set[tuple[str, str]]
    ) -> None:
        for located in self._batch.transfers:
            transfer = located.record
            key = (transfer.source, transfer.external_id)
            summed = sums.get(key, _NOTHING)
            if transfer.total != summed and key not in mixed and _can_be_told(summed):
                why = f"{transfer.total:f} is not what its lines reimburse, {summed:f}"
                self._wrong(located, "total", f"{why} {transfer.currency}")

    # --- References ------------------------------------------------------------------------------

    def _same_household(
        self,
        kind: Literal["person", "contract", "transfer"],
        external_id: str,
        located: Located[BankAccount] | Located[Contract] | Located[Line],
        field: str,
    ) -> Located[Any] | None:
        """What is referred to, if the batch holds it; it must be of the same household."""
        record = located.record
        found = self._by_kind[kind].get(record.source, _NONE).get(external_id)
        if found is None:
            self._leave(kind, record.source, external_id, record.household, located, field)
        elif found.record.household != record.household:
            why = f"the {kind} {shown(external_id)} is of another household: {found.location}"
            self._wrong(located, field, why)
        return found

    def _leave(
        self,
        kind: ReferenceKind,
        source: str,
        external_id: str,
        household: str | None,
        located: Located[Any],
        field: str,
    ) -> None:
        key: _Named = (kind, source, external_id, household)
        if key not in self._unresolved:
            self._unresolved[key] = Reference(*key, located.location, field)


_NOTHING: Final = Decimal(0)
_DIGITS: Final = 28  # as many as decimal arithmetic keeps
_NONE: Final[dict[str, Located[Any]]] = {}


def _can_be_told(summed: Decimal) -> bool:
    """A sum of what are no amounts would follow from what was told of its lines."""
    return summed.is_finite() and abs(summed.adjusted()) < _DIGITS


def _twice(name: str, first: Location) -> str:
    return f"{shown(name)} stands twice; first in {first}"
