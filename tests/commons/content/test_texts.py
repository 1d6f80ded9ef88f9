"""Legal texts: read from Markdown, published once, in every language, never changed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from havre.commons.content import queries
from havre.commons.content.actions import Loaded, TextChanged, WrongText, load_texts, read_texts
from havre.commons.content.rules.texts import SourceText, read_text
from havre.commons.content.words import Slug
from havre.foundation.db.roles import Role
from tests.database import acting_as

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 1)
FACTS = {"operator": "Assurances du Large", "phone": "+33 1 99 00 12 34", "address": ""}
HEAD = "---\ntitle: Terms of {operator}\nversion: 1.0\nin_force_from: 2026-03-01\n---\n"


def read(body: str, *, name: str = "terms.en.md", head: str = HEAD) -> SourceText:
    return read_text(name, head + body, facts=FACTS)


def both(**changes: object) -> list[SourceText]:
    """A version of the terms in both languages."""
    french = read("## Objet\n", name="terms.fr.md")
    english = read("## Purpose\n")
    return [replace(text, **changes) for text in (french, english)]


def loaded(texts: list[SourceText]) -> Loaded:
    with acting_as(Role.WORKER):
        return load_texts(texts=texts, now=NOW)


class TestReading:
    def test_blanks_are_filled_in_title_and_text(self):
        text = read("Call {operator} on {phone}.")
        assert text.title == "Terms of Assurances du Large"
        assert "<p>Call Assurances du Large on +33 1 99 00 12 34.</p>" in text.html

    def test_the_highest_heading_stands_below_the_title_of_the_page(self):
        assert read("# One\n\n## Two\n").html == "<h2>One</h2>\n<h3>Two</h3>\n"
        assert read("## One\n\n### Two\n").html == "<h2>One</h2>\n<h3>Two</h3>\n"

    @pytest.mark.parametrize(
        "body",
        [
            "<script>alert(1)</script>",
            "text <img src=x onerror=alert(1)>",
            "[link](javascript:alert(1))",
            "![image](data:text/html;base64,AAAA)",
        ],
    )
    def test_nothing_in_it_can_run(self, body: str):
        html = read(body).html
        assert "<script" not in html
        assert "<img" not in html
        assert "href=" not in html

    def test_the_hash_is_of_the_text_as_shown(self):
        text = read("Call {phone}.")
        again = read("Call {phone}.")
        elsewhere = read_text(
            "terms.en.md", HEAD + "Call {phone}.", facts={**FACTS, "phone": "+33 1 99 00 99 99"}
        )
        assert text.sha256 == again.sha256 != elsewhere.sha256

    @pytest.mark.parametrize(
        ("name", "content", "why"),
        [
            ("terms.md", HEAD, "is not named SLUG.LANGUAGE.md"),
            ("terms.de.md", HEAD, "is not named SLUG.LANGUAGE.md"),
            ("poems.en.md", HEAD, "is not named SLUG.LANGUAGE.md"),
            ("terms.en.md", "## No head", "starts with no head"),
            ("terms.en.md", HEAD.replace("version: 1.0\n", ""), "version: is missing"),
            ("terms.en.md", HEAD.replace("2026-03-01", "March"), "in_force_from: is not a day"),
            ("terms.en.md", HEAD + "{fax}", "{fax} is no blank"),
            ("terms.en.md", HEAD + "{address}", "{address} cannot be filled: set OPERATOR_ADDRESS"),
        ],
    )
    def test_a_file_that_cannot_be_published_says_why(self, name: str, content: str, why: str):
        with pytest.raises(WrongText) as refused:
            read_text(name, content, facts=FACTS)
        assert str(refused.value).startswith(name)
        assert why in str(refused.value)

    def test_a_folder_without_a_text_is_refused(self, tmp_path):
        with pytest.raises(WrongText, match="holds no text"):
            read_texts(tmp_path, facts={})

    def test_each_language_is_filled_with_its_own_facts(self, tmp_path):
        head = HEAD.replace("{operator}", "us")
        (tmp_path / "terms.fr.md").write_text(head + "{hours}")
        (tmp_path / "terms.en.md").write_text(head + "{hours}")
        facts = {"fr": {"hours": "de 8 h à 18 h"}, "en": {"hours": "8:00 to 18:00"}}
        texts = {text.language: text.source for text in read_texts(tmp_path, facts=facts)}
        assert texts == {"fr": "de 8 h à 18 h\n", "en": "8:00 to 18:00\n"}


@pytest.mark.django_db
class TestPublishing:
    def test_the_same_texts_again_change_nothing(self):
        assert loaded(both()) == Loaded(new=2, same=0)
        assert loaded(both()) == Loaded(new=0, same=2)

    @pytest.mark.parametrize(
        "change",
        [{"source": "Another text\n"}, {"title": "Another"}, {"in_force_from": NOW.date()}],
    )
    def test_a_version_published_is_never_changed(self, change: dict[str, object]):
        loaded(both())
        with pytest.raises(TextChanged, match="Give the new text a new version"):
            loaded(both(**change))
        assert shown(DAY).title == "Terms of Assurances du Large"

    def test_a_version_comes_in_both_languages(self):
        with pytest.raises(WrongText, match="is missing in fr"):
            loaded(both()[1:])

    def test_both_languages_come_into_force_on_the_same_day(self):
        french, english = both()
        with pytest.raises(WrongText, match="in_force_from differs"):
            loaded([french, replace(english, in_force_from=NOW.date())])

    def test_nothing_is_published_when_one_text_is_refused(self):
        loaded(both())
        privacy = both(slug=Slug.PRIVACY)
        with pytest.raises(TextChanged):
            loaded([*privacy, *both(source="Another\n")])
        assert queries.text_in_force(slug=Slug.PRIVACY, language="en", today=DAY) is None

    def test_the_version_in_force_is_the_newest_whose_day_has_come(self):
        loaded(both())
        later = date(2026, 6, 1)
        loaded(both(version="2.0", in_force_from=later))
        assert shown(date(2026, 5, 31)).version == "1.0"
        assert shown(later).version == "2.0"
        assert (
            queries.text_in_force(slug=Slug.TERMS, language="en", today=date(2026, 2, 28)) is None
        )

    def test_the_web_role_cannot_publish(self):
        from django.db import DatabaseError

        with pytest.raises(DatabaseError):
            load_texts(texts=both(), now=NOW)


def shown(day: date) -> queries.Text:
    found = queries.text_in_force(slug=Slug.TERMS, language="en", today=day)
    assert found is not None
    return found
