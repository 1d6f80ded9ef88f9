"""``havre content``: the house's published texts."""

from datetime import UTC, datetime
from pathlib import Path

import click

from havre.foundation.db.roles import Role
from havre.project.cli import starting


@click.group("content")
def content_command() -> None:
    """The texts that the house publishes."""


@content_command.command("load")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def load(*, folder: Path) -> None:
    """Publish the texts of FOLDER, files named SLUG.LANGUAGE.md.

    A version is published once, in French and in English, and never changes.
    """
    starting.start(Role.WORKER)
    from django.conf import settings

    from havre.commons.content import actions
    from havre.project.house_facts import house_facts

    texts = actions.read_texts(folder, facts=house_facts(settings.HAVRE))
    loaded = actions.load_texts(texts=texts, now=datetime.now(UTC))
    starting.say(f"{loaded.new} texts published, {loaded.same} already there")
