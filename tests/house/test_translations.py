"""Every sentence of the code, collected afresh, has its French in the catalogue."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "src" / "havre" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
PLACES = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")
MARKERS = [
    "gettext_lazy",
    "gettext_noop",
    "gettext_noop",
    "ngettext_lazy:1,2",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
]


def collected() -> Catalog:
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog(locale="fr")
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(MARKERS)}
    for file, line, message, comments, context in extract_from_dir(
        ROOT / "src", methods, options, keywords
    ):
        found.add(message, None, [(file, line)], context=context, user_comments=comments)
    return found


def written() -> Catalog:
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="fr")


def sentences(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def test_the_collection_sees_python_templates_and_lazy_words() -> None:
    files = {file for message in sentences(collected()) for file, _ in message.locations}
    assert any(file.endswith(".py") for file in files)
    assert any(file.endswith(".jinja") for file in files)
    assert any(file.endswith("portal/forms.py") for file in files)


def test_every_sentence_is_in_the_catalogue() -> None:
    french = written()
    missing = [
        f"{message.locations[0][0]}: {first(message)}"
        for message in sentences(collected())
        if french.get(message.id, message.context) is None
    ]
    assert missing == [], "make messages collects them; then translate"


def test_every_entry_is_translated_and_none_is_a_guess() -> None:
    wrong = []
    for message in sentences(written()):
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        if message.fuzzy or not all(texts) or (message.pluralizable and len(texts) != 2):
            wrong.append(first(message))
    assert wrong == []


def test_places_for_values_agree() -> None:
    wrong = []
    for message in sentences(written()):
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = sorted(PLACES.findall(sources[-1]))
        if any(sorted(PLACES.findall(text)) != wanted for text in texts[-1:]):
            wrong.append(first(message))
        if not all(set(PLACES.findall(text)) <= set(wanted) for text in texts):
            wrong.append(first(message))
    assert wrong == []


def test_what_nobody_says_any_more_is_gone() -> None:
    said = collected()
    left = [
        first(message)
        for message in sentences(written())
        if said.get(message.id, message.context) is None
    ]
    assert left == []


@pytest.mark.parametrize("marker", [marker.partition(":")[0] for marker in MARKERS])
def test_what_collects_for_the_catalogue_knows_the_lazy_words_too(marker: str) -> None:
    """Only those that the code uses have to be named there."""
    used = any(
        re.search(rf"\b{marker}\(", path.read_text(encoding="utf-8"))
        for path in (ROOT / "src").rglob("*.py")
    )
    assert not used or marker in (ROOT / "Makefile").read_text(encoding="utf-8")
