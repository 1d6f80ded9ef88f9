"""Fictional households by the thousand, the same for the same sizes and day, put in by COPY."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from havre.commons.accounts.access import SessionStore
from havre.commons.accounts.models import Account
from havre.commons.content import queries as content
from havre.foundation.crypto import Place, vault

SOURCE = "BENCH"
SEED = 20_261_122
LARGEST = 50
FAMILY_NAMES = ("Exemple", "Modèle", "Essai", "Martin-Fictif", "Nguyên", "D’Invention", "Öztürk")
FIRST_NAMES = ("Nathalie", "Karim", "Léa", "Émile", "Inès", "Hugo", "Chloé", "Sacha", "Nour")
COUNTRIES = ("MX", "SG", "AE", "US", "MA", "JP", "BR", "ZA", "AU", "CA")
_KINDS = {
    "household": 1,
    "person": 2,
    "membership": 3,
    "contract": 4,
    "cover": 5,
    "option": 6,
    "account": 7,
    "acceptance": 8,
    "transfer": 9,
    "formula": 10,
}


def made_id(kind: str, number: int) -> UUID:
    """Ids in the order of their numbers, as ids drawn from the clock are."""
    return UUID(int=(0x0190 << 112) | (_KINDS[kind] << 96) | (0x7 << 76) | (0x8 << 60) | number)


@dataclass(frozen=True)
class Household:
    """``people`` are numbers of persons, the holder first; ``contracts`` numbers of contracts."""

    number: int
    people: range
    contracts: range
    lines: int

    @property
    def id(self) -> UUID:
        return made_id("household", self.number)

    @property
    def key(self) -> str:
        return f"H{self.number:07}"

    @property
    def session(self) -> str:
        return f"bench{self.number:027}"


def households(count: int, lines: int, *, special: Sequence[int] = ()) -> list[Household]:
    """``count`` ordinary households with ``lines`` lines in all, then one for each of ``special``.

    A special household has that many lines: lists of that length. Its people and contracts are no
    more than :data:`LARGEST`: there is no such family, and each is told with all of the others.
    """
    draw = random.Random(SEED)  # noqa: S311 - the same each time is the purpose
    made: list[Household] = []
    people = contracts = 0
    for number in range(count + len(special)):
        if number < count:
            sizes = draw.choice((1, 1, 2, 2, 3, 4)), draw.choice((1, 1, 1, 2)), lines // count
        else:
            rows = special[number - count]
            sizes = min(rows, LARGEST), min(rows, LARGEST), rows
        made.append(
            Household(
                number,
                range(people, people + sizes[0]),
                range(contracts, contracts + sizes[1]),
                sizes[2],
            )
        )
        people, contracts = people + sizes[0], contracts + sizes[1]
    return made


def put_in(connection: Any, made: Sequence[Household], *, day: date) -> None:
    """The households with their people, contracts, covers, accounts and open sessions.

    ``connection`` is a superuser's: COPY is refused under row security.
    """
    rows = _Rows(day=day, terms=content.terms_version(today=day) or "")
    for household in made:
        rows.add(household)
    rows.put_formulas(connection)
    for table, (columns, those) in rows.tables().items():
        copy_in(connection, table, columns, those)


def copy_in(connection: Any, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """COPY rows into a table in the order they come."""
    with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@dataclass
class _Rows:
    day: date
    terms: str
    _draw: random.Random = field(default_factory=lambda: random.Random(SEED + 1))  # noqa: S311
    _of: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)

    def _put(self, table: str, *row: object) -> None:
        self._of.setdefault(table, []).append(row)

    def add(self, household: Household) -> None:
        self._put("people_household", household.id, SOURCE, household.key)
        for place, number in enumerate(household.people):
            self._add_person(household, place, number)
        for number in household.contracts:
            self._add_contract(household, number)
        self._add_account(household)

    def _add_person(self, household: Household, place: int, number: int) -> None:
        person = made_id("person", number)
        family, first = self._draw.choice(FAMILY_NAMES), self._draw.choice(FIRST_NAMES)
        age = self._draw.randint(28, 70) if place < 2 else self._draw.randint(0, 20)
        birth = self.day - timedelta(days=365 * age + self._draw.randint(0, 364))
        nir = _nir(self._draw, birth)
        self._put(
            "people_person",
            *(person, household.id, SOURCE, f"P{number:07}", family, first),
            *(f"{family} {first}".lower(), birth),
            vault().seal(nir, place=Place("people_person", "nir", person)),
            vault().blind(nir, purpose="nir"),
            "{}",
        )
        link = ("HOLDER", "SPOUSE")[place] if place < 2 else "CHILD"
        self._put(
            "people_membership",
            *(made_id("membership", number), household.id, person, link, _number(number)),
            *(f"member{number}@example.org", "fr", self._draw.choice(COUNTRIES), "{}"),
        )
        key = _number(number).replace("-", "")
        self._put("people_directory", key, household.id, made_id("membership", number))

    def _add_contract(self, household: Household, number: int) -> None:
        contract = made_id("contract", number)
        start = self.day - timedelta(days=self._draw.randint(200, 2000))
        self._put(
            "contracts_contract",
            *(contract, household.id, SOURCE, f"K{number:07}", f"2024-{number:07}"),
            *(made_id("formula", number % 3), "INDIVIDUAL", "FIRST_EURO", 3, "EUR", start),
        )
        for place in range(number % 3):
            self._put(
                "contracts_contractoption",
                *(made_id("option", number * 3 + place), household.id, contract, f"O{place}"),
                *("Assistance", "Assistance abroad", start),
            )
        # In a household of thousands, not each person in each contract: the list has its length.
        few = len(household.people) <= 4
        covered = (
            household.people if few else household.people[number % len(household.people) :][:1]
        )
        for person in covered:
            last = self.day + timedelta(days=40) if number % 50 == 0 else None
            cover = made_id("cover", number * 10 + (person - covered[0]))
            self._put(
                "contracts_cover",
                *(cover, household.id, contract, made_id("person", person), start, last),
            )

    def _add_account(self, household: Household) -> None:
        person = household.people[0]
        when = datetime.combine(self.day, datetime.min.time(), tzinfo=UTC) - timedelta(days=90)
        account = Account(id=made_id("account", household.number), password="not a hash")
        self._put(
            "accounts_account",
            *(account.password, account.id, household.id, made_id("membership", person)),
            *(made_id("person", person), _number(person).replace("-", ""), "ACTIVE", "fr"),
            *(when, when, when, when, "Europe/Paris", when, "America/Mexico_City"),
        )
        self._put(
            "accounts_termsacceptance",
            *(made_id("acceptance", household.number), account.id, self.terms, "fr", "0", when),
        )
        data = {
            "_auth_user_id": str(account.id),
            "_auth_user_backend": "havre.commons.accounts.access.SessionAccounts",
            "_auth_user_hash": account.get_session_auth_hash(),
            "name": "Nathalie Exemple",
            # Far ahead, so that no request of a run writes the session where another does not.
            "used": 4_102_444_800,
            "confirmed": int(datetime.now(UTC).timestamp()),
        }
        ends = datetime.now(UTC) + timedelta(days=1)
        self._put("accounts_session", household.session, SessionStore().encode(data), ends)

    def put_formulas(self, connection: Any) -> None:
        columns = (
            "id, product_code, product_name_fr, product_name_en, code, name_fr, name_en,"
            " ceilings_count, year"
        )
        copy_in(
            connection,
            "products_formula",
            columns,
            (
                (
                    *(made_id("formula", n), "LARGE", "Au large", "Offshore", f"F{n}", name, name),
                    *("REIMBURSED", "CALENDAR"),
                )
                for n, name in enumerate(("Cap", "Escale", "Traversée"))
            ),
        )

    def tables(self) -> dict[str, tuple[str, list[tuple[object, ...]]]]:
        """Columns and rows by table, in the order in which keys allow them."""
        return {table: (columns, self._of[table]) for table, columns in _COLUMNS.items()}


_COLUMNS = {
    "people_household": "id, source, external_id",
    "people_person": (
        "id, household_id, source, external_id, family_name, first_name, sort_key, birth_date,"
        " nir, nir_index, origin"
    ),
    "people_membership": (
        "id, household_id, person_id, link, adherent_number, email, language, country, origin"
    ),
    "people_directory": "number_key, household_id, membership_id",
    "contracts_contract": (
        "id, household_id, source, external_id, number, formula_id, kind, scheme, zone, currency,"
        " first_day"
    ),
    "contracts_contractoption": (
        "id, household_id, contract_id, code, name_fr, name_en, first_day"
    ),
    "contracts_cover": "id, household_id, contract_id, person_id, first_day, last_day",
    "accounts_account": (
        "password, id, household_id, membership_id, person_id, number_key, state, language,"
        " opened_at, password_chosen_at, email_confirmed_at, signed_in_at, signed_in_zone,"
        " previous_sign_in_at, previous_sign_in_zone"
    ),
    "accounts_termsacceptance": "id, account_id, version, language, text_sha256, accepted_at",
    "accounts_session": "session_key, session_data, expire_date",
}


def _number(person: int) -> str:
    return f"AH-{person:08}"


def _nir(draw: random.Random, birth: date) -> str:
    """A number of the right form, of a department that is none (99, a country that is none)."""
    body = f"{draw.choice('12')}{birth:%y%m}99{draw.randint(990, 999)}{draw.randint(1, 999):03}"
    return f"{body}{97 - int(body) % 97:02}"
