"""P2: statements a page, for lists of 1, 50 and 5,000 rows."""

from collections.abc import Sequence

from tests.bench.capture import statement_count, transactions_of
from tests.bench.figures import Figure
from tests.bench.house import House
from tests.bench.members import Household
from tests.bench.pages import rows_of, there

ROWS = (1, 50, 5_000)
GOAL = 8


def measure(house: House, special: Sequence[Household]) -> Figure:
    """``special`` are the households with :data:`ROWS` lines, and people and contracts to match."""
    rows = rows_of(house, special)
    counts: dict[str, list[int]] = {}
    for page in there(special[0], rows):
        # What a process asks once a minute.
        transactions_of(page.path(special[0], rows), session=special[0].session)
        counts[page.name] = [
            statement_count(transactions_of(page.path(one, rows), session=one.session))
            for one in special
        ]
    same = all(len(set(of_page)) == 1 for of_page in counts.values())
    worst = max(count for of_page in counts.values() for count in of_page)
    return Figure(
        "P2",
        "statements a page at 1, 50 and 5,000 rows",
        f"{'the same' if same else 'not the same'}, at most {worst}",
        f"the same, ≤ {GOAL}",
        same and worst <= GOAL,
        tuple(f"{name}: {', '.join(map(str, of_page))}" for name, of_page in counts.items()),
    )
