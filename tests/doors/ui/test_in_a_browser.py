"""What only a browser can tell: accessibility, sideways scroll, the policy, the script."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.doors.ui.components import UI, render

pytestmark = pytest.mark.browser
ORIGIN = "http://ui.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'"
)
SIZES = (320, 1280)
THEMES = ("light", "dark")
SHEETS = ("components.jinja", "gate.jinja")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        chromium = player.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(timezone_id="America/Mexico_City", service_workers="block")
    opened = context.new_page()
    opened.set_default_timeout(5000)
    yield opened
    context.close()


def show(page: Page, html: str) -> list[str]:
    """Serves the page and the static files from memory; returns the console's errors as they come."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("#")[0]
        if path.startswith("/static/"):
            route.fulfill(path=UI / path[1:])
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)

    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/fr/")
    return complaints


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, sheet: str, theme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    complaints = show(page, render(sheet, theme=theme))
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    ("device", "member", "ground"),
    [
        ("dark", "", "rgb(13, 26, 30)"),
        ("dark", "light", "rgb(246, 240, 229)"),
        ("light", "", "rgb(246, 240, 229)"),
        ("light", "dark", "rgb(13, 26, 30)"),
    ],
)
def test_the_device_chooses_the_theme_unless_the_member_did(
    page: Page, device: Literal["light", "dark"], member: str, ground: str
) -> None:
    page.emulate_media(color_scheme=device)
    show(page, render("gate.jinja", theme=member))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground


def test_paper_gets_black_on_white_without_navigation(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    show(page, render("components.jinja", theme="dark"))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not page.locator("nav").first.is_visible()
    assert page.get_by_text("Texte légal").is_visible()


def test_the_script_fills_the_time_zone(page: Page) -> None:
    show(page, render("gate.jinja"))
    assert page.locator("input[name=time_zone]").input_value() == "America/Mexico_City"


def test_a_password_can_be_shown_and_hidden(page: Page) -> None:
    show(page, render("gate.jinja"))
    entry = page.locator("#password")
    button = page.get_by_role("button", name="Afficher Mot de passe")
    assert entry.get_attribute("type") == "password"
    button.click()
    assert entry.get_attribute("type") == "text"
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert entry.get_attribute("type") == "password"


def test_the_error_summary_takes_the_focus(page: Page) -> None:
    show(page, render("gate.jinja"))
    assert page.evaluate("'errors' in document.activeElement.dataset")


def test_a_form_leaves_once(page: Page) -> None:
    show(page, render("gate.jinja"))
    page.evaluate(
        """() => {
          window.left = 0;
          document.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) window.left++;
            event.preventDefault();
          });
        }"""
    )
    button = page.get_by_role("button", name="Se connecter")
    button.click()
    assert button.get_attribute("aria-disabled") == "true"
    button.click(force=True)
    assert page.evaluate("window.left") == 1


def test_a_personal_page_brought_back_from_memory_is_asked_again(page: Page) -> None:
    show(page, render("components.jinja"))
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")


def test_what_takes_the_focus_leaves_the_tab_bar(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    show(page, render("components.jinja"))
    link = page.get_by_role("link", name="Tous les décomptes")
    link.evaluate("it => scrollBy(0, it.getBoundingClientRect().bottom - innerHeight + 10)")
    bar = page.locator(".nav").bounding_box()
    hidden = link.bounding_box()
    link.focus()
    shown = link.bounding_box()
    assert bar
    assert hidden
    assert shown
    assert hidden["y"] > bar["y"]
    assert shown["y"] + shown["height"] <= bar["y"]
