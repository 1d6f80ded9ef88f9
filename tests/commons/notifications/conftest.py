from collections.abc import Iterator

import pytest

from tests.commons.notifications.mails import written_here


@pytest.fixture(autouse=True)
def _writer_of_test_mails() -> Iterator[None]:
    with written_here():
        yield
