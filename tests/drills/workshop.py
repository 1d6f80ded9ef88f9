"""Workers to be killed: as one dies the next begins, without the seconds that reading the code takes.

``python -m tests.drills.workshop DATABASE_URL FOLDER [--no-reaper] [--no-guard]`` says the id of each on a
line of its own. Mails go to files of FOLDER.
"""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import django

STALLED_AFTER = 0.6
SWEPT_AFTER = timedelta(seconds=STALLED_AFTER)


def prepare(url: str, folder: Path, *, guarded: bool) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["DATABASE_URL"] = url
    from django.conf import settings

    from havre.project.django_settings import database_of

    django.setup()
    settings.DATABASES["default"].update(database_of(url))
    settings.DATABASES["default"]["OPTIONS"].pop("pool")
    settings.HAVRE.DOCUMENTS_FOLDER = folder / "documents"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(folder / "mails")
    if not guarded:
        forget_what_is_done()


def forget_what_is_done() -> None:
    """A decision takes effect each time that its job runs."""
    from havre.commons.cases import actions
    from havre.commons.cases.models import Decision
    from havre.commons.cases.queries import DecisionSeen, decision_seen

    def to_apply(*, household: object, decision: object, now: object) -> DecisionSeen:
        return decision_seen(Decision.objects.get(household_id=household, id=decision))

    actions.to_apply = to_apply  # type: ignore[assignment]
    DecisionSeen.is_due = lambda _self, _now: True  # type: ignore[method-assign]


def work(*, reaps: bool) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from havre.commons.notifications import actions, tasks

    tasks.STALLED_AFTER_SECONDS = STALLED_AFTER  # type: ignore[assignment]
    actions.wait_before_attempt = lambda _attempt: SWEPT_AFTER
    # Only the reaper brings back a job of requests and of papers: no sweep does its work for it.
    app.periodic_registry.periodic_tasks.clear()
    app.periodic(cron="* * * * * *")(tasks.send_waiting)
    if reaps:
        app.periodic(cron="* * * * * *")(tasks.reap)
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as at_work:
        at_work.run_worker(
            concurrency=2,
            delete_jobs="successful",
            fetch_job_polling_interval=0.1,
            update_heartbeat_interval=0.1,
            stalled_worker_timeout=STALLED_AFTER,
        )


def main(url: str, folder: str, *options: str) -> None:
    from havre.project.processes import die_with_parent

    prepare(url, Path(folder), guarded="--no-guard" not in options)
    from havre.commons.documents import tasks  # noqa: F401  # read once, for all of them

    dies_with_us = die_with_parent(signal.SIGKILL)
    while True:
        child = os.fork()
        if not child:
            dies_with_us()
            work(reaps="--no-reaper" not in options)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
