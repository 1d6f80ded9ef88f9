"""Nothing grows until nobody reads it: lines of a module, of a function, of a test file."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE, FUNCTION, TESTS = 400, 40, 600


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Each function with its lines, from ``def`` to the last; those within it included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_modules() -> None:
    assert len(modules("src")) > 100
    assert {named(path): lines(path) for path in modules("src") if lines(path) > MODULE} == {}


def test_functions() -> None:
    long = {
        f"{named(path)}:{name}": length
        for path in modules("src")
        for name, length in functions(path.read_text(encoding="utf-8"))
        if length > FUNCTION
    }
    assert long == {}


def test_test_files() -> None:
    assert {named(path): lines(path) for path in modules("tests") if lines(path) > TESTS} == {}


def test_a_long_function_is_seen() -> None:
    body = "".join("    1\n" for _ in range(FUNCTION))
    assert dict(functions(f"class A:\n  async def long():\n{body}")) == {"long": FUNCTION + 1}
