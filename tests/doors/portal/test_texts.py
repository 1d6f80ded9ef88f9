"""Texts that anybody reads: terms, legal notice, privacy, safety advice, accessibility."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from havre.commons.content.words import Slug
from tests.builders import a_legal_text, an_active_account
from tests.doors.portal.at_the_gate import SIGN_IN, sign_in
from tests.journeys.account_opening.asking import the_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.mark.parametrize("slug", list(Slug))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_version_in_force_is_read_in_the_language_of_the_address(
    client: Client, slug: Slug, language: str
) -> None:
    # W1, W4
    for code in ("fr", "en"):
        a_legal_text(slug=slug.value, language=code, html=f"<p>Text in {code}.</p>")
        a_legal_text(
            slug=slug.value,
            language=code,
            version="2.0",
            in_force_from=date(2026, 6, 16),
            html="<p>Tomorrow.</p>",
        )
    page = client.get(f"/{language}/{slug.value}").content.decode()
    assert f"Text in {language}." in page
    assert "1.0" in page
    assert "Tomorrow." not in page
    assert "data-print" in page


@pytest.mark.parametrize("slug", list(Slug))
def test_a_text_that_was_never_loaded_is_missing(client: Client, slug: Slug) -> None:
    assert client.get(f"/en/{slug.value}").status_code == 404


def test_only_reading_is_allowed(client: Client) -> None:
    a_legal_text(language="en")
    assert client.post("/en/terms").status_code == 405


@pytest.mark.parametrize("address", [SIGN_IN, "/en/create-account", "/en/create-account/received"])
def test_every_page_of_the_gate_leads_to_the_texts_and_the_service(
    client: Client, address: str
) -> None:
    # W4, W19, W46
    page = client.get(address).content.decode()
    for slug in set(Slug) - {Slug.COMMERCIAL_CONSENT}:  # it stands where it is asked
        assert f'href="/en/{slug.value}"' in page
    assert settings.HAVRE.OPERATOR_PHONE in page.replace("\xa0", " ")
    assert settings.HAVRE.OPERATOR_HOURS_EN in page


def test_the_terms_say_that_they_are_not_the_contract(client: Client) -> None:
    # W5
    a_legal_text(language="en")
    a_legal_text(slug="privacy", language="en")
    words = "do not replace the general and particular conditions"
    assert words in client.get("/en/terms").content.decode()
    assert words not in client.get("/en/privacy").content.decode()


def test_before_they_are_accepted_the_texts_are_open(client: Client) -> None:
    # W2
    for slug in Slug:
        a_legal_text(slug=slug.value, language="en")
    an_active_account(membership=the_member(), finished=False)
    sign_in(client)
    for slug in set(Slug) - {Slug.COMMERCIAL_CONSENT}:  # it stands where it is asked
        assert client.get(f"/en/{slug.value}").status_code == 200


def test_the_other_language_is_the_same_page(client: Client) -> None:
    # W1
    a_legal_text(language="fr")
    a_legal_text(language="en")
    assert 'href="/fr/terms"' in client.get("/en/terms").content.decode()


def test_the_language_chosen_is_remembered(client: Client) -> None:
    # W1
    for chosen in ("en", "fr", "en"):
        client.get(f"/{chosen}/sign-in")
        assert client.get("/")["Location"] == f"/{chosen}/"


@pytest.mark.parametrize("cookie", ["de", "//evil.example", "../x", "", "x" * 3000])
def test_the_bare_address_leads_to_a_language_that_there_is(client: Client, cookie: str) -> None:
    answer = client.get("/", HTTP_COOKIE=f"{settings.LANGUAGE_COOKIE_NAME}={cookie}")
    assert answer["Location"] in {"/fr/", "/en/"}


# --- logo and mailbox


def test_without_a_logo_there_is_none(client: Client) -> None:
    assert client.get("/en/logo").status_code == 404


def test_a_logo_runs_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    monkeypatch.setattr(settings.HAVRE, "OPERATOR_LOGO", logo)
    answer = client.get("/en/logo")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_there_is_no_mailbox_but_in_the_demo(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings.HAVRE, "MAIL_FOLDER", tmp_path)
    assert client.get("/en/mailbox").status_code == 404
    monkeypatch.setattr(settings.HAVRE, "DEMO", True)
    (tmp_path / "one.log").write_bytes(
        b"Subject: Your code\nTo: a@example.org\nDate: x\nContent-Language: en\n"
        b"Content-Type: text/plain; charset=utf-8\n\n<b>123456</b>\n"
    )
    page = client.get("/en/mailbox").content.decode()
    assert "Your code" in page
    assert "&lt;b&gt;123456&lt;/b&gt;" in page
    monkeypatch.setattr(settings.HAVRE, "MAIL_FOLDER", None)
    assert client.get("/en/mailbox").status_code == 404
