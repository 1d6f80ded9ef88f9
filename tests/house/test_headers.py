"""What surrounds every answer: what a browser may run, keep and tell, and nothing in clear."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from havre.commons.content.queries import forget_terms_version
from tests.house.addresses import ADDRESSES
from tests.house.test_urls import address
from tests.house.visitors import NOW, As, World, a_world

SOURCE = Path(__file__).resolve().parents[2] / "src"
NOT_NEEDED = ("camera", "geolocation", "microphone", "payment", "usb")


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield a_world()
    forget_terms_version()


def pages(world: World) -> Iterator[tuple[str, As, HttpResponse]]:
    """Every address as somebody whom it shows something, and as nobody."""
    for name, methods in ADDRESSES.items():
        answers = methods.get("GET", {})
        seen = [who for who, answer in answers.items() if answer == "200"]
        for who in {As.NOBODY, *seen[-1:]}:
            answer: Any = world.browser(who).get(address(name, world.mine))
            yield name, who, answer


def directives(answer: HttpResponse) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


def test_every_answer_says_what_a_browser_may_do(world: World) -> None:
    # S8: no page reaches a third party, who could count or follow its reader.
    for name, who, answer in pages(world):
        where = f"{name} as {who}"
        policy = directives(answer)
        assert "unsafe" not in answer["Content-Security-Policy"], where
        assert (
            policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
        )
        assert policy["form-action"] == ["'self'"], where
        assert all(
            value == "'self'" or value.startswith("'nonce-") for value in policy["script-src"]
        )
        assert not {"*", "https:", "data:", "http:"} & {*policy["script-src"], *policy["style-src"]}
        assert answer["X-Content-Type-Options"] == "nosniff", where
        told = "no-referrer" if name == "check" else "same-origin"  # its address is a secret
        assert answer["Referrer-Policy"] == told, where
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", where
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", where
        assert all(f"{sense}=()" in answer["Permissions-Policy"] for sense in NOT_NEEDED), where


def test_no_cache_keeps_a_page(world: World) -> None:
    kept = [
        f"{name} as {who}"
        for name, who, answer in pages(world)
        if "no-store" not in answer["Cache-Control"]
    ]
    assert kept == []


def test_what_a_missing_page_or_a_refused_form_says_is_guarded_too(world: World) -> None:
    missing: Any = world.browser(As.MEMBER).get("/fr/no-such-page")
    refused: Any = Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post("/fr/sign-in")
    for answer, status in ((missing, 404), (refused, 403)):
        assert answer.status_code == status
        assert directives(answer)["default-src"] == ["'none'"]
        assert "no-store" in answer["Cache-Control"]


def test_a_nonce_serves_once(world: World) -> None:
    """Where a policy names one, it is never the same."""
    policies = {
        world.browser(As.NOBODY).get("/fr/sign-in")["Content-Security-Policy"] for _ in range(3)
    }
    assert len(policies) == (3 if "nonce" in next(iter(policies)) else 1)


def test_signing_out_forgets_the_session_on_both_sides(world: World) -> None:
    browser = world.browser(As.MEMBER)
    assert browser.get(reverse("portal:home")).status_code == 200
    answer = browser.post(reverse("portal:sign-out"))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
    again = world.browser(As.MEMBER)  # somebody kept the key
    assert again.get(reverse("portal:home")).status_code == 302


# --- Plain HTTP ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/fr/sign-in", "/fr/contracts", "/static/ui/havre.css"])
@pytest.mark.parametrize("host", ["members.example.org", "members.example.org:8000", "10.0.0.7"])
@override_settings(ALLOWED_HOSTS=["*"])
def test_plain_http_is_refused_off_this_machine(db: None, host: str, path: str) -> None:
    # W17
    answer = Client(HTTP_HOST=host).get(path)
    assert answer.status_code == 403
    assert "https://" in answer.content.decode()
    assert not answer.cookies
    assert "Location" not in answer.headers


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
@override_settings(ALLOWED_HOSTS=["*"])
def test_plain_http_is_answered_on_this_machine(db: None, host: str) -> None:
    assert Client(HTTP_HOST=host).get("/fr/sign-in").status_code == 200


@override_settings(ALLOWED_HOSTS=["*"])
def test_https_is_answered_elsewhere(db: None) -> None:
    answer = Client(HTTP_HOST="members.example.org").get("/fr/sign-in", secure=True)
    assert answer.status_code == 200


@override_settings(ALLOWED_HOSTS=["*"])
def test_a_header_that_no_trusted_proxy_wrote_opens_nothing(db: None) -> None:
    answer = Client(HTTP_HOST="members.example.org", HTTP_X_FORWARDED_PROTO="https").get("/")
    assert answer.status_code == 403


# --- With https, as it is served -----------------------------------------------------------------

# In a process of its own: these settings are read once, when it starts.
_ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
got = Client(HTTP_HOST="members.example.org").get("/fr/create-account", secure=True)
print(json.dumps({
    "status": got.status_code,
    "hsts": got.headers.get("Strict-Transport-Security"),
    "cookies": {name: {key: str(value) for key, value in morsel.items()}
                for name, morsel in got.cookies.items()},
    "names": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
    "session": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
                settings.SESSION_COOKIE_SAMESITE, settings.SESSION_COOKIE_PATH,
                settings.SESSION_COOKIE_DOMAIN],
    "device": __import__("havre.doors.portal.identity", fromlist=["x"]).DEVICE_COOKIE,
}))
"""


@pytest.fixture(scope="module")
def served() -> dict[str, Any]:
    """What an installation at https://members.example.org answers. It asks the database nothing."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "havre.project.django_settings",
        "BASE_URL": "https://members.example.org",
        "PYTHONPATH": str(SOURCE),
    }
    done = subprocess.run(
        [sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_https_is_remembered_for_a_year(served: dict[str, Any]) -> None:
    assert served["status"] == 200
    assert served["hsts"].startswith("max-age=31536000")


def test_cookies_stay_with_this_site_and_away_from_scripts(served: dict[str, Any]) -> None:
    assert [*served["names"], served["device"]] == [
        "__Host-havre-session",
        "__Host-havre-csrf",
        "__Host-havre-device",
    ]
    assert served["session"] == [True, True, "Lax", "/", None]
    assert "__Host-havre-csrf" in served["cookies"]
    for name, cookie in served["cookies"].items():
        assert cookie["secure"] == "True", name
        assert cookie["httponly"] == "True", name
        assert cookie["samesite"] == "Lax", name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name  # what __Host- asks
