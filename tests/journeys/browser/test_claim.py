"""A claim from a phone on a slow network to its decision, by an agent who never touches the mouse."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.steps import sign_in
from tests.journeys.browser.test_desk import answering_desk, fresh_code

pytestmark = pytest.mark.browser
WITHIN = 90_000
"""Milliseconds: the line is slow, and a worker checks the files."""
SLOW = {"offline": False, "latency": 200, "downloadThroughput": 60_000, "uploadThroughput": 40_000}
PRESCRIPTION = "Ordonnance du médecin"
"""As the house writes to her: in French, whatever language she reads the space in."""
AMOUNTS = {"fr": "64,20", "en": "64.30"}


def said(language: str, words: str) -> str:
    """A sentence of the catalogue, as the page has it."""
    with translation.override(language):
        return gettext(words)


def a_photo(number: int) -> dict[str, object]:
    """A photo of some 60 KB that is no other one: a second and a half on that line."""
    image = Image.effect_noise((420, 560), 60 + number).convert("RGB")
    written = io.BytesIO()
    image.save(written, "JPEG", quality=25)
    return {"name": f"photo-{number}.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


@pytest.fixture
def phone(context: BrowserContext) -> Page:
    """A member's phone on a slow network."""
    page = context.new_page()
    page.set_default_timeout(WITHIN)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    return page


def go_on(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def add_photos(page: Page, piece: str, *numbers: int) -> None:
    form = page.locator(f"form.drop:has(input[name=piece][value={piece}])")
    form.locator("input[type=file]:not([capture])").set_input_files(
        [a_photo(number) for number in numbers]  # type: ignore[arg-type]
    )


def claim(page: Page, demo: Demo, language: str) -> str:
    """Write a claim with three photos and send it; the path of its page."""
    page.goto(f"{demo.url}/{language}/requests/new/health-claim")
    page.locator("main form").last.locator("button").click()  # another test may have begun one
    page.wait_for_url("**/pages/care")
    page.locator("[name=person]").first.check()
    page.locator("[name=contract]").first.check()
    page.fill("[name=provider]", "Farmacia del Mar")
    page.locator("[name=cfe][value=none]").check()
    page.locator("[name=agreement][value=none]").check()
    page.locator("[name=accident][value=no]").check()
    go_on(page, said(language, "Continue"))
    page.wait_for_url("**/pages/lines")
    one_line(page, AMOUNTS[language])
    go_on(page, said(language, "Continue"))
    page.wait_for_url("**/pages/papers")
    add_photos(page, "invoice", 1, 2)
    add_photos(page, "payment", 3)
    expect(page.locator("[data-sent] .say.ok")).to_have_count(3, timeout=WITHIN)
    page.locator("[name=conditions]").check()
    go_on(page, said(language, "Continue"))
    page.wait_for_url("**/check")
    page.get_by_role("button", name=said(language, "Send the request")).click()
    page.wait_for_url("**/receipt")
    return page.url.removesuffix("/receipt")


def one_line(page: Page, amount: str) -> None:
    """Medicine of yesterday, on prescription, and the account that the refund goes to."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    page.fill("[name='lines.0.day']", yesterday.strftime("%d/%m/%Y"))
    page.select_option("[name='lines.0.category']", "PHARMACY")
    page.fill("[name='lines.0.act']", "Amoxicilina 500 mg")
    page.fill("[name='lines.0.amount.amount']", amount)
    page.locator("[name=account]").first.check()


class Agent:
    """Somebody at the desk with a keyboard and nothing else, once signed in."""

    def __init__(self, page: Page, demo: Demo) -> None:
        self.page, self.demo, self.name = page, demo, ""
        self.url = demo.accounts["desk_url"].rstrip("/")

    def sign_in(self) -> None:
        """As the health agent, with the code of their app."""
        who = next(one for one in self.demo.accounts["staff"] if one["role"] == "HEALTH_AGENT")
        self.name = str(who["email"]).partition("@")[0].title()
        self.page.goto(f"{self.url}/sign-in")
        self.write("[name=email]", who["email"])
        self.write("[name=password]", who["password"])
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/second-step")
        self.write("[name=code]", fresh_code(who["secret"]))
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{self.url}/")

    def speak(self, language: str) -> None:
        self.page.goto(f"{self.url}/profile")
        self.reach(f"button[lang={language}]")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def open(self, case: str) -> None:
        """Out of the queue of claims: the next one is a claim too."""
        self.page.goto(f"{self.url}/requests/{case}?kind=health-claim")

    def reach(self, selector: str) -> None:
        """By the tabulator, as far as it takes."""
        for _ in range(150):
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")

    def write(self, selector: str, words: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(words)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def take(self, case: str) -> None:
        self.open(case)
        self.press("t")
        expect(self.page.locator("[data-key=v]")).to_be_visible()

    def ask_for(self, piece: str) -> None:
        self.press("p")
        self.reach(f"[name=piece][value={piece}]")
        self.press("Space")
        self.reach("details[open] form .btn:not([name])")
        with self.page.expect_navigation():
            self.press("Enter")


@pytest.fixture(scope="module")
def agent(demo: Demo, browser: Browser) -> Iterator[Agent]:
    answering_desk(demo)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.set_default_timeout(WITHIN)
    signed_in = Agent(context.new_page(), demo)
    signed_in.sign_in()
    yield signed_in
    context.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_claim_from_a_phone_to_its_decision(
    demo: Demo, phone: Page, agent: Agent, language: str
) -> None:
    member = demo.accounts["member"]
    sign_in(
        phone,
        demo,
        language=language,
        number=member["adherent_number"],
        password=member["password"],
    )
    phone.wait_for_url(f"{demo.url}/{language}/")
    followed = claim(phone, demo, language)
    case = followed.rpartition("/")[2]

    agent.speak(language)
    agent.take(case)
    assert agent.page.url.startswith(f"{agent.url}/requests/{case}")
    expect(agent.page.locator("[data-paper]")).to_have_count(3)
    agent.press("3")
    expect(agent.page.locator("[data-paper]").nth(2)).to_have_attribute("aria-current", "true")
    agent.ask_for("prescription")

    phone.goto(followed)
    asked = phone.locator(".todo")
    expect(asked).to_contain_text(PRESCRIPTION)
    add_photos(phone, "prescription", 4)
    expect(phone.locator(".todo [data-sent] .say.ok")).to_have_count(1, timeout=WITHIN)
    phone.get_by_role("button", name=said(language, "Send my answer")).click()
    expect(asked).to_have_count(0)

    agent.open(case)
    expect(agent.page.locator("[data-paper]")).to_have_count(4)
    with agent.page.expect_navigation():
        agent.press("v")
    expect(agent.page.locator(".undo")).to_be_visible()

    phone.goto(followed)  # it is told by itself once the ten seconds are over
    expect(phone.get_by_role("heading", name=said(language, "Our decision"))).to_be_visible(
        timeout=WITHIN
    )
    expect(phone.locator("#status")).to_contain_text(said(language, "Validated"))

    phone.goto(f"{demo.url}/{language}/my-data/readings")
    looked = phone.locator("section", has=phone.locator("#openings")).locator("li")
    expect(looked.filter(has=phone.locator(f"a[href$='{case}']")).first).to_contain_text(agent.name)
