"""P2: statements a page, for lists of 1, 50 and 5,000 rows."""

from collections.abc import Sequence

from django.urls import NoReverseMatch

from tests.bench.capture import page_path, statement_count, transactions_of
from tests.bench.figures import Figure
from tests.bench.members import Household

ROWS = (1, 50, 5_000)
PAGES = ("home", "contracts", "reimbursements", "certificates")
GOAL = 8


def measure(special: Sequence[Household]) -> Figure:
    """``special`` are the households with :data:`ROWS` people, contracts and lines."""
    counts: dict[str, list[int]] = {}
    for name in PAGES:
        try:
            path = page_path(name)
        except NoReverseMatch:
            continue
        transactions_of(path, session=special[0].session)  # what a process asks once a minute
        counts[name] = [
            statement_count(transactions_of(path, session=one.session)) for one in special
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
