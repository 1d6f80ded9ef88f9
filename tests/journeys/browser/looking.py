"""A page looked at by axe, narrow and wide, without being asked for again."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Between them, the two languages are looked at in every width and colour scheme.
_LOOKS: dict[str, tuple[tuple[int, Any], ...]] = {
    "fr": ((320, "light"), (1280, "dark")),
    "en": ((320, "dark"), (1280, "light")),
}
_AXE = Axe()


def faults(page: Page) -> list[str]:
    """What axe finds and whether the page scrolls sideways, in each look of the page's language."""
    found = []
    for width, scheme in _LOOKS[page.evaluate("document.documentElement.lang")]:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{width} {scheme}: {fault}" for fault in _faults(page)]
    return found


def _faults(page: Page) -> list[str]:
    violations: list[dict[str, Any]] = _AXE.run(page).response["violations"]
    faults = [f"{one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"]]
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return faults + ([f"scrolls sideways by {overflow}px"] if overflow > 0 else [])
