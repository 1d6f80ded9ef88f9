"""A new version of the terms shows what changed; every version that was accepted stays at hand."""

from datetime import date, timedelta

import pytest

from havre.commons.accounts.models import TermsAcceptance
from havre.commons.content.models import LegalText
from havre.foundation.db.roles import Role
from tests.builders import a_legal_text
from tests.database import acting_as
from tests.doors.portal.at_the_gate import leads_to
from tests.doors.portal.conftest import NOW, Member, signed_in
from tests.foundation.reading_pdf import text_of as pdf_text

pytestmark = pytest.mark.django_db
OLD = "## Access\n\nWe keep logs for six months.\n\n- a phone\n"
NEW = "## Access\n\nWe keep logs for twelve months.\n\n- a phone\n- a computer\n"
PAGE, LIST = "/en/first-sign-in/terms", "/en/profile/terms"


def a_version(version: str, source: str, day: date, language: str = "en") -> LegalText:
    return a_legal_text(
        version=version,
        source=source,
        in_force_from=day,
        language=language,
        html=f"<p>{version}</p>",
    )


def accepted(member: Member, text: LegalText) -> TermsAcceptance:
    with acting_as(Role.OWNER):
        return TermsAcceptance.objects.create(
            account=member.account,
            version=text.version,
            language=text.language,
            text_sha256=text.sha256,
            accepted_at=NOW - timedelta(days=90),
        )


@pytest.fixture
def told(claire: Member) -> Member:
    """Claire accepted 1.0 in English; 2.0 came into force."""
    accepted(claire, a_version("1.0", OLD, date(2026, 1, 1)))
    a_version("2.0", NEW, date(2026, 6, 10))
    return claire


def test_a_new_version_shows_what_changed_beside_what_was_accepted(told: Member) -> None:
    # W3, W4
    page = told.page(PAGE.removeprefix("/en/"))
    assert "You accepted version 1.0" in page
    assert "Version 2.0, in force from 10 June 2026" in page
    assert "<del>" in page
    assert '<ins><span class="vh">Added: </span>twelve</ins>' in page
    assert '<del><span class="vh">Removed: </span>six</del>' in page
    assert "Nothing: this paragraph is new." in page
    assert "<p>2.0</p>" in page
    assert "do not replace the general and particular conditions" in page  # W5


def test_accepting_it_expressly_leads_home(told: Member) -> None:
    # W3
    assert leads_to(told.client.get("/en/")) == PAGE
    shown = LegalText.objects.get(version="2.0").sha256
    refused = told.client.post(PAGE, {"shown": shown})
    assert refused.status_code == 422
    assert leads_to(told.client.post(PAGE, {"shown": shown, "accepted": "on"})) == "/en/"
    assert told.client.get("/en/").status_code == 200


def test_who_refuses_signs_out_reads_the_public_pages_and_knows_whom_to_call(told: Member) -> None:
    # W2
    page = told.page(PAGE.removeprefix("/en/"))
    assert "You do not agree?" in page
    assert 'href="tel:' in page
    for path in ("terms", "faq", "contact"):
        assert told.client.get(f"/en/{path}").status_code == 200
    assert leads_to(told.client.post("/en/sign-out")) == "/en/sign-in"


def test_a_first_sign_in_compares_nothing(claire: Member) -> None:
    a_version("2.0", NEW, date(2026, 6, 10))
    assert "What changes" not in claire.page(PAGE.removeprefix("/en/"))


def test_each_version_accepted_is_listed_read_and_downloaded(claire: Member) -> None:
    # W4
    one = accepted(claire, a_version("1.0", OLD, date(2026, 1, 1)))
    page = claire.page("profile/terms")
    assert "Version 1.0" in page
    assert f"{LIST}/{one.id}/pdf" in page
    assert "<p>1.0</p>" in claire.page(f"profile/terms/{one.id}")
    file = claire.client.get(f"{LIST}/{one.id}/pdf")
    assert file["Content-Type"] == "application/pdf"
    assert "terms-of-use-1.0.pdf" in file["Content-Disposition"]
    for said in ("We keep logs for six months.", "Version 1.0", one.text_sha256[:20]):
        assert said in pdf_text(file.content)
    assert "Terms you accepted" in claire.page("profile")


def test_a_text_that_is_not_the_one_accepted_is_not_shown_for_it(claire: Member) -> None:
    text = a_version("1.0", OLD, date(2026, 1, 1))
    one = accepted(claire, text)
    with acting_as(Role.OWNER):
        TermsAcceptance.objects.filter(id=one.id).update(text_sha256="another")
    assert "Ask us for this text" in claire.page("profile/terms")
    assert claire.client.get(f"{LIST}/{one.id}").status_code == 404


def test_nobody_reads_what_another_accepted(claire: Member) -> None:
    one = accepted(claire, a_version("1.0", OLD, date(2026, 1, 1)))
    accepted(other := signed_in_elsewhere(), LegalText.objects.get())
    assert other.client.get(f"{LIST}/{one.id}").status_code == 404
    assert other.client.get(f"{LIST}/{one.id}/pdf").status_code == 404


def signed_in_elsewhere() -> Member:
    from tests.builders import a_member

    person, membership = a_member(adherent_number="HV 99")
    return signed_in(person=person, membership=membership)


def test_the_last_sixty_days_are_said_on_the_home_page(claire: Member) -> None:
    # W14
    assert "Your access ends" not in claire.page("")
    with acting_as(Role.OWNER):
        type(claire.account).objects.filter(id=claire.account.id).update(
            access_ends_on=date(2026, 8, 1)
        )
    page = claire.page("")
    assert "Your access ends on 1 August 2026" in page
    assert "/en/certificates" in page
