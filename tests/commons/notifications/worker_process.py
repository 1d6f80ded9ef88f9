"""A worker of the queue in a process of its own, to be killed by the tests.

``python -m tests.commons.notifications.worker_process URL FOLDER STALLED_AFTER [--no-reaper]``
Its one extra task leaves a file in FOLDER when it starts and, unless ``hold`` is there, when it ends.
"""

import os
import sys
import time
from pathlib import Path

import django

TASK = "tests.leave_a_file"


def main(url: str, folder: Path, stalled_after: float, *, reaps: bool) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.db import connection
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from havre.commons.notifications import tasks
    from havre.project.django_settings import database_of

    connection.settings_dict.update(database_of(url))
    connection.settings_dict["OPTIONS"].pop("pool")
    tasks.STALLED_AFTER_SECONDS = stalled_after  # type: ignore[assignment]
    app.periodic_registry.periodic_tasks.clear()
    if reaps:
        app.periodic(cron="* * * * * *")(tasks.reap)

    @app.task(name=TASK)
    def leave_a_file() -> None:
        (folder / "started").touch()
        while (folder / "hold").exists():
            time.sleep(0.05)
        (folder / "done").touch()

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as at_work:
        at_work.run_worker(
            concurrency=1,
            fetch_job_polling_interval=0.2,
            update_heartbeat_interval=0.2,
            stalled_worker_timeout=stalled_after,
        )


if __name__ == "__main__":
    main(
        sys.argv[1],
        Path(sys.argv[2]),
        float(sys.argv[3]),
        reaps="--no-reaper" not in sys.argv,
    )
