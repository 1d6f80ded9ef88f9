"""The French catalogue holds an answer for every message, with the same places for values."""

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.doors.ui.conftest import CATALOGUE

PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]")


def entries() -> list[Message]:
    with CATALOGUE.open("rb") as source:
        return [message for message in read_po(source, locale="fr") if message.id]


@pytest.mark.parametrize("message", entries(), ids=lambda message: str(message.id)[:40])
def test_each_message_is_translated(message: Message) -> None:
    translated = message.string if isinstance(message.string, tuple) else (message.string,)
    source = message.id if isinstance(message.id, tuple) else (message.id,)
    assert all(translated)
    assert not message.fuzzy
    assert set(PLACES.findall(source[-1])) == set(PLACES.findall(translated[-1]))


@pytest.mark.parametrize("message", entries(), ids=lambda message: str(message.id)[:40])
def test_french_typography(message: Message) -> None:
    translated = message.string if isinstance(message.string, tuple) else (message.string,)
    for text in (re.sub(r"\d\d:\d\d", "", one) for one in translated):  # as an hour is typed
        assert not re.search(r"[ \w»)][;?!»]|\w:(?!//)| :|« ", text), (
            "no-break space before : ; ? »"
        )
        assert "'" not in text
        assert "—" not in text
        assert not re.search(r"veuillez|oups|!", text, re.IGNORECASE)
