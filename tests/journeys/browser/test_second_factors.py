"""Second factors in a real browser: a passkey made and used, an app, a recovery code, without a script."""

from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.looking import faults
from tests.journeys.browser.steps import (
    PASSWORD,
    ask_to_open,
    finish_first_sign_in,
    sign_in,
    someone_else,
)

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_device(page: Page) -> None:
    """A device that makes passkeys and has checked its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def context_of(browser: Browser, **options: Any) -> BrowserContext:
    made = browser.new_context(reduced_motion="reduce", **options)
    made.set_default_timeout(15_000)
    return made


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_the_first_passkey_to_the_last_code(
    demo: Demo, browser: Browser, language: str
) -> None:
    found: dict[str, list[str]] = {}
    here = f"{demo.url}/{language}"

    def look(name: str) -> None:
        if wrong := faults(page):
            found[name] = wrong

    def enter(on: Page) -> None:
        sign_in(on, demo, language=language, number=number, password=PASSWORD)

    identity = someone_else(demo, language=language, nth=1)
    number = identity["adherent_number"]
    context = context_of(browser)
    page = context.new_page()
    with_a_device(page)
    ask_to_open(page, demo, language=language, identity=identity)
    finish_first_sign_in(page, demo, language=language, identity=identity)

    page.goto(f"{here}/profile/second-factors")
    look("nothing yet")
    page.goto(f"{here}/profile/second-factors/passkey")
    look("add a passkey")
    page.locator("[data-go]").click()
    page.locator("main li.mid2").first.wait_for()
    look("recovery codes")
    codes = page.locator("main li.mid2").all_inner_texts()
    assert len(codes) == 10

    page.goto(f"{here}/profile/second-factors")
    page.locator("main form button[type=submit]").click()
    page.locator("main svg.segno").wait_for()
    look("add an app")
    app = pyotp.TOTP(page.locator("main b.mid2").inner_text().replace(" ", ""))
    page.locator("#code").fill(app.now())
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/second-factors?added")
    look("both")
    page.goto(f"{here}/profile/second-factors/codes")
    look("new codes")
    page.locator("main").get_by_role("link").first.click()
    page.locator("main a[href$='/remove']").first.click()
    look("remove")
    page.goto(f"{here}/confirm")
    look("confirm")
    page.locator("main form:not([action]) button[type=submit]").click()
    page.locator("[data-errors]").wait_for()
    look("confirm with errors")
    page.locator("[data-go]").click()
    page.wait_for_url(f"{here}/")

    page.locator("button.out").click()
    page.goto(f"{here}/sign-in/passkey")
    look("passkey alone")
    page.locator("[data-go]").click()
    page.wait_for_url(f"{here}/")
    page.locator("button.out").click()
    enter(page)
    page.wait_for_url("**/second-step")
    look("second step")
    page.locator("#code").fill("000000")
    page.locator("main form button[type=submit]").click()
    page.locator("[data-errors]").wait_for()
    look("second step with errors")
    page.locator("[data-go]").click()
    page.wait_for_url(f"{here}/")
    assert found == {}
    context.close()

    bare = context_of(browser, java_script_enabled=False)
    without = bare.new_page()
    for _once in range(2):
        enter(without)
        without.wait_for_url("**/second-step")
        assert without.locator("[data-go]").is_hidden()
        without.locator("#code").fill(codes[0])
        without.locator("main form button[type=submit]").click()
        if _once == 0:
            without.wait_for_url(f"{here}/")
            without.locator("button.out").click()
    without.locator("[data-errors]").wait_for()  # it opened once
    without.locator("#code").fill(codes[1])
    without.locator("#remember").check()
    without.locator("main form button[type=submit]").click()
    without.wait_for_url(f"{here}/")
    without.locator("button.out").click()
    enter(without)  # remembered
    without.wait_for_url(f"{here}/")
    bare.close()
