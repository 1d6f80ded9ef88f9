"""The statements that a page sends, noted while the page is made: the control cannot drift from it."""

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from tests.bench.figures import Void

Statement = tuple[str, Any]


@dataclass(frozen=True)
class Transaction:
    """Statements sent together; ``alone`` ones have no BEGIN and COMMIT around them."""

    statements: tuple[Statement, ...]
    alone: bool


Noted = dict[tuple[str, str], tuple[Transaction, ...]]
"""By session and address."""


class _Noting:
    def __init__(self) -> None:
        self.transactions: list[tuple[object, list[Statement]]] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if many:
            raise Void("a page sends a statement for many rows, which the control does not copy")
        block = connection.atomic_blocks[0] if connection.atomic_blocks else None
        if block is None or not self.transactions or self.transactions[-1][0] is not block:
            self.transactions.append((block, []))
        self.transactions[-1][1].append((sql, params))
        return execute(sql, params, many, context)


def cookie_of(session: str) -> str:
    """What a browser that has been here before sends."""
    token = get_token(RequestFactory().get("/"))[:32]
    return (
        f"{settings.SESSION_COOKIE_NAME}={session}; {settings.LANGUAGE_COOKIE_NAME}=fr;"
        f" {settings.CSRF_COOKIE_NAME}={token}"
    )


def transactions_of(path: str, *, session: str) -> tuple[Transaction, ...]:
    """What the page at ``path`` asks the database for the owner of this session."""
    noted = _Noting()
    with connection.execute_wrapper(noted):
        answer = Client(headers={"Cookie": cookie_of(session), "Host": "localhost"}).get(path)
    if answer.status_code != 200:
        raise Void(f"{path}: status {answer.status_code}, so its statements are another page's")
    return tuple(
        Transaction(tuple(statements), alone=block is None)
        for block, statements in noted.transactions
    )


def statement_count(transactions: Sequence[Transaction]) -> int:
    return sum(len(one.statements) for one in transactions)


def keep(path: Path, noted: Noted) -> None:
    """For the control, which is another process."""
    path.write_bytes(pickle.dumps(noted))
    path.chmod(0o600)
