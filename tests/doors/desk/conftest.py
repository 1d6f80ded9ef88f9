"""The desk, on the real clock: people of any role, signed in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.staff import Desk, a_staff, at_the_desk, signed_in_at_the_desk

DeskClient = Callable[..., Desk]


@pytest.fixture(autouse=True)
def _at_the_desk(db: None) -> Iterator[None]:
    with at_the_desk():
        yield


@pytest.fixture
def desk_client() -> DeskClient:
    """``desk_client("AGENT")``, ``desk_client("SUPERVISOR", products=["ESC"])``: signed in, confirmed."""

    def signed_in(*roles: str, confirmed: bool = True, **changes: Any) -> Desk:
        return signed_in_at_the_desk(a_staff(*roles, **changes), confirmed=confirmed)

    return signed_in
