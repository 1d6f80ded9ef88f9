"""P9: the bytes and requests of each page on a cold phone. P10: the memory of a web process."""

import shutil
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch
from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from tests.bench.figures import Figure
from tests.bench.house import House
from tests.bench.members import Household
from tests.bench.pages import OPEN, address, rows_of, there
from tests.bench.processes import Server, memory

KILOBYTES, REQUESTS = 100, 8
MEGABYTES = 120
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def measure(house: House, ours: Server, household: Household) -> Figure:
    """As anybody, then as a member, each page with nothing kept from before."""
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is None:
        return Figure("P9", "first page on a cold phone", "no Chromium here", "", met=False)
    rows = rows_of(house, [household])
    pages = {f"{name}, signed out": (path, "") for name, path in _open_to_all().items()}
    pages |= {
        page.name: (page.path(household, rows), household.session)
        for page in there(household, rows)
    }
    with sync_playwright() as playwright:
        loads = {
            name: _load(playwright, found, ours, path, session)
            for name, (path, session) in pages.items()
        }
    sizes = {name: sum(load.values()) / 1000 for name, load in loads.items()}
    worst = max(loads, key=lambda name: sizes[name])
    return Figure(
        "P9",
        "first page on a cold phone: transferred kB, requests",
        f"{sizes[worst]:.0f} kB, {max(map(len, loads.values()))} ({worst})",
        f"≤ {KILOBYTES} kB, ≤ {REQUESTS}",
        sizes[worst] <= KILOBYTES and max(map(len, loads.values())) <= REQUESTS,
        tuple(_told(name, load) for name, load in loads.items()),
    )


def _open_to_all() -> dict[str, str]:
    found = {}
    for name in OPEN:
        with suppress(NoReverseMatch):
            found[name] = address(name)
    return found


def measure_memory(ours: Server) -> Figure:
    """At rest, after the requests of the other figures."""
    sizes = {name: size / 1e6 for name, size in memory(ours.worker).items()}
    return Figure(
        "P10",
        "memory of a web process at rest, PSS",
        f"{sizes['Pss']:.0f} MB",
        f"≤ {MEGABYTES} MB",
        sizes["Pss"] <= MEGABYTES,
        (f"private {sizes['Private']:.0f} MB, resident {sizes['Rss']:.0f} MB",),
    )


def _load(
    playwright: Playwright, chromium: str, ours: Server, path: str, session: str
) -> dict[str, float]:
    """Bytes over the wire of each address, headers included, as the browser counts them."""
    # No sandbox: Chromium refuses one to root, and reads only our own pages here.
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR")
    if session:
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": session,
                    "url": f"http://localhost:{ours.port}",
                }
            ]
        )
    try:
        return _bytes(context, f"http://localhost:{ours.port}{path}")
    finally:
        browser.close()


def _bytes(context: BrowserContext, url: str) -> dict[str, float]:
    page = context.new_page()
    network = context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}

    def sent(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):  # not what is inside the page (data:)
            addresses[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] in addresses:
            sizes[addresses[event["requestId"]]] = event["encodedDataLength"]

    network.on("Network.requestWillBeSent", sent)
    network.on("Network.loadingFinished", finished)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    answer = page.goto(url, wait_until="networkidle")
    if answer is None or answer.status != 200 or page.url != url:
        raise RuntimeError(f"{url}: the browser did not get the page but {page.url}")
    if set(addresses.values()) != set(sizes):
        raise RuntimeError(f"{url}: not all that was asked for came")
    return sizes


def _told(name: str, load: dict[str, float]) -> str:
    parts = (
        f"{address.rpartition('/')[2] or '/'} {size / 1000:.1f}" for address, size in load.items()
    )
    return f"{name}: {sum(load.values()) / 1000:.1f} kB in {len(load)} ({', '.join(parts)})"
