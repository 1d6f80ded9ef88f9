"""A forgotten password: asked for, replaced, then denied by mail; on a phone, in French, without a script."""

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from havre.project.installation import open_installation
from tests.journeys.browser.conftest import Demo
from tests.journeys.browser.looking import faults
from tests.journeys.browser.steps import (
    PASSWORD,
    ask_to_open,
    finish_first_sign_in,
    sign_in,
    someone_else,
    wait_for_mail,
)

pytestmark = pytest.mark.browser
NEW = "une mouette sur le mât"
PROVISIONAL = r"Vous avez demandé un nouveau mot de passe[^$]*?((?:[0-9A-Z]{4}-){5}[0-9A-Z]{4})"
DENIAL = r"Votre mot de passe a été changé[^$]*?(http://\S+/fr/not-me/\S+)"


def a_page(browser: Browser, *, scripts: bool) -> Page:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        locale="fr-FR",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    return context.new_page()


def a_quarter_of_an_hour_passes(demo: Demo) -> None:
    """A provisional password is not issued twice within it, and opening the account took one."""
    installation = open_installation({"HAVRE_HOME": str(demo.home)})
    assert installation.server is not None
    with (
        installation.server as server,
        psycopg.connect(server.dsn("superuser", "havre")) as connection,
    ):
        connection.execute(
            "UPDATE accounts_provisionalsecret SET issued_at = issued_at - interval '15 minutes'"
        )


def test_from_a_lost_password_to_a_denied_change(demo: Demo, browser: Browser) -> None:
    # W9
    here, identity = f"{demo.url}/fr", someone_else(demo, language="fr", nth=2)
    number, born = identity["adherent_number"], identity["birth_date"]
    elsewhere = a_page(browser, scripts=True)
    ask_to_open(elsewhere, demo, language="fr", identity=identity)
    finish_first_sign_in(elsewhere, demo, language="fr", identity=identity)
    a_quarter_of_an_hour_passes(demo)

    plain = a_page(browser, scripts=False)
    plain.goto(f"{here}/sign-in")
    plain.get_by_role("link", name="Mot de passe oublié").click()
    plain.locator("#adherent_number").fill(number)
    plain.locator("#birth_date").fill("/".join(reversed(born.split("-"))))
    plain.locator("main form button[type=submit]").click()
    plain.wait_for_url("**/forgotten-password/received")
    secret = wait_for_mail(plain, demo, to=identity["email"], language="fr", pattern=PROVISIONAL)
    elsewhere.goto(f"{here}/contracts")
    assert elsewhere.url == f"{here}/contracts"  # until another is chosen, nothing ends

    sign_in(plain, demo, language="fr", number=number, password=secret)
    plain.wait_for_url("**/first-sign-in/password")
    plain.locator("#password").fill(NEW)
    plain.locator("#again").fill(NEW)
    plain.get_by_role("button", name="Garder ce mot de passe").click()
    plain.wait_for_url(f"{here}/")
    elsewhere.goto(f"{here}/contracts")
    elsewhere.wait_for_url("**/sign-in*")
    sign_in(elsewhere, demo, language="fr", number=number, password=PASSWORD)
    elsewhere.locator("[data-errors]").wait_for()  # the old password opens nothing

    link = wait_for_mail(plain, demo, to=identity["email"], language="fr", pattern=DENIAL)
    elsewhere.goto(link)
    assert faults(elsewhere) == []
    plain.goto(link)
    assert "/not-me/" not in plain.url  # the secret has left the address
    plain.get_by_role("button", name="Ce n’était pas moi").click()
    plain.wait_for_url("**/account-closed")
    sign_in(plain, demo, language="fr", number=number, password=NEW)
    plain.wait_for_url("**/account-closed")
    elsewhere.goto(link)
    assert faults(elsewhere) == []
    elsewhere.context.close()
    plain.context.close()
