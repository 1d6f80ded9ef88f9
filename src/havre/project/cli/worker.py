"""``havre worker``: mails and background work."""

import click

from havre.foundation.db.roles import Role
from havre.project import settings
from havre.project.cli import starting


@click.command("worker")
@click.option("--concurrency", type=click.IntRange(1, 64), default=2, show_default=True)
def worker_command(*, concurrency: int) -> None:
    """Do background work until told to stop. SIGTERM lets the running jobs finish."""
    starting.start(Role.WORKER)
    if settings.load().READ_ONLY:
        raise click.ClickException(
            "READ_ONLY is set: background work changes rows, so none is done"
        )
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise click.ClickException("the queue is not on this installation's database")
    with app.replace_connector(connector.get_worker_connector()) as at_work:
        at_work.run_worker(concurrency=concurrency, delete_jobs="successful")
