"""The whole path, by hand as it were: from "Create my account" to the certificate."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.foundation.reading_pdf import text_of
from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.steps import (
    PASSWORD,
    ask_to_open,
    finish_first_sign_in,
    sign_in,
    wait_for_mail,
    word,
)

pytestmark = pytest.mark.browser


def _words(page: Page) -> str:
    return page.locator("main").inner_text()


def _from_more(page: Page, rubric: str) -> None:
    """A phone's bar has room for four rubrics; the others are behind "More"."""
    page.get_by_role("link", name="Plus", exact=True).click()
    page.wait_for_url("**/fr/more")
    page.locator("main").get_by_role("link", name=rubric).click()


def test_from_account_opening_to_the_certificate(demo: Demo, page: Page, tmp_path: Path) -> None:
    """French, on a phone (W1, W2, W6, W7, W8, W15, W16, W22, W23, W26, W27, W29, W30)."""
    identity = demo.accounts["to_open"]
    ask_to_open(page, demo, language="fr", identity=identity)
    finish_first_sign_in(page, demo, language="fr", identity=identity)

    number_mail = wait_for_mail(
        page,
        demo,
        to=identity["email"],
        language="fr",
        pattern=rf"({re.escape(identity['adherent_number'])})",
        count=3,
    )
    assert number_mail == identity["adherent_number"]

    page.goto(f"{demo.url}/fr/")
    expect(page.locator("h1")).to_contain_text(identity["first_name"])

    _from_more(page, "Contrats")
    page.wait_for_url("**/fr/contracts")
    page.locator("main a[href*='/contracts/']").first.click()
    assert "••" in _words(page)
    page.locator("main form[action*='/numbers'] button").first.click()
    page.wait_for_load_state()
    assert re.search(r"\b[12] \d\d \d\d \w\w \d{3} \d{3} \d\d", _words(page).replace("\u00a0", " "))

    page.get_by_role("link", name="Décomptes").first.click()
    page.wait_for_url("**/fr/reimbursements")
    assert "€" in _words(page)

    _from_more(page, "Attestations")
    page.wait_for_url("**/fr/certificates")
    page.locator("main a[href$='/new/membership']").click()
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/fr/certificates/[0-9a-f-]{36}$"))
    with page.expect_download() as download:
        page.locator("main a[href$='/file']").click()
    saved = tmp_path / "certificate.pdf"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF-")
    _check_as_a_stranger(page, saved.read_bytes(), identity["birth_date"], demo.url)

    page.get_by_role("button", name=word("fr", "sign_out")).first.click()
    page.wait_for_url("**/fr/sign-in?signed-out")
    page.go_back()
    page.wait_for_url("**/fr/sign-in*")
    expect(page.locator("#number")).to_be_visible()

    sign_in(page, demo, language="fr", number=identity["adherent_number"], password=PASSWORD)
    page.wait_for_url(f"{demo.url}/fr/")
    assert "heure de Mexico" in _words(page)  # the last sign-in, in the reader's own time zone


def test_the_space_reads_in_english(demo: Demo, page: Page) -> None:
    """The language switch keeps the page, and the choice is remembered (W1)."""
    member = demo.accounts["member"]
    sign_in(
        page, demo, language="en", number=member["adherent_number"], password=member["password"]
    )
    page.wait_for_url(f"{demo.url}/en/")
    for path in ("", "contracts", "reimbursements", "certificates", "terms"):
        page.goto(f"{demo.url}/en/{path}")
        assert page.locator("html").get_attribute("lang") == "en"
        page.locator("footer a[hreflang=fr]").first.click()
        page.wait_for_url(f"{demo.url}/fr/{path}")
        assert page.locator("html").get_attribute("lang") == "fr"
    page.goto(f"{demo.url}/")
    page.wait_for_url(f"{demo.url}/fr/")


def test_another_adults_care_is_masked(demo: Demo, page: Page) -> None:
    """The spouse's lines keep their amounts and nothing else."""
    member = demo.accounts["member"]
    sign_in(
        page, demo, language="fr", number=member["adherent_number"], password=member["password"]
    )
    page.wait_for_url(f"{demo.url}/fr/")
    page.goto(f"{demo.url}/fr/reimbursements")
    assert "visibles que par" in _words(page)


def test_without_javascript_every_form_submits(demo: Demo, browser: object) -> None:
    context: BrowserContext = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    member = demo.accounts["member"]
    sign_in(
        page, demo, language="fr", number=member["adherent_number"], password=member["password"]
    )
    page.wait_for_url(f"{demo.url}/fr/")
    page.goto(f"{demo.url}/fr/certificates")
    page.locator("main a[href$='/new/membership']").click()
    page.locator("main button[type=submit]").first.click()
    with page.expect_download() as download:
        page.locator("main a[href$='/file']").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.get_by_role("button", name=word("fr", "sign_out")).first.click()
    page.wait_for_url("**/fr/sign-in?signed-out")
    context.close()


def test_by_keyboard_alone(demo: Demo, page: Page) -> None:
    """Sign in, walk to a rubric and out again without a mouse; focus is always seen."""
    member = demo.accounts["member"]
    page.goto(f"{demo.url}/fr/sign-in")
    _tab_to(page, "#number")
    page.keyboard.type(member["adherent_number"])
    _tab_to(page, "#password")
    page.keyboard.type(member["password"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.url}/fr/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    _tab_to(page, "a[href$='/fr/reimbursements']")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/reimbursements")
    _tab_to(page, "form[action$='/sign-out'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/sign-in?signed-out")


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by keyboard")


def _check_as_a_stranger(page: Page, pdf: bytes, born: str, url: str) -> None:
    """Open the address printed under the QR code in a browser that has never been here."""
    told = re.search(r"/fr/check/([A-Z2-7]{26})", text_of(pdf).replace(" ", ""))
    assert told
    browser = page.context.browser
    assert browser
    stranger = browser.new_context()
    checking = stranger.new_page()
    checking.goto(f"{url}/fr/check/{told.group(1)}")
    year, month, day = born.split("-")
    checking.locator("#birth_date").fill(f"{day}/{month}/{year}")
    checking.locator("main button[type=submit]").click()
    assert "Valable jusqu’au" in _words(checking)
    stranger.close()
