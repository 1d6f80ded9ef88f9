"""``havre news``: what members agreed to be told of."""

from datetime import UTC, datetime
from pathlib import Path

import click

from havre.foundation.db.roles import Role
from havre.project.cli import starting


@click.group("news")
def news_command() -> None:
    """News, to those who agreed to their topic."""


@news_command.command("send")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Count, and send nothing.")
def send(*, file: Path, dry_run: bool) -> None:
    """Send FILE by e-mail to the members who agreed to its topic.

    FILE is in Markdown: a head with id, topic, subject_fr and subject_en, then the text under the
    headings "## fr" and "## en". The same id is sent to nobody twice.
    """
    starting.start(Role.WORKER)
    from havre.journeys.notices.news import read_news, send_news
    from havre.project.cli.loading import bar

    news = read_news(file.read_text(encoding="utf-8"))
    with bar("Putting in the outbox") as tell:
        counts = send_news(news, dry_run=dry_run, now=datetime.now(UTC), on_progress=tell)
    starting.say(
        f"{counts.agreed} agree to {news.topic} by e-mail: {counts.without_address} without an"
        f" address, {counts.already} sent to already, {counts.to_send}"
        f" {'to send' if dry_run else 'put in the outbox'}"
    )
