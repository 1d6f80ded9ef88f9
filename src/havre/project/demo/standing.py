"""Brings the prepared accounts to what they show, each step as whoever takes it in a real house."""

from datetime import UTC, date, datetime, time, timedelta

from havre.commons.accounts import actions as accounts
from havre.commons.accounts.words import SecurityChange
from havre.commons.content import queries as texts
from havre.commons.content.words import Slug
from havre.foundation.db import Actor, Channel, acting
from havre.journeys.account_life import ending, states
from havre.project.demo.opening import Opened
from havre.project.demo.prepared import Shows, who_shows

_OWNER = Actor(name="link of a mail", channel=Channel.ONLINE, purpose="say it was not me")
_AGO = timedelta(days=40)


def before_the_terms_changed(*, today: date) -> datetime:
    """The morning of the last day of the terms before those of today."""
    terms = texts.text_in_force(slug=Slug.TERMS, language="fr", today=today)
    if terms is None:
        raise LookupError("the demo's terms were not loaded")
    return datetime.combine(terms.in_force_from - timedelta(days=1), time(9), tzinfo=UTC)


def report(opened: Opened, *, now: datetime) -> None:
    """Its owner denied a change of password yesterday. As the web server."""
    with acting(actor=_OWNER):
        accounts.suspend_reported(
            account=opened.account, denied=SecurityChange.PASSWORD, now=now - timedelta(days=1)
        )


def close_and_end(*, today: date, now: datetime) -> None:
    """One account is deleted; those whose contract ended long ago are announced to end, then end.

    As the worker.
    """
    states.delete(
        number=who_shows(Shows.DELETED).adherent_number,
        why="asked by mail",
        by="demo",
        now=now - _AGO,
    )
    for ago in (_AGO, timedelta()):
        ending.end_access(today=today - ago, now=now - ago)
