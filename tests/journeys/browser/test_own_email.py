"""Changing one's e-mail address from a phone, in French, without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.steps import sign_in, wait_for_mail

pytestmark = pytest.mark.browser
NEW = "claire.nouvelle@example.net"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A small phone whose browser runs no script."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="fr-FR", java_script_enabled=False
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_the_address_changes_when_its_code_comes_back(demo: Demo, plain: Page) -> None:  # W21
    member = demo.accounts["member"]
    number, password = member["adherent_number"], member["password"]
    sign_in(plain, demo, language="fr", number=number, password=password)
    plain.goto(f"{demo.url}/fr/personal-information")
    old = plain.locator("tr", has_text="Adresse e-mail").locator("td").first.inner_text()
    plain.locator("a[href$='/personal-information/email']").click()
    plain.locator("#email").fill(NEW)
    plain.get_by_role("button", name="Envoyer le code").click()
    plain.wait_for_url("**/personal-information/email/code")
    code = wait_for_mail(plain, demo, to=NEW, language="fr", pattern=r"\n\s+(\d{6})\n")
    plain.goto(f"{demo.url}/fr/personal-information/email/code")
    plain.locator("#code").fill(code)
    plain.get_by_role("button", name="Confirmer").click()
    plain.wait_for_url("**/personal-information?saved=email")
    row = plain.locator("tr", has_text="Adresse e-mail").inner_text()
    assert NEW in row
    assert "En ligne, dans cet espace" in row
    wait_for_mail(plain, demo, to=old, language="fr", pattern=r"(adresse)")
    _put_back(plain, demo, old)


def _put_back(page: Page, demo: Demo, old: str) -> None:
    """The demo is shared by the tests of a session."""
    page.goto(f"{demo.url}/fr/personal-information/email")
    page.locator("#email").fill(old)
    page.get_by_role("button", name="Envoyer le code").click()
    page.wait_for_url("**/personal-information/email/code")
    code = wait_for_mail(page, demo, to=old, language="fr", pattern=r"\n\s+(\d{6})\n")
    page.goto(f"{demo.url}/fr/personal-information/email/code")
    page.locator("#code").fill(code)
    page.get_by_role("button", name="Confirmer").click()
    page.wait_for_url("**/personal-information?saved=email")
