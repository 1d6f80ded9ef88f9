"""The first sign-in page by page, in order and not skippable (W2, W3, W8)."""

import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils import translation

from havre.commons.accounts.models import Account, ProvisionalSecret, TermsAcceptance
from havre.commons.content.models import LegalText
from havre.commons.content.queries import forget_terms_version
from havre.domains.people.models import Membership
from havre.foundation.db.roles import Role
from tests.builders import NOW, PASSWORD, a_legal_text, an_active_account
from tests.database import acting_as
from tests.doors.portal.at_the_gate import (
    CHOOSE,
    EMAIL,
    HOME,
    SIGN_IN,
    TERMS,
    another_secret,
    browser,
    choose,
    leads_to,
    mailed_code,
    opening,
    personal_addresses,
    sign_in,
)
from tests.journeys.account_opening.asking import asked, sent, the_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


TO_THE_TEAM = (
    "messages",
    "message-new",
    "message-new-draft",
    "conversation",
    "message-draft",
)


@pytest.fixture
def terms() -> LegalText:
    a_legal_text(source="Le texte français.", html="<p>Le texte français.</p>")
    return a_legal_text(
        language="en", title="Terms of use", source="The text.", html="<p>The whole text.</p>"
    )


@pytest.fixture
def at_email(client: Client) -> Account:
    """Signed in, with a password of one's own and an address to confirm."""
    account = an_active_account(membership=the_member(language="en"), finished=False)
    sign_in(client)
    return account


@pytest.fixture
def at_terms(client: Client, terms: LegalText) -> Account:
    account = an_active_account(membership=the_member(language="en"))
    sign_in(client)
    return account


def _accept(client: Client, **changes: str) -> Any:
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', client.get(TERMS).content.decode())
    assert shown
    return client.post(TERMS, {"accepted": "on", "shown": shown[1]} | changes)


def test_the_whole_path_from_the_form_to_home(client: Client, terms: LegalText) -> None:
    # W2, W6, W7, W8, W9
    the_member(language="en")
    asked()
    first, second = sent(now=NOW + timedelta(minutes=10))
    secret = str(first.body).partition("Provisional password\n    ")[2].partition("\n")[0]
    number = str(second.body).partition("Adherent number\n    ")[2].partition("\n")[0]
    assert leads_to(sign_in(client, number=number, password=secret)) == CHOOSE
    assert leads_to(choose(client)) == EMAIL
    client.get(EMAIL)
    assert leads_to(client.post(EMAIL, {"code": mailed_code()})) == TERMS
    assert leads_to(_accept(client)) == HOME
    assert client.get(HOME).status_code == 200
    assert leads_to(sign_in(browser(), number=number, password=PASSWORD)) == HOME


# --- the provisional password opens one page


def test_a_provisional_password_opens_no_other_page(client: Client, terms: LegalText) -> None:
    _, secret = opening()
    assert leads_to(sign_in(client, password=secret)) == CHOOSE
    with translation.override("en"):
        walked = [*personal_addresses(), EMAIL, TERMS]
    for address in walked:
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 405 or leads_to(answer) == SIGN_IN, address
    assert client.get(CHOOSE).status_code == 200


def test_sign_in_leads_back_to_a_password_not_chosen_yet(client: Client) -> None:
    _, secret = opening()
    assert CHOOSE not in client.get(SIGN_IN).content.decode()
    sign_in(client, password=secret)
    assert f'href="{CHOOSE}"' in client.get(SIGN_IN).content.decode()


def test_without_a_provisional_password_the_page_is_closed(client: Client) -> None:
    assert leads_to(client.get(CHOOSE)) == SIGN_IN
    assert leads_to(choose(client)) == SIGN_IN


def test_a_wrong_case_and_spaces_are_forgiven(client: Client) -> None:
    _, secret = opening()
    assert leads_to(sign_in(client, password=secret.lower().replace("-", " "))) == CHOOSE


def test_a_used_provisional_password_opens_nothing(client: Client) -> None:
    _, secret = opening()
    sign_in(client, password=secret)
    choose(client)
    answer = sign_in(browser(), password=secret)
    assert answer.status_code == 422
    assert "do not match" in answer.content.decode()


def test_an_expired_provisional_password_opens_nothing(client: Client) -> None:
    _, secret = opening()
    with time_machine.travel(NOW + timedelta(hours=24), tick=False):
        assert sign_in(client, password=secret).status_code == 422


def test_one_that_expires_while_the_page_is_open_says_so(client: Client) -> None:
    _, secret = opening()
    with time_machine.travel(NOW + timedelta(hours=23, minutes=50), tick=False):
        sign_in(client, password=secret)
    with time_machine.travel(NOW + timedelta(hours=24), tick=False):
        answer = choose(client)
    assert answer.status_code == 409
    assert "no longer opens" in answer.content.decode()


def test_of_two_browsers_the_second_finds_it_no_longer_opens(terms: LegalText) -> None:
    account, secret = opening()
    first, second = browser(), browser()
    for client in (first, second):
        assert leads_to(sign_in(client, password=secret)) == CHOOSE
        assert client.get(CHOOSE).status_code == 200
    assert leads_to(choose(first)) == EMAIL
    answer = choose(second, password="une-tout-autre-phrase")
    assert answer.status_code == 409
    assert "no longer opens" in answer.content.decode()
    account.refresh_from_db()
    assert check_password(PASSWORD, account.password)
    assert leads_to(second.get(CHOOSE)) == SIGN_IN
    assert first.get(EMAIL).status_code == 200


def test_the_second_browser_learns_it_on_reloading_too() -> None:
    _, secret = opening()
    first, second = browser(), browser()
    for client in (first, second):
        sign_in(client, password=secret)
    choose(first)
    assert second.get(CHOOSE).status_code == 409


def test_another_live_issue_is_used_up_with_the_first(client: Client) -> None:
    account, secret = opening()
    other = another_secret(account, now=NOW + timedelta(minutes=15))
    sign_in(client, password=secret)
    choose(client)
    assert sign_in(browser(), password=other).status_code == 422
    assert not ProvisionalSecret.objects.filter(used_at=None).exists()


def test_the_page_sent_again_after_success_changes_nothing(client: Client) -> None:
    account, secret = opening()
    sign_in(client, password=secret)
    choose(client)
    assert leads_to(choose(client, password="une-tout-autre-phrase")) == SIGN_IN
    account.refresh_from_db()
    assert check_password(PASSWORD, account.password)


def test_a_break_in_the_middle_keeps_both_or_neither() -> None:
    account, secret = opening()
    client = browser(raise_request_exception=False)
    sign_in(client, password=secret)
    with patch.object(Account, "save", side_effect=InterruptedError):
        assert choose(client).status_code == 500
    account.refresh_from_db()
    assert account.password == ""
    assert leads_to(choose(client)) == EMAIL


def test_the_session_changes_key_when_the_password_is_chosen(client: Client) -> None:
    _, secret = opening()
    sign_in(client, password=secret)
    before = client.session.session_key
    choose(client)
    assert client.session.session_key != before
    assert not client.session.exists(before)
    assert "provisional" not in client.session


def test_an_unfinished_personalisation_begins_again_with_the_same_mail() -> None:
    _, secret = opening()
    sign_in(browser(), password=secret)
    later = browser()
    assert leads_to(sign_in(later, password=secret)) == CHOOSE
    assert leads_to(choose(later)) == EMAIL


# --- the password


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("onze lettre", "12 characters or more"),
        ("lampe corail " * 11, "128 characters at the most"),
        ("unbelievable", "lists that thieves try first"),
        ("helene le goff", "holds your name or your number"),
        ("HV2048173 abc", "holds your name or your number"),
        ("moreau05031980", "holds your name or your number"),
    ],
)
def test_a_password_that_is_not_good_enough_says_why(
    client: Client, password: str, words: str
) -> None:
    account, secret = opening()
    sign_in(client, password=secret)
    answer = choose(client, password=password)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Strength: " in page
    assert password not in page
    account.refresh_from_db()
    assert account.password == ""


def test_the_provisional_password_cannot_become_ones_own(client: Client) -> None:
    _, secret = opening()
    sign_in(client, password=secret)
    for password in (secret, secret.lower().replace("-", " ")):
        answer = choose(client, password=password)
        assert answer.status_code == 422
        assert "This is the provisional password." in answer.content.decode()


def test_both_times_it_is_the_same(client: Client) -> None:
    _, secret = opening()
    sign_in(client, password=secret)
    answer = choose(client, again=PASSWORD + "x")
    assert answer.status_code == 422
    assert "The two are not the same" in answer.content.decode()


def test_strength_is_told_in_words_once_it_is_kept(client: Client) -> None:
    _, secret = opening()
    sign_in(client, password=secret)
    choose(client)
    assert "Strength: strong." in client.get(EMAIL).content.decode()
    assert "Strength" not in client.get(EMAIL).content.decode()


@pytest.mark.parametrize("value", ["", "\0", "corail\0lanterne-septembre", "x" * 5000])
def test_what_cannot_be_kept_is_refused(client: Client, value: str) -> None:
    _, secret = opening()
    sign_in(client, password=secret)
    assert choose(client, password=value).status_code == 422


# --- the steps in their order


def test_before_the_address_every_page_leads_to_it(
    client: Client, at_email: Account, terms: LegalText
) -> None:
    # W8
    _every_page_leads_to(client, EMAIL, besides=TERMS)


def test_before_the_terms_every_page_leads_to_them(client: Client, at_terms: Account) -> None:
    # W2
    _every_page_leads_to(client, TERMS, besides=EMAIL, open_already=TO_THE_TEAM)


def _every_page_leads_to(
    client: Client, step: str, *, besides: str, open_already: Collection[str] = ()
) -> None:
    with translation.override("en"):
        walked = [*personal_addresses(besides=open_already), besides]
    for address in walked:
        for answer in (client.get(address), client.post(address, {"code": "1", "accepted": "on"})):
            assert answer.status_code == 405 or leads_to(answer) == step, address
    assert client.get(step).status_code == 200
    assert client.get("/en/terms").status_code == 200


def test_after_the_last_step_the_others_are_closed(client: Client, at_terms: Account) -> None:
    _accept(client)
    for address in (EMAIL, TERMS):
        assert leads_to(client.get(address)) == HOME
    assert leads_to(client.get(CHOOSE)) == SIGN_IN


def test_an_unfinished_first_sign_in_resumes_at_its_step(
    client: Client, at_email: Account, terms: LegalText
) -> None:
    client.post("/en/sign-out")
    later = browser()
    sign_in(later)
    assert leads_to(later.get(HOME)) == EMAIL
    later.get(EMAIL)
    later.post(EMAIL, {"code": mailed_code()})
    last = browser()
    sign_in(last)
    assert leads_to(last.get(HOME)) == TERMS


def test_signing_out_is_in_reach_at_each_step(
    client: Client, at_email: Account, terms: LegalText
) -> None:
    # W16
    assert 'action="/en/sign-out"' in client.get(EMAIL).content.decode()
    client.post(EMAIL, {"code": mailed_code()})
    assert 'action="/en/sign-out"' in client.get(TERMS).content.decode()


# --- the address


def test_the_page_shows_little_of_the_address(client: Client, at_email: Account) -> None:
    page = client.get(EMAIL).content.decode()
    assert "n•••••@example.org" in page
    assert "n.legoff" not in page


def test_a_wrong_code_says_how_many_tries_are_left(client: Client, at_email: Account) -> None:
    client.get(EMAIL)
    code = mailed_code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        pages = [client.post(EMAIL, {"code": wrong}).content.decode() for _ in range(5)]
    assert "4 tries left" in pages[0]
    assert "1 try left" in pages[3]
    assert "A new one was sent" in pages[4]
    assert client.post(EMAIL, {"code": code}).status_code == 422
    assert (
        leads_to(client.post(EMAIL, {"code": mailed_code(now=NOW + timedelta(minutes=1))})) == TERMS
    )


def test_spaces_in_the_code_do_not_count(client: Client, at_email: Account) -> None:
    client.get(EMAIL)
    code = mailed_code()
    assert leads_to(client.post(EMAIL, {"code": f" {code[:3]} {code[3:]} "})) == TERMS


def test_a_code_that_is_too_old_is_replaced(client: Client, at_email: Account) -> None:
    client.get(EMAIL)
    code = mailed_code()
    later = NOW + timedelta(minutes=29)
    with time_machine.travel(later, tick=False):
        client.get(EMAIL)
    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        answer = client.post(EMAIL, {"code": code})
    assert answer.status_code == 422
    assert "no longer valid" in answer.content.decode()


def test_too_many_codes_is_a_page_with_the_service_on_it(client: Client, at_email: Account) -> None:
    # W19
    answers = [client.post(EMAIL, {"again": "1"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "+33 1 99 00 12 34" in answers[5].content.decode()
    assert client.get(EMAIL).status_code == 200


def test_an_address_that_changed_meanwhile_gets_a_code_of_its_own(
    client: Client, at_email: Account
) -> None:
    client.get(EMAIL)
    code = mailed_code()
    with acting_as(Role.OWNER):
        Membership.objects.filter(id=at_email.membership_id).update(email="z@example.net")
    later = NOW + timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        answer = client.post(EMAIL, {"code": code})
    assert answer.status_code == 422
    assert "z•••••@example.net" in answer.content.decode()
    assert leads_to(client.post(EMAIL, {"code": mailed_code(now=later)})) == TERMS


def test_without_an_address_the_service_is_named(client: Client, at_email: Account) -> None:
    # W19
    with acting_as(Role.OWNER):
        Membership.objects.filter(id=at_email.membership_id).update(email=None)
    answer = client.get(EMAIL)
    assert answer.status_code == 409
    assert "+33 1 99 00 12 34" in answer.content.decode()


@pytest.mark.parametrize("value", ["", "\0", "12\x003456", "x" * 5000])
def test_what_is_no_code_is_refused(client: Client, at_email: Account, value: str) -> None:
    assert client.post(EMAIL, {"code": value}).status_code == 422


# --- the terms


def test_the_full_text_is_on_the_page_and_told_apart_from_the_contract(
    client: Client, at_terms: Account
) -> None:
    # W2, W5
    page = client.get(TERMS).content.decode()
    assert "<p>The whole text.</p>" in page
    assert "do not replace the general and particular conditions" in page


def test_the_acceptance_is_recorded_with_version_time_language_and_hash(
    client: Client, at_terms: Account, terms: LegalText
) -> None:
    # W2
    assert leads_to(_accept(client)) == HOME
    (kept,) = TermsAcceptance.objects.all()
    assert (kept.account_id, kept.version, kept.language) == (at_terms.id, "1.0", "en")
    assert (kept.text_sha256, kept.accepted_at) == (terms.sha256, NOW)


def test_in_french_the_french_text_is_accepted(client: Client, at_terms: Account) -> None:
    page = client.get("/fr/first-sign-in/terms").content.decode()
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', page)
    assert shown
    client.post("/fr/first-sign-in/terms", {"accepted": "on", "shown": shown[1]})
    (kept,) = TermsAcceptance.objects.all()
    assert kept.language == "fr"
    assert kept.text_sha256 == LegalText.objects.get(language="fr").sha256


@pytest.mark.parametrize("form", [{}, {"accepted": ""}, {"accepted": "on", "shown": ""}])
def test_nothing_is_accepted_without_the_box(
    client: Client, at_terms: Account, form: dict[str, str]
) -> None:
    answer = client.post(TERMS, {"shown": "x"} | form)
    assert answer.status_code in {409, 422}
    assert not TermsAcceptance.objects.exists()


def test_a_text_that_changed_while_it_was_read_is_shown_again(
    client: Client, at_terms: Account, terms: LegalText
) -> None:
    # W3
    client.get(TERMS)
    with acting_as(Role.OWNER):
        LegalText.objects.filter(id=terms.id).update(in_force_from=date(2025, 1, 1))
    a_legal_text(language="en", version="2.0", source="New.", html="<p>The new text.</p>")
    answer = client.post(TERMS, {"accepted": "on", "shown": terms.sha256})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The text has changed" in page
    assert "The new text." in page
    assert "checked" not in page.partition('name="accepted"')[2].partition(">")[0]
    assert not TermsAcceptance.objects.exists()
    assert leads_to(_accept(client)) == HOME
    assert TermsAcceptance.objects.get().version == "2.0"


def test_a_new_version_must_be_accepted_before_going_on(client: Client, at_terms: Account) -> None:
    # W3
    _accept(client)
    assert client.get(HOME).status_code == 200
    for language in ("fr", "en"):
        a_legal_text(
            language=language, version="2.0", in_force_from=date(2026, 6, 1), source=language
        )
    assert leads_to(client.get(HOME)) == TERMS
    assert leads_to(_accept(client)) == HOME
    assert client.get(HOME).status_code == 200


def test_accepting_a_version_just_loaded_leads_home_at_once(
    client: Client, at_terms: Account
) -> None:
    """The process still remembers the version before: it must not ask for that one again."""
    client.get(TERMS)
    remembered = patch("tests.builders.forget_terms_version")
    with remembered:
        for language in ("fr", "en"):
            a_legal_text(
                language=language, version="2.0", in_force_from=date(2026, 6, 1), source=language
            )
    assert leads_to(_accept(client)) == HOME
    assert client.get(HOME).status_code == 200
    forget_terms_version()
