"""What every command does first: find the data, read the settings, sign in, start Django."""

import os
import sys
from contextlib import suppress

import click
import psycopg

from havre.foundation.db.roles import Role
from havre.project import settings
from havre.project.installation import SETTING_OF, Installation, open_installation
from havre.project.processes import Command

OLDEST_SERVER = 150000
_CONNECT_SECONDS = 5
_kept: list[Installation] = []  # an embedded server lives as long as somebody holds it


class DatabaseUnreachable(click.ClickException):
    """PostgreSQL does not let us in; the message names the setting."""


def start(user: Role, *, installation: Installation | None = None) -> Installation:
    """Start Django signed in to the database as ``user``.

    Refuses with ``WrongSettings``, or :class:`DatabaseUnreachable` within seconds: a pool would try
    again and again and tell of a time-out instead of the reason.
    """
    installation = installation or enter_environment()
    os.environ["HAVRE_DATABASE_USER"] = user
    os.environ["DJANGO_SETTINGS_MODULE"] = "havre.project.django_settings"
    sign_in_once(settings.require(), user)
    import django

    django.setup()
    return installation


def enter_environment() -> Installation:
    """Find the installation and put what it says into this process's environment."""
    installation = open_installation(os.environ)
    enter(installation)
    return installation


def enter(installation: Installation) -> None:
    """Put what an installation says into this process's environment."""
    _kept.append(installation)
    os.environ.update(installation.environment)
    settings.load.cache_clear()


def sign_in_once(house: settings.Settings, user: Role) -> None:
    """Sign in to the database once, to learn at once whether it can be done."""
    name = SETTING_OF[user]
    try:
        with psycopg.connect(
            house.database_url(user), connect_timeout=_CONNECT_SECONDS
        ) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        raise DatabaseUnreachable(f"{name}: {why_not(error)}") from None
    if version < OLDEST_SERVER:
        raise DatabaseUnreachable(
            f"{name}: this is PostgreSQL {version // 10000}, and Havre needs 15 or newer."
        )


def why_not(error: psycopg.Error) -> str:
    """Why the database does not let us in, and what to do."""
    said = " ".join(str(error).split()) or type(error).__name__
    remedy = "Check that PostgreSQL runs at this address, and the name and password in it."
    if "does not exist" in said and "database" in said:
        remedy = "Run `havre migrate` first."
    return f"cannot sign in to PostgreSQL ({said}). {remedy}"


def havre(*arguments: str, **environment: str) -> Command:
    """Another ``havre`` command, as a child of this one, which finds its database by itself."""
    apart = dict.fromkeys(SETTING_OF.values(), "")
    return Command(
        name=arguments[0],
        arguments=(sys.executable, "-m", "havre.project.cli", *arguments),
        environment={**apart, **environment},
    )


def say(text: str = "") -> None:
    """A line for whoever watches, at once even when piped."""
    with suppress(BrokenPipeError):
        click.echo(text)
        sys.stdout.flush()
