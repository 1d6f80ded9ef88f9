"""What an operator types, on the tests' database, signed in as the worker."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core import mail as sent_mails
from django.db import connection
from tests import builders
from tests.database import acting_as

from havre.commons.accounts.actions import wait_for_review
from havre.commons.accounts.models import ChangeNotice
from havre.commons.accounts.words import ReviewReason
from havre.commons.content.queries import text_in_force
from havre.commons.notifications import actions as notifications
from havre.commons.notifications.models import OutgoingMail
from havre.domains.people.models import Membership
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.loading.records import Kind
from havre.project.cli import imports, main, starting
from havre.project.demo.house import TEXTS

pytestmark = pytest.mark.django_db
SOMEBODY = Actor(name="tests", channel=Channel.COMMAND, purpose="look")


@pytest.fixture(autouse=True)
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django runs already here, on the tests' database."""
    monkeypatch.setattr(starting, "start", lambda _user: None)


@pytest.fixture
def feeds(tmp_path: Path) -> dict[Kind, Path]:
    files = {"members": tmp_path / "m.jsonl", "statements": tmp_path / "s.jsonl"}
    for kind, path in files.items():
        path.write_text(havre("import", "template", kind).stdout)
    return files


def havre(*arguments: object) -> Result:
    with acting_as(Role.WORKER):
        answer = CliRunner().invoke(main, [str(one) for one in arguments])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def memberships() -> int:
    with acting_as(Role.OWNER):
        return Membership.objects.count()


def test_templates_load_and_the_same_files_again_change_nothing(feeds):
    assert "person: 2 new, 0 changed, 0 same" in havre("import", "members", feeds["members"]).stdout
    assert "line: 2 new" in havre("import", "statements", feeds["statements"]).stdout
    again = havre("import", "members", feeds["members"]).stdout
    assert "person: 0 new, 0 changed, 2 same" in again
    assert "contract: 0 new, 0 changed, 1 same" in again


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_spreadsheets_load_as_json_lines_do(feeds, tmp_path, form):
    """The same rules and the same report: what JSON Lines brought, the sheets leave as it is."""
    paths = {}
    for kind in feeds:
        folder = tmp_path / kind
        folder.mkdir()
        said = havre("import", "template", kind, "--format", form, "--folder", folder).stdout
        paths[kind] = sorted(folder.iterdir())
        assert sorted(said.split()) == [str(path) for path in paths[kind]]
    havre("import", "members", feeds["members"])
    said = havre("import", "members", *paths["members"]).stdout
    assert "person: 0 new, 0 changed, 2 same" in said
    assert "contract: 0 new, 0 changed, 1 same" in said
    assert "line: 2 new" in havre("import", "statements", *paths["statements"]).stdout
    again = havre("import", "statements", feeds["statements"]).stdout
    assert "line: 0 new, 0 changed, 2 same" in again


def test_what_is_wrong_in_either_dialect_is_told_together(feeds, tmp_path):
    feeds["members"].write_text("{}\n")
    (tmp_path / "people.csv").write_text("name;\n")
    answer = havre("import", "members", feeds["members"], tmp_path / "people.csv")
    assert re.search(r"m\.jsonl, line 1, record: .+", answer.stderr)
    assert "people.csv, line 1: no heading: its first column is record" in answer.stderr
    assert memberships() == 0


def test_a_dry_run_tells_of_every_row_and_keeps_nothing(feeds):
    said = havre("import", "members", "--dry-run", feeds["members"]).stdout
    assert f"{feeds['members']}, line 4: person MANAGEMENT/P-1001: NEW" in said
    assert said.endswith("Dry run: nothing was kept.\n")
    assert memberships() == 0


def test_the_day_of_a_feed_is_the_operators(feeds, monkeypatch):
    """At half past midnight in Paris it is still the day before in UTC."""

    class JustAfterMidnight(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2025, 3, 17, 23, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(imports, "datetime", JustAfterMidnight)
    havre("import", "members", feeds["members"])
    assert "transfer: 1 new" in havre("import", "statements", feeds["statements"]).stdout


def test_a_wrong_file_says_file_line_field_and_why_and_nothing_is_loaded(feeds):
    wrong = feeds["members"].read_text().replace("269054958815780", "269054958815781")
    feeds["members"].write_text(wrong)
    answer = havre("import", "members", feeds["members"])
    assert answer.exit_code == 1
    assert re.search(rf"{feeds['members']}, line 4, nir: .+", answer.stderr)
    assert "269054958815781" not in answer.stderr
    assert answer.stdout == ""
    assert memberships() == 0


def test_fhir_resources_load_with_the_numbers_that_were_issued_listed(tmp_path):
    patient = (
        '{"resourceType": "Patient", "id": "p1", "name": [{"family": "Exemple",'
        ' "given": ["Ada"]}], "birthDate": "1980-02-03", "gender": "female"}'
    )
    (tmp_path / "p.json").write_text(patient)
    said = havre("import", "fhir", tmp_path / "p.json").stdout
    assert re.search(r"Patient/p1: person FHIR/p1: ISSUED \(.+\)", said)
    assert memberships() == 1


def test_the_demo_operators_texts_are_published_once(settings):
    settings.HAVRE = settings.HAVRE.model_copy(update={"OPERATOR_PHONE": "+33 1 99 00 00 01"})
    said = havre("content", "load", TEXTS, "--yes").stdout
    assert said.endswith("12 published, 0 already there\n")
    assert havre("content", "load", TEXTS).stdout == "0 published, 12 already there\n"
    advice = text_in_force(slug="safety-advice", language="fr", today=builders.NOW.date())
    assert advice is not None
    assert "+33 1 99 00 00 01" in advice.html


def test_a_setting_that_a_text_needs_is_named(settings):
    settings.HAVRE = settings.HAVRE.model_copy(update={"OPERATOR_PHONE": ""})
    answer = havre("content", "load", TEXTS)
    assert answer.exit_code == 1
    assert "{phone} cannot be filled: set OPERATOR_PHONE" in answer.stderr


def test_the_address_of_a_person_is_set(feeds):
    havre("import", "members", feeds["members"])
    assert havre("people", "contact", "ex 1002", "--email", "l@example.org").exit_code == 0
    with acting_as(Role.OWNER):
        assert Membership.objects.get(adherent_number="EX-1002").email == "l@example.org"


def test_an_unknown_number_is_refused():
    answer = havre("people", "contact", "NOBODY", "--email", "l@example.org")
    assert answer.exit_code == 1
    assert "Nobody has this adherent number" in answer.stderr


def test_factors_are_removed_with_a_proof_and_a_reason(feeds):
    havre("import", "members", feeds["members"])
    with acting_as(Role.OWNER):
        holder = Membership.objects.get(adherent_number="EX-1001")
    account = builders.an_active_account(membership=holder)
    builders.a_passkey(account)
    builders.an_app(account, "JBSWY3DPEHPK3PXP")
    given = ("accounts", "remove-factors", "ex 1001", "--proof", "CALL_BACK")
    assert havre(*given).exit_code == 2  # without a reason
    assert havre(*given, "--reason", "phone stolen").stdout == "2 removed.\n"
    assert havre(*given, "--reason", "phone stolen").stdout == "There was none.\n"
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT purpose FROM audit_change WHERE table_name = 'accounts_passkey' "
            "AND before IS NOT NULL"
        )
        assert cursor.fetchall() == [("remove factors: CALL_BACK, phone stolen",)]
        assert list(ChangeNotice.objects.values_list("change", flat=True)) == ["FACTOR_REMOVED"]


def test_a_suspended_account_is_restored_to_the_address_that_its_owner_says(feeds):  # W13
    havre("import", "members", feeds["members"])
    with acting_as(Role.OWNER):
        holder = Membership.objects.get(adherent_number="EX-1001")
        Membership.objects.filter(id=holder.id).update(email="thief@example.org")
    builders.an_active_account(membership=holder, state="SUSPENDED", closed_for="REPORTED")
    given = ("accounts", "restore", "ex 1001", "--proof", "CALL_BACK")
    assert havre(*given).exit_code == 2  # without an address
    assert havre(*given, "--email", "x").exit_code == 1
    assert havre(*given, "--email", "owner@example.org").exit_code == 0
    with acting_as(Role.OWNER):
        assert Membership.objects.get(id=holder.id).email == "owner@example.org"
        mail = OutgoingMail.objects.get(kind="accounts.restored")
    with acting_as(Role.WORKER):
        notifications.send(mail_id=mail.id, now=datetime.now(UTC))
    assert sent_mails.outbox[-1].to == ["owner@example.org"]


def test_a_review_is_listed_approved_with_its_proof_and_refused(feeds):
    review = a_review(feeds)
    listed = havre("accounts", "review", "list").stdout
    assert review in listed
    assert "Nathalie Exemple" in listed
    assert "other@example.org" in listed

    without_proof = havre("accounts", "review", "approve", review)
    assert without_proof.exit_code == 2
    assert "--proof" in without_proof.stderr

    approved = havre("accounts", "review", "approve", review, "--proof", "LETTER")
    assert approved.stdout.startswith("Approved. It takes effect ")
    assert "takes effect" in havre("accounts", "review", "list").stdout
    assert havre("accounts", "review", "refuse", review).stdout == "Refused.\n"
    assert havre("accounts", "review", "list").stdout == "0 waiting\n"
    assert "decided" in havre("accounts", "review", "refuse", review).stderr


def a_review(feeds: dict[Kind, Path]) -> str:
    """The id of a request to open the account of the template's holder with another address."""
    havre("import", "members", feeds["members"])
    with acting_as(Role.OWNER):
        holder = Membership.objects.get(adherent_number="EX-1001")
    with acting_as(Role.WORKER), acting(actor=SOMEBODY):
        wait_for_review(
            household=holder.household_id,
            membership=holder.id,
            person=holder.person_id,
            reason=ReviewReason.ANOTHER_EMAIL,
            email="other@example.org",
            now=builders.NOW,
        )
    listed = havre("accounts", "review", "list").stdout
    return listed.split()[0]


def test_a_rubric_is_closed_listed_and_opened_again():  # W18
    assert havre("maintenance", "list").stdout == "everything is open\n"
    closed = havre("maintenance", "close", "reimbursements", "--until", "2999-01-01 00:00").stdout
    assert closed.startswith("closed: reimbursements, from 20")
    planned = havre("maintenance", "close", "all", "--from", "2998-01-01 02:00").stdout
    assert planned == "closed: the whole space, from 2998-01-01 02:00\n"
    listed = havre("maintenance", "list").stdout.splitlines()
    assert [line.partition(":")[0] for line in listed] == ["closed", "planned"]
    assert havre("maintenance", "open", "contracts").stdout == "nothing of that is closed\n"
    assert havre("maintenance", "open", "reimbursements").stdout.startswith("open: reimbursements")
    assert havre("maintenance", "open", "all").stdout.startswith("open: the whole space")
    assert havre("maintenance", "list").stdout == "everything is open\n"


def test_a_rubric_that_does_not_exist_is_not_closed():
    answer = havre("maintenance", "close", "nowhere")
    assert answer.exit_code == 1
    assert "nowhere is none of home, contracts" in answer.stderr
    assert havre("maintenance", "list").stdout == "everything is open\n"
