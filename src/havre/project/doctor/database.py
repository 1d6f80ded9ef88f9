"""The database: its version, the logins, roles and memberships, row security, its clock."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg

from havre.foundation.db.checks import guard_faults
from havre.foundation.db.roles import MAY_BECOME, SERVING, SIGN_IN, Role
from havre.project.cli.starting import OLDEST_SERVER, why_not
from havre.project.doctor.findings import Finding, fine, wrong
from havre.project.installation import SETTING_OF
from havre.project.settings import Settings

_MOST_SECONDS_APART = 5.0
_ROLES_REMEDY = "Have an administrator run what `havre migrate --roles` prints."
Connection = psycopg.Connection[Any]


def examine_database(house: Settings, *, now: Callable[[], datetime]) -> Iterator[Finding]:
    """Every login; then, by those that work, what the server says of itself."""
    for role in SIGN_IN:
        try:
            connection = psycopg.connect(house.database_url(role), connect_timeout=5)
        except psycopg.Error as error:
            yield wrong(f"login {role}", f"{SETTING_OF[role]}: {why_not(error)}", "")
            continue
        with connection:
            yield _login(connection, role)
            if role is Role.WEB:
                yield _version(connection)
                yield from _roles(connection)
                yield _clock(connection, now)
            if role in SERVING:
                yield _guard(connection, role)


def _login(connection: Connection, role: Role) -> Finding:
    user = connection.info.user
    if user != role:
        return wrong(
            f"login {role}",
            f"{SETTING_OF[role]} signs in as {user}",
            f"Let it sign in as {role}: what each may do hangs on the name.",
        )
    return fine(f"login {role}", f"{SETTING_OF[role]} signs in")


def _version(connection: Connection) -> Finding:
    version = connection.info.server_version
    said = f"PostgreSQL {version // 10000}.{version % 10000}"
    if version < OLDEST_SERVER:
        return wrong("database", said, "Havre needs PostgreSQL 15 or newer.")
    return fine("database", said)


def _roles(connection: Connection) -> Iterator[Finding]:
    there = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    lacking = [role for role in Role if role not in there]
    yield (
        wrong("roles", f"missing: {', '.join(lacking)}", _ROLES_REMEDY)
        if lacking
        else fine("roles", f"all {len(Role)} there")
    )
    members = {
        tuple(row)
        for row in connection.execute(
            "SELECT m.rolname, r.rolname FROM pg_auth_members"
            " JOIN pg_roles r ON r.oid = roleid JOIN pg_roles m ON m.oid = member"
        ).fetchall()
    }
    expected = {(who, taken) for who, roles in MAY_BECOME.items() for taken in roles}
    absent = sorted(f"{who} into {taken}" for who, taken in expected - members)
    yield (
        wrong("memberships", f"cannot change: {', '.join(absent)}", _ROLES_REMEDY)
        if absent
        else fine("memberships", "each login may take its roles")
    )


def _guard(connection: Connection, role: Role) -> Finding:
    with connection.cursor() as cursor:
        faults = guard_faults(cursor)
    if faults:
        remedy = "Mend the roles or run `havre migrate`; serving is refused until then."
        return wrong(f"row security for {role}", "; ".join(faults), remedy)
    said = "forced on every household table; this login cannot pass it"
    return fine(f"row security for {role}", said)


def _clock(connection: Connection, now: Callable[[], datetime]) -> Finding:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    apart = abs((now().astimezone(UTC) - row[0]).total_seconds()) if row else 0.0
    said = f"{apart:.1f} s from the database's"
    if apart > _MOST_SECONDS_APART:
        return wrong("clock", said, "Set both machines' clocks by NTP: secrets expire by them.")
    return fine("clock", said)
