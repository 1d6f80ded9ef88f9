"""The pages about staff and one's own sign-in."""

from uuid import UUID

import pytest
from django.test import override_settings

from havre.commons.staff.models import CodeApp, Invitation, StaffMember
from havre.commons.staff.words import Permission
from havre.foundation.crypto import provisional_key, provisional_secret
from tests.doors.desk.conftest import DeskClient
from tests.staff import a_code, a_staff, session_key

INVITED = {
    "email": "lea@desk.example",
    "first_name": "Léa",
    "last_name": "Caron",
    "language": "fr",
    "AGENT": "on",
    "products": "ESC, AMA",
}


def test_an_administrator_invites_and_the_invited_comes_in(desk_client: DeskClient) -> None:
    boss = desk_client("ADMINISTRATOR")
    assert boss.post("staff/invite", **INVITED)["Location"] == "/desk/staff"
    made = Invitation.objects.get()
    row = StaffMember.objects.get(id=made.staff_id)
    assert (row.roles, row.products, row.employers) == (["AGENT"], ["AMA", "ESC"], [])
    assert "Léa Caron" in boss.page("staff")
    guest = desk_client("AGENT").client
    guest.cookies.clear()
    way = f"/desk/invitation/{made.id}"
    assert "Léa" not in guest.get(way).content.decode()  # nobody is named before the code
    code = provisional_secret(provisional_key(), made.id)
    form = {"code": code.lower().replace("-", " "), "password": "calm water under pines"}
    assert guest.post(way, {**form, "again": "something else"}).status_code == 422
    assert guest.post(way, {**form, "again": form["password"], "code": "AAAA"}).status_code == 422
    answer = guest.post(way, {**form, "again": form["password"]})
    assert answer["Location"] == "/desk/profile/second-factors"
    assert guest.get("/desk/")["Location"] == "/desk/profile/second-factors"
    assert guest.get(way).status_code == 410


@pytest.mark.parametrize(
    "wrong",
    [{"AGENT": ""}, {"employers": "not-an-id"}, {"email": "nowhere"}, {"first_name": ""}],
)
def test_a_wrong_invitation_is_told_and_sends_nothing(
    desk_client: DeskClient, wrong: dict[str, str]
) -> None:
    form = {key: value for key, value in {**INVITED, **wrong}.items() if value}
    assert desk_client("ADMINISTRATOR").post("staff/invite", **form).status_code == 422
    assert not Invitation.objects.exists()


def test_what_is_sensitive_asks_for_the_factor_again_and_leads_back(
    desk_client: DeskClient,
) -> None:
    boss = desk_client("ADMINISTRATOR", confirmed=False)
    way = boss.client.get("/desk/staff/invite")["Location"]
    assert way == "/desk/confirm?next=%2Fdesk%2Fstaff%2Finvite"
    assert boss.client.post(way, {"code": "000000"}).status_code == 422
    assert boss.client.post(way, {"code": a_code()})["Location"] == "/desk/staff/invite"
    assert boss.page("staff/invite")
    elsewhere = boss.client.post("/desk/confirm?next=https://elsewhere.example/", {"code": "1"})
    assert elsewhere.status_code == 422


def test_ending_access_is_at_once_and_the_last_administrator_stays(
    desk_client: DeskClient,
) -> None:
    boss, agent = desk_client("ADMINISTRATOR"), desk_client("AGENT")
    assert agent.page()
    assert "Every session ends now" in boss.page(f"staff/{agent.id}/end")
    assert boss.post(f"staff/{agent.id}/end")["Location"] == "/desk/staff"
    assert agent.client.get("/desk/")["Location"] == "/desk/sign-in"
    assert "Access ended on" in boss.page(f"staff/{agent.id}")
    refused = boss.post(f"staff/{boss.id}/end")
    assert refused.status_code == 409
    assert "make another administrator first" in refused.content.decode()
    assert boss.page()


def test_roles_and_scope_are_changed(desk_client: DeskClient) -> None:
    boss, agent = desk_client("ADMINISTRATOR"), desk_client("AGENT")
    employer = str(UUID(int=7))
    form = {"first_name": "Nadia", "last_name": "F", "SUPERVISOR": "on", "employers": employer}
    assert boss.post(f"staff/{agent.id}", **form)["Location"] == "/desk/staff"
    row = StaffMember.objects.get(id=agent.id)
    assert (row.roles, row.employers, row.last_name) == (["SUPERVISOR"], [employer], "F")
    assert f'value="{employer}"' in boss.page(f"staff/{agent.id}")


def test_the_last_second_factor_stays(desk_client: DeskClient) -> None:
    desk = desk_client("AGENT")
    app = CodeApp.objects.get(staff_id=desk.id)
    assert "The only one" in desk.page("profile/second-factors")
    refused = desk.post(f"profile/second-factors/{app.id}/remove")
    assert refused.status_code == 409
    assert CodeApp.objects.filter(id=app.id).exists()


def test_a_changed_password_ends_the_other_sessions(desk_client: DeskClient) -> None:
    desk = desk_client("AGENT")
    other = session_key(desk.staff)
    new = "calm water under pines"
    assert desk.post("profile/password", password=new, again=new).status_code == 302
    assert desk.page()
    desk.client.cookies["havre-desk-session"] = other
    assert desk.client.get("/desk/")["Location"] == "/desk/sign-in"


def test_the_language_is_chosen_once_for_every_device(desk_client: DeskClient) -> None:
    desk = desk_client("AGENT")
    assert '<html lang="en"' in desk.page()
    desk.post("profile/language", language="fr")
    assert '<html lang="fr"' in desk.page()
    desk.post("profile/language", language="xx")
    assert StaffMember.objects.get(id=desk.id).language == "fr"


def test_the_matrix_is_read_by_everybody_who_works_here(desk_client: DeskClient) -> None:
    page = desk_client("EDITOR").page("roles")
    assert page.count("<tr>") == len(Permission) + 1
    assert 'aria-label="Yes"' in page


def test_where_nothing_can_be_saved_one_signs_in_reads_and_sends_nothing(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    boss = desk_client("ADMINISTRATOR")
    monkeypatch.setattr(settings.HAVRE, "READ_ONLY", True)
    assert boss.page("staff")
    refused = boss.client.post("/desk/staff/invite", INVITED, headers={"accept-language": "en"})
    assert refused.status_code == 503
    assert "Nothing can be changed for now" in refused.content.decode()
    a_staff(email="reader@desk.example")
    boss.client.cookies.clear()
    form = {"email": "reader@desk.example", "password": "quiet harbour at dawn"}
    assert boss.client.post("/desk/sign-in", form)["Location"] == "/desk/sign-in/second-step"
    code = {"code": a_code()}
    assert boss.client.post("/desk/sign-in/second-step", code)["Location"] == "/desk/"
    assert boss.page()


@override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False)
def test_errors_speak_both_languages(desk_client: DeskClient) -> None:
    client = desk_client("AGENT").client
    for language, words in (("en", "This page does not exist"), ("fr", "Cette page n’existe pas")):
        answer = client.get("/desk/nowhere", headers={"accept-language": language})
        assert answer.status_code == 404
        assert words in answer.content.decode()
