"""The demo's content is lively, in our voice, and leads only where there is something."""

import re
from pathlib import Path

import pytest
from tests.doors.portal.published import folder

from havre.commons.content import queries
from havre.commons.content.rules.documents import links_of, walk
from havre.commons.content.words import Bilingual, Prose
from havre.foundation.pdf.forms import field_names
from havre.project.demo.papers import FOLDER

DOCUMENTS = {one.kind.name: one.document for one in folder().documents}
FILES = sorted((FOLDER / "content").glob("*.yaml"))


def said(language: str) -> list[tuple[str, str]]:
    """Every text of every kind, with its place."""
    return [
        (f"{name} {place}", value.said_in(language))
        for name, document in DOCUMENTS.items()
        for place, value in walk(document)
        if isinstance(value, Bilingual)
    ]


def test_there_is_something_of_everything():  # W35 W37 W38
    faq, downloads = DOCUMENTS["faq"], DOCUMENTS["downloads"]
    assert len(faq.topics) >= 6
    assert sum(len(topic.questions) for topic in faq.topics) >= 25
    assert len(downloads.downloads) >= 12
    assert len(DOCUMENTS["contacts"].contacts) >= 3
    assert {watch.id for watch in DOCUMENTS["security-information"].watches} == {
        "partner",
        "ministry",
    }
    assert {kind.name for kind in queries.OWN} <= set(DOCUMENTS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_voice_is_kept(language):
    for place, text in said(language):
        assert not re.search(r"[!—'\"]|veuillez", text, re.IGNORECASE), (place, text)
        if language == "fr":
            told = re.sub(r"\(https?:[^)]*\)", "", text)
            assert not re.search(r"(?<!\N{NO-BREAK SPACE})[:;?»]", told), (place, text)


def test_both_languages_of_an_answer_lead_to_the_same_places():
    for document in DOCUMENTS.values():
        for _place, value in walk(document):
            if isinstance(value, Prose):
                assert sorted(links_of(value.fr)) == sorted(links_of(value.en)), value


def test_every_form_has_the_fields_that_are_filled():
    by_hash = folder().files
    (prepared,) = (one for one in folder().documents if one.kind.name == "downloads")
    forms = 0
    for download in prepared.document.downloads:
        for paper in download.papers:
            if paper.blanks:
                named = {getattr(paper.blanks, name) for name in paper.blanks.__struct_fields__}
                body = by_hash[prepared.files[paper.file]].body
                assert named - {""} == field_names(body), paper.file
                forms += 1
    assert forms >= 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_says_what_it_is(path: Path):
    assert path.read_text().startswith("# ")
