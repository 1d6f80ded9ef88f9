"""``havre doctor`` finds what is wrong, says what to do, and shows no secret."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from tests.builders import NOW
from tests.clamd import listening
from tests.database import acting_as

from havre.commons.notifications.actions import Mail, put_in_outbox
from havre.commons.notifications.models import OutgoingMail
from havre.foundation.db import Actor, Channel, Role, acting
from havre.project.doctor.findings import Finding
from havre.project.doctor.places import examine_bounces, examine_home, examine_mail, examine_scanner
from havre.project.doctor.settings import examine_settings
from havre.project.doctor.work import examine_work
from havre.project.settings import Settings

LATER = NOW + timedelta(hours=1)
SOMEBODY = Actor(name="tests", channel=Channel.COMMAND, purpose="look")


def wrong(findings: list[Finding]) -> dict[str, str]:
    """What is not ok, by name, with its remedy."""
    assert all(one.remedy for one in findings if not one.ok)
    return {one.what: one.said for one in findings if not one.ok}


class TestSettings:
    def test_every_setting_has_its_line_and_no_value(self, settings):
        house: Settings = settings.HAVRE
        told = list(examine_settings(house, {"SECRET_KEY": house.SECRET_KEY}))
        assert {one.what for one in told} == {*Settings.model_fields, "keys"}
        assert wrong(told) == {}
        said = {one.what: one.said for one in told}
        assert (said["SECRET_KEY"], said["MAJORITY_AGE"]) == ("set", "default")
        assert house.BLIND_INDEX_KEY not in " ".join(said.values())

    def test_a_missing_setting_is_wrong(self, settings):
        house = settings.HAVRE.model_copy(update={"SECRET_KEY": "", "BASE_URL": ""})
        assert wrong(list(examine_settings(house, {}))) == {
            "SECRET_KEY": "missing",
            "BASE_URL": "missing",
        }

    def test_keys_that_make_no_vault_are_wrong(self, settings):
        key = settings.HAVRE.BLIND_INDEX_KEY
        house = settings.HAVRE.model_copy(update={"SEALING_KEYS": f"a:{key},a:{key}"})
        assert wrong(list(examine_settings(house, {}))) == {"keys": "two keys have the same id"}


@pytest.mark.django_db
class TestWork:
    def test_without_a_worker_something_is_wrong(self):
        assert set(examined()) == {"worker"}

    def test_a_worker_that_beats_is_fine_and_one_that_stopped_is_not(self):
        heartbeat(NOW)
        assert examined(now=NOW + timedelta(seconds=20)) == {}
        assert examined(now=LATER) == {"worker": "last seen 60 min ago"}

    def test_a_failed_job_is_told_by_its_kind(self):
        heartbeat(NOW)
        a_job()
        planted("UPDATE procrastinate_jobs SET status = 'failed'")
        assert examined() == {"failed jobs": "1 (some.task)"}

    def test_a_job_that_waits_too_long_is_told(self):
        heartbeat(LATER)
        a_job()
        assert examined(now=NOW + timedelta(minutes=5)) == {}
        assert examined(now=LATER) == {"queue": "1 jobs ready, the oldest since 60 min"}

    def test_a_mail_that_was_given_up_is_told(self):
        heartbeat(NOW)
        put_in_the_outbox()
        with acting_as(Role.WORKER):
            OutgoingMail.objects.update(state="FAILED", attempts=12)
        assert examined()["outbox"] == "0 mails waiting, 1 failed"

    def test_a_mail_that_is_due_and_does_not_leave_is_told(self):
        heartbeat(LATER)
        put_in_the_outbox()
        assert "outbox" not in examined()
        assert examined(now=LATER)["outbox"] == "1 mails waiting, 0 failed, due for 60 min"


class TestPlaces:
    def test_a_folder_that_is_not_there_is_wrong(self, settings, tmp_path: Path):
        house = settings.HAVRE.model_copy(update={"MAIL_FOLDER": tmp_path / "none"})
        assert set(wrong([examine_mail(house)])) == {"mail"}
        house = settings.HAVRE.model_copy(update={"MAIL_FOLDER": tmp_path})
        assert wrong([examine_mail(house)]) == {}

    def test_a_mail_server_is_fine_when_it_greets_and_wrong_when_it_does_not(self, settings):
        with mail_server() as port:
            assert wrong([examine_mail(by_server(settings, port))]) == {}
        assert set(wrong([examine_mail(by_server(settings, port))])) == {"mail"}

    def test_an_antivirus_is_fine_when_it_answers_and_wrong_when_it_does_not(
        self, settings, tmp_path: Path
    ):
        with listening(tmp_path) as clamd:
            house = settings.HAVRE.model_copy(update={"CLAMAV_SOCKET": clamd.address})
            assert wrong([examine_scanner(house)]) == {}
        assert set(wrong([examine_scanner(house)])) == {"antivirus"}
        assert wrong([examine_scanner(settings.HAVRE)]) == {}

    def test_a_folder_of_mails_that_come_back_is_a_maildir(self, settings, tmp_path: Path):
        house = settings.HAVRE.model_copy(update={"BOUNCES_FOLDER": tmp_path})
        assert set(wrong([examine_bounces(house)])) == {"bounces"}
        (tmp_path / "new").mkdir()
        assert wrong([examine_bounces(house)]) == {}

    def test_secrets_that_others_may_read_are_wrong(self, tmp_path: Path):
        keys = tmp_path / "keys.json"
        keys.touch(mode=0o600)
        assert wrong(list(examine_home(tmp_path))) == {}
        keys.chmod(0o640)
        assert wrong(list(examine_home(tmp_path))) == {"private files": f"others may read {keys}"}


def examined(now: datetime = NOW) -> dict[str, str]:
    with acting_as(Role.WORKER):
        return wrong(list(examine_work(now=now)))


def heartbeat(at: datetime) -> None:
    planted("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", at)


def planted(statement: str, *values: object) -> None:
    with acting_as(Role.WORKER), connection.cursor() as cursor:
        cursor.execute(statement, values)


def a_job() -> None:
    with acting_as(Role.WORKER):
        app.configure_task("some.task", allow_unknown=True, schedule_at=NOW).defer()


def put_in_the_outbox() -> None:
    mail = Mail(
        kind="tests",
        subject_key="one",
        language="fr",
        address="a@example.org",
        not_before=NOW,
        expires_at=LATER + timedelta(days=1),
        about={},
        facts={},
    )
    with acting_as(Role.WORKER), acting(actor=SOMEBODY):
        put_in_outbox(mail, now=NOW)


def by_server(settings, port: int) -> Settings:
    change = {"MAIL_FOLDER": None, "SMTP_URL": f"smtp+plain://127.0.0.1:{port}"}
    changed: Settings = settings.HAVRE.model_copy(update=change)
    return changed


@contextmanager
def mail_server() -> Iterator[int]:
    """One that greets a single caller."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            call, _ = listening.accept()
            with call:
                call.sendall(b"220 tests\r\n")
                call.recv(100)
                call.sendall(b"221 bye\r\n")

        greeting = threading.Thread(target=greet)
        greeting.start()
        yield listening.getsockname()[1]
        greeting.join()
