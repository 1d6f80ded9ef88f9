"""``havre maintenance``: close the space or a rubric, now or on a day to come, and open it again."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
import msgspec
import yaml

from havre.foundation.db.roles import Role
from havre.project.cli import starting
from havre.project.cli.people import operator

if TYPE_CHECKING:
    from havre.doors.portal.closures import Closed

WHOLE = "all"
_DEFAULT = {
    "fr": "Nous améliorons l’espace adhérent. Rien n’est perdu\N{NO-BREAK SPACE}: ce que vous aviez commencé"
    " sera là après.",
    "en": "We are improving the member space. Nothing is lost: what you had begun will be there after.",
}
_MOMENT = click.DateTime(formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])
_BY = click.option(
    "--by", default=operator, help="Who decides it. By default, who is signed in here."
)


@click.group("maintenance")
def maintenance_command() -> None:
    """Close the space or a rubric, with a message, and open it again."""


@maintenance_command.command("close")
@click.argument("rubrics", nargs=-1, required=True, metavar="RUBRIC…|all")
@click.option(
    "--from", "since", type=_MOMENT, help="'2026-11-29 02:00', the house's time. Now if left out."
)
@click.option("--until", type=_MOMENT, help="When it opens by itself. If left out: by `open`.")
@click.option("--fr", "french", default=_DEFAULT["fr"], help="The message in French.")
@click.option("--en", "english", default=_DEFAULT["en"], help="The message in English.")
@_BY
def close(
    *,
    rubrics: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    french: str,
    english: str,
    by: str,
) -> None:
    """Close RUBRIC (as in its address: reimbursements…), or the whole space with `all`.

    Emergency numbers and legal texts stay open. It is told on the sign-in page a week before.
    """
    starting.start(Role.WORKER)
    from havre.commons.content.words.kinds import Bilingual
    from havre.doors.portal.closures import Closed

    now = _now()
    begins = since or now
    one = Closed(
        id=f"closed-{begins:%Y%m%d-%H%M}-{'-'.join(rubrics)}",
        since=_written(begins),
        until=_written(until) if until else None,
        message=Bilingual(fr=french, en=english),
        rubrics=() if WHOLE in rubrics else rubrics,
    )
    kept = [other for other in _published(now) if other.id != one.id and not _is_over(other, now)]
    _publish([*kept, one], by=by, now=now)
    starting.say(f"closed: {_told(one)}")


@maintenance_command.command("open")
@click.argument("rubrics", nargs=-1, required=True, metavar="RUBRIC…|all")
@_BY
def open_again(*, rubrics: tuple[str, ...], by: str) -> None:
    """Open RUBRIC again, or call off what was planned for it. With `all`, everything opens."""
    starting.start(Role.WORKER)
    now = _now()
    known = [one for one in _published(now) if not _is_over(one, now)]
    kept = [
        one for one in known if WHOLE not in rubrics and not set(rubrics).intersection(one.rubrics)
    ]
    if len(kept) == len(known):
        starting.say("nothing of that is closed")
        return
    _publish(kept, by=by, now=now)
    for one in known:
        if one not in kept:
            starting.say(f"open: {_told(one)}")


@maintenance_command.command("list")
def list_closures() -> None:
    """List what is closed, and what is planned."""
    starting.start(Role.WORKER)
    now = _now()
    standing = [one for one in _published(now) if not _is_over(one, now)]
    for one in standing:
        state = "closed" if one.since <= _written(now) else "planned"
        starting.say(f"{state}: {_told(one)}")
    if not standing:
        starting.say("everything is open")


def _told(one: "Closed") -> str:
    named = ", ".join(one.rubrics) or "the whole space"
    return f"{named}, from {one.since}" + (f" to {one.until}" if one.until else "")


def _published(now: datetime) -> tuple["Closed", ...]:
    from havre.commons.content import queries
    from havre.doors.portal.closures import KIND

    queries.forget_published()
    published = queries.in_force(KIND, today=now.date())
    return published.document.closed if published else ()


def _publish(closed: "list[Closed]", *, by: str, now: datetime) -> None:
    """As a file would be: the same checks, the same history, the same way back."""
    from havre.commons.content import actions

    document = {
        "in_force_from": str(now.date()),
        "closed": [_plain(one) for one in closed],
    }
    with TemporaryDirectory() as folder:
        Path(folder, "maintenance.yaml").write_text(
            yaml.safe_dump(document, allow_unicode=True), encoding="utf-8"
        )
        found = actions.read_folder(Path(folder), facts={})
        actions.publish(folder=found, author=by, now=now.astimezone(UTC), today=now.date())


def _plain(one: "Closed") -> dict[str, object]:
    values: dict[str, object] = msgspec.to_builtins(one)
    return {name: value for name, value in values.items() if value is not None}


def _is_over(one: "Closed", now: datetime) -> bool:
    return one.until is not None and one.until <= _written(now)


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _now() -> datetime:
    """The moment at the operator's place."""
    from django.conf import settings

    return datetime.now(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE))
