"""Whatever is sealed is sealed for the column it stands in: a rotation of keys finds it by that."""

import ast
from collections.abc import Iterator
from pathlib import Path

from havre.project.sealed_values import sealed_columns

SOURCE = Path(__file__).resolve().parents[2] / "src" / "havre"
# Sealed, and in no column: files of documents, archives, cookies where nothing can be saved, what is
# looked for at the desk.
ELSEWHERE = {
    *(("documents_document", "content"), ("backup", "archive"), ("session", "cookie")),
    ("desk", "looking"),
}


def places() -> Iterator[tuple[str, str | None]]:
    """Table and column of each ``Place(...)`` of the code; no column where it is computed."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Place"):
                continue
            table, column = node.args[:2]
            if isinstance(table, ast.Constant):
                yield table.value, column.value if isinstance(column, ast.Constant) else None


def test_every_place_is_a_sealed_column_as_the_database_calls_it() -> None:
    columns = {(column.table, column.name) for column in sealed_columns()} | ELSEWHERE
    tables = {table for table, _ in columns}
    unknown = [
        place for place in places() if place not in columns and (place[1] or place[0] not in tables)
    ]
    assert unknown == []
    assert ("people_person", "nir") in set(places())


def test_every_sealed_column_has_a_place() -> None:
    said = set(places())
    computed = {table for table, column in said if column is None}
    silent = [
        str(one)
        for one in sealed_columns()
        if (one.table, one.name) not in said and one.table not in computed
    ]
    assert silent == []
