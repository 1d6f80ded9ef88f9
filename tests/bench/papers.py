"""The bytes of the files that a member takes away."""

from tests.bench.capture import cookie_of
from tests.bench.figures import Figure
from tests.bench.house import House
from tests.bench.members import Household
from tests.bench.pages import address, rows_of
from tests.bench.processes import Server

KILOBYTES = 100


def measure(house: House, ours: Server, household: Household) -> Figure:
    """Each as it comes, in French. No goal but the reader's connection."""
    ids = {name: str(one) for name, one in rows_of(house, [household])[household.number].items()}
    card = ids["contract"], ids["covered"]
    papers = {
        "statement": address("statement", ids["transfer"]),
        "particular conditions": address("particular-conditions", ids["contract"]),
        "card for the wallet": address("card-wallet", *card),
        "card on a sheet": address("card-page", *card),
    }
    cookie = cookie_of(household.session)
    sizes = {name: len(ours.get(path, cookie=cookie)) / 1000 for name, path in papers.items()}
    worst = max(sizes, key=lambda name: sizes[name])
    return Figure(
        "papers",
        "files to take away, kB",
        f"{sizes[worst]:.0f} kB at most ({worst})",
        f"≤ {KILOBYTES} kB",
        sizes[worst] <= KILOBYTES,
        (", ".join(f"{name} {size:.1f} kB" for name, size in sizes.items()),),
    )
