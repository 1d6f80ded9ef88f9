from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "fr/LC_MESSAGES/django.po"


@pytest.fixture(scope="session", autouse=True)
def _compiled_catalogue() -> None:
    """A fresh clone has no compiled catalogue until `make` makes it."""
    compiled = CATALOGUE.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= CATALOGUE.stat().st_mtime:
        return
    with CATALOGUE.open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source, locale="fr"))
    trans_real._translations.clear()


@pytest.fixture
def french() -> Iterator[None]:
    with translation.override("fr"):
        yield


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield
