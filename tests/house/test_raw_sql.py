"""SQL is written by hand in ``foundation.db`` and in the places below, each reviewed: row security
stops a forgotten filter, not an injection."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "havre"
HANDS = {"cursor", "raw", "extra", "RawSQL", "execute", "executemany", "copy_expert"}
REVIEWED = {
    "commons/accounts/actions/closing.py": "the one function that forgets a password",
    "commons/accounts/actions/following.py": "one update from arrays, all of them parameters",
    "commons/accounts/actions/opening.py": "one insertion, of the columns that the desk may write",
    "domains/certificates/queries.py": "the one function that the public role may call",
    "domains/health/actions/claims.py": "an advisory lock",
    "domains/health/actions/load.py": "sums and days of settlement, set-based",
    "domains/payments/queries.py": "the one function that the public role may call",
    "domains/people/actions/known_people.py": "one reading with locks; its columns are our own words",
    "domains/people/actions/numbers.py": "a deletion by array",
    "domains/products/actions/load.py": "a deletion by arrays",
    "journeys/loading/load.py": "an advisory lock",
}
# Ours to run before there is a site: roles, databases, examinations. No visitor reaches them.
OF_THE_COMMANDS = "project/"


def by_hand(source: str) -> set[str]:
    """The names by which a module hands its own SQL to the database."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    names = {
        call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls
    }
    return names & HANDS


def test_sql_is_written_by_hand_only_where_it_was_reviewed() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and by_hand(path.read_text())
    }
    elsewhere = {name for name in found if not name.startswith(("foundation/db/", OF_THE_COMMANDS))}
    assert elsewhere == REVIEWED.keys()


def test_each_way_of_writing_it_is_seen() -> None:
    for text in (
        "connection.cursor()",
        "Person.objects.raw('SELECT 1')",
        "rows.extra(where=['1=1'])",
        "RawSQL('1', [])",
    ):
        assert by_hand(text), text
    assert not by_hand("Person.objects.filter(id=1)")
