"""The pages of the portal that are measured, each with its address for a household."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils import translation

from tests.bench.house import House
from tests.bench.members import Household, made_id

OPEN = ("sign-in", "create-account", "forgotten-password", "contact", "faq", "emergency", "terms")
"""Those that anybody reads."""
_PLAIN = (
    *("home", "contracts", "card", "reimbursements", "claims", "certificates", "sharing"),
    *("personal-information", "profile", "security", "sessions", "second-factors", "downloads"),
    *("contact", "faq", "security-information", "emergency", "more"),
)
_SEARCHES = {
    "search by category": {"category": "DENTAL"},
    "search in groups": {"group": "beneficiary", "period": "12-months"},
    "search by provider": {"provider": "cabinet", "group": "category"},
}


@dataclass(frozen=True)
class MemberPage:
    """``of`` is the name of its address; ``args`` are the ids that are in it."""

    name: str
    of: str
    query: str = ""
    args: tuple[str, ...] = ()

    def path(self, household: Household, rows: "Rows") -> str:
        """In French. Refuses ``NoReverseMatch`` where this release has no such page."""
        ids = {
            "person": made_id("person", household.people[0]),
            **rows.get(household.number, {}),
        }
        return address(self.of, *(str(ids[one]) for one in self.args)) + self.query


Rows = dict[int, dict[str, object]]
PAGES = (
    *(MemberPage(name, name) for name in _PLAIN),
    *(
        MemberPage(name, "reimbursements", "?" + urlencode(asked))
        for name, asked in _SEARCHES.items()
    ),
    MemberPage("contract", "contract", args=("contract",)),
    MemberPage("one card", "one-card", args=("contract", "covered")),
    MemberPage("transfer", "transfer", args=("transfer",)),
    MemberPage("line", "line", args=("line",)),
    MemberPage("new certificate", "certificate-new", args=("kind",)),
    MemberPage("address to change", "change-address", args=("person",)),
)


def address(name: str, *ids: str) -> str:
    """The address of a page of the portal, in French."""
    with translation.override("fr"):
        return reverse(f"portal:{name}", args=ids)


def there(household: Household, rows: Rows) -> Iterator[MemberPage]:
    """The pages that this release has."""
    for page in PAGES:
        try:
            page.path(household, rows)
        except NoReverseMatch:
            continue
        yield page


def rows_of(house: House, made: Sequence[Household]) -> Rows:
    """A line of each household, its transfer, a contract and whom it covers: ids of the addresses.

    The line is the reader's where they have one (``own``): another's may be masked, and no page.
    """
    with house.superuser() as connection:
        found = connection.execute(
            "SELECT DISTINCT ON (household_id) household_id, health.line.id, transfer_id,"
            " contracts_cover.contract_id, contracts_cover.person_id,"
            " health.line.person_id = accounts_account.person_id AS own"
            " FROM health.line JOIN contracts_cover USING (household_id)"
            " JOIN accounts_account USING (household_id)"
            " WHERE household_id = ANY(%s)"
            " ORDER BY household_id, own DESC, health.line.id DESC, contracts_cover.id",
            [[one.id for one in made]],
        ).fetchall()
    names = ("line", "transfer", "contract", "covered", "own")
    known = {household: dict(zip(names, ids, strict=True)) for household, *ids in found}
    return {one.number: {**known[one.id], "kind": "membership"} for one in made if one.id in known}
