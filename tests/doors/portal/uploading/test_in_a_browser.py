"""The list of papers in a browser: several at once, a line that breaks, a word for each state; and axe."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from havre.commons.documents import actions
from havre.foundation.db import Role
from tests.database import acting_as
from tests.doors.portal.conftest import NOW, Member
from tests.doors.portal.uploading.test_sending import a_photo, begin, sent

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture
def browser(sender: Member, live_server: Any) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = chromium.new_context(base_url=live_server.url, has_touch=True)
        context.add_cookies(
            [
                {
                    "name": "havre-session",
                    "value": sender.client.cookies["havre-session"].value,
                    "url": live_server.url,
                }
            ]
        )
        yield context
        chromium.close()


def check_all(member: Member) -> None:
    for one in sent(member):
        with acting_as(Role.WORKER):
            actions.check_upload(household=member.household, upload=one.id, now=NOW)


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    given = [{"name": n, "mimeType": "image/jpeg", "buffer": content} for n, content in files]
    page.locator("[data-send] input[type=file]").first.set_input_files(given)  # type: ignore[arg-type]


def test_several_at_once_and_a_word_for_each(browser: BrowserContext, sender: Member) -> None:
    page = browser.new_page()
    page.goto("/en/papers")
    choose(
        page, ("invoice.jpg", a_photo()), ("other.jpg", b"<script>"), ("third.jpg", a_photo("red"))
    )
    row = page.locator("[data-sent]").first
    expect(row.get_by_text("being checked")).to_have_count(3)
    check_all(sender)
    expect(row.get_by_text("received, 1 page")).to_have_count(2)
    expect(row.get_by_text("other.jpg, refused.")).to_be_visible()
    expect(page.locator("[data-progress] li")).to_have_count(0)
    row.get_by_role("button", name="Take back other.jpg").click()
    expect(page.get_by_text("other.jpg")).to_have_count(0)


def test_a_line_that_breaks_goes_on_by_itself(browser: BrowserContext, sender: Member) -> None:
    page = browser.new_page()
    page.goto("/en/papers")
    broken: list[str] = []

    def break_twice(route: Any) -> None:
        if route.request.method == "PATCH" and len(broken) < 2:
            broken.append(route.request.url)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/uploads/**", break_twice)
    choose(page, ("large.jpg", a_photo() + bytes(1_300_000)))  # three parts
    expect(page.locator("[data-progress]").first).to_contain_text("the network is gone")
    expect(page.locator("[data-sent]").first).to_contain_text("being checked", timeout=20_000)
    assert len(broken) == 2
    (upload,) = sent(sender)
    assert upload.received == upload.size


def test_without_a_script_a_form_does_it(
    browser: BrowserContext, sender: Member, live_server: Any
) -> None:
    plain = browser.browser.new_context(base_url=live_server.url, java_script_enabled=False)  # type: ignore[union-attr]
    plain.add_cookies(browser.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto("/fr/papers")
    choose(page, ("facture.jpg", a_photo()))
    page.get_by_role("button", name="Envoyer Detailed invoice").click()
    expect(page.get_by_text("facture.jpg, vérification en cours")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(
    browser: BrowserContext, sender: Member, scheme: Any, width: int, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/fr/papers")
    choose(
        page,
        ("facture-de-la-clinique-avec-un-nom-qui-ne-finit-pas.jpg", a_photo()),
        ("b.jpg", b"x"),
    )
    expect(page.locator("[data-sent] li")).to_have_count(2)
    check_all(sender)
    begin(sender, name="ordonnance.pdf", fingerprint="x", piece="PROOF")
    page.reload()
    page.screenshot(path=tmp_path / f"papers-{scheme}-{width}.png", full_page=True)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
