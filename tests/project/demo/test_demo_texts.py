"""The operator's texts say the same in both languages, and promise nothing that is not there."""

import re
from datetime import date

import pytest

from havre.project.demo.house import TEXTS

SLUGS = ("terms", "legal-notice", "privacy", "safety-advice", "accessibility")
SLUGS += ("commercial-consent",)
PLACEHOLDERS = {"operator", "phone", "email", "hours", "address"}


def front_matter(slug, language):
    _, head, _ = (TEXTS / f"{slug}.{language}.md").read_text().split("---\n", 2)
    return dict(line.split(": ", 1) for line in head.splitlines())


def body(slug, language):
    return (TEXTS / f"{slug}.{language}.md").read_text().split("---\n", 2)[2]


def shape(text):
    """Headings by level, list items and paragraphs, in their order."""
    blocks = []
    for line in text.splitlines():
        if line:
            mark = re.match(r"(#+|-) ", line)
            blocks.append(mark[1] if mark else "text")
    return blocks


def test_every_text_is_there_in_both_languages_and_no_other():  # W4, W46
    names = {path.name for path in TEXTS.iterdir()}
    assert names == {f"{slug}.{language}.md" for slug in SLUGS for language in ("fr", "en")}


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_have_the_same_structure(slug):  # W1
    assert shape(body(slug, "fr")) == shape(body(slug, "en"))


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_are_the_same_version(slug):  # W3
    french, english = front_matter(slug, "fr"), front_matter(slug, "en")
    assert set(french) == set(english) == {"title", "version", "in_force_from"}
    assert french["version"] == english["version"]
    assert french["in_force_from"] == english["in_force_from"]
    assert french["title"] != english["title"]
    assert date.fromisoformat(french["in_force_from"]) <= date(2026, 11, 1)


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_leave_the_same_places_to_fill(slug):
    french, english = (re.findall(r"{(.*?)}", body(slug, one)) for one in ("fr", "en"))
    assert sorted(french) == sorted(english)
    assert set(french) <= PLACEHOLDERS


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_voice_is_kept(slug, language):
    text = body(slug, language)
    assert not re.search(r"[!—'\"]|veuillez", text, re.IGNORECASE)
    if language == "fr":
        assert not re.search(r"(?<![\N{NO-BREAK SPACE}/https])[:;?»]", text.replace("https:", ""))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Elles ne remplacent jamais votre contrat d’assurance"),  # W5
        ("en", "They never replace your insurance contract"),  # W5
        ("fr", "pendant deux ans après la fin de votre dernier contrat"),  # W14
        ("en", "two years after the end of your last contract"),  # W14
        ("fr", "ne permet pas encore de payer une cotisation, de déposer une demande"),
        ("en", "does not yet allow you to pay a contribution, to make a request"),
        ("fr", "suivent le droit français"),
        ("en", "follow French law"),
    ],
)
def test_the_terms_say_what_they_must(language, said):
    assert said in body("terms", language)


@pytest.mark.parametrize("slug", ["terms", "legal-notice"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_complaints_are_taken_by_telephone_and_mail(slug, language):  # W39
    complaints = body(slug, language).split("Réclamations" if language == "fr" else "Complaints")[1]
    assert "{phone}" in complaints
    assert "{email}" in complaints


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "ne servent pas et ne serviront jamais à changer votre cotisation"),  # S11
        ("en", "are not and will never be used to change your contribution"),  # S11
        ("fr", "jamais vendues"),  # S2
        ("en", "never sold"),  # S2
    ],
)
def test_the_privacy_page_says_what_it_must(language, said):
    assert said in body("privacy", language)
