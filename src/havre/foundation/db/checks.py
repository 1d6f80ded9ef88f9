"""Is the guard whole? Read from the catalogue, as the role that would serve."""

from collections.abc import Sequence
from typing import Any, Protocol

from havre.foundation.db.roles import MAY_BECOME, Role

# Tables that name a household and are searched before one is known, each with why. Only ids, keyed
# hashes and sealed values are in them, and what the web role may do there is granted column by column.
DIRECTORY_TABLES = frozenset(
    {
        "public.people_directory",  # from an adherent number to its household
        "public.accounts_account",  # signing in comes before the household is known
        "public.accounts_openingreview",  # only the worker may read it
        "public.notifications_outgoingmail",  # the web role may add to it and read nothing
        "public.audit_change",  # written by its trigger alone; nobody is granted anything
    }
)

_WHO = """
SELECT session_user, rolsuper, rolbypassrls, rolcreaterole,
       pg_has_role(session_user, %(owner)s, 'MEMBER')
FROM pg_roles WHERE rolname = session_user
"""
_BECOMES_TOO_MUCH = """
SELECT rolname FROM pg_roles
WHERE rolname <> session_user AND pg_has_role(session_user, oid, 'MEMBER')
  AND (rolsuper OR rolbypassrls OR rolname = ANY (%(not_its_own)s))
ORDER BY rolname
"""
_OWNED = """
SELECT format('%%s.%%s', nspname, relname) FROM pg_class
JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname IN ('public', 'health') AND relkind IN ('r', 'p', 'v', 'm')
  AND pg_has_role(session_user, relowner, 'MEMBER')
ORDER BY 1
"""
_UNFORCED = """
SELECT name FROM (
    SELECT format('%%s.%%s', nspname, relname) AS name, relrowsecurity AND relforcerowsecurity AS kept
    FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\\_%%'
      AND relkind IN ('r', 'p')
      AND (format('%%s.%%s', nspname, relname) = 'public.people_household' OR EXISTS (
          SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'household_id'
            AND NOT attisdropped))
) AS tables WHERE NOT kept AND name <> ALL (%(directory)s) ORDER BY 1
"""
_VIEWS = """
SELECT format('%%s.%%s', nspname, relname) FROM pg_class
JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname NOT IN ('pg_catalog', 'information_schema')
  AND (relkind = 'm' OR (relkind = 'v'
       AND NOT coalesce(reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on']))
ORDER BY 1
"""


class Cursor(Protocol):
    """What both psycopg's and Django's cursors do."""

    def execute(self, query: Any, params: Any = ..., /) -> Any: ...

    def fetchall(self) -> Sequence[tuple[object, ...]]: ...


def guard_faults(cursor: Cursor) -> list[str]:
    """What would let the signed-in role see more than it may; empty when the guard is whole.

    Ask it signed in as a role that serves: the portal's or the desk's.
    """
    cursor.execute(_WHO, {"owner": Role.OWNER})
    ((user, superuser, bypasses, makes_roles, is_owner),) = cursor.fetchall()
    if superuser:  # who may do everything: the rest would be noise
        return [f"{user} is a superuser, whom row security does not hold"]
    faults = [
        f"{user} {fault}"
        for fault, found in (
            ("has BYPASSRLS, so row security does not hold it", bypasses),
            ("may create roles, and so give itself another", makes_roles),
            (f"may become {Role.OWNER}, who owns the tables", is_owner),
        )
        if found
    ]
    faults += [
        f"{user} may become {name}"
        for name in _names(cursor, _BECOMES_TOO_MUCH, _not_its_own(str(user)))
    ]
    if not is_owner:
        faults += [f"{user} owns {name}" for name in _names(cursor, _OWNED)]
    faults += [
        f"{name} has rows of households, and row security is not forced on it"
        for name in _names(cursor, _UNFORCED)
    ]
    faults += [
        f"{name} is a view that reads as its owner: it needs security_invoker"
        for name in _names(cursor, _VIEWS)
    ]
    return faults


def _not_its_own(user: str) -> list[str]:
    """The roles that ``user`` must not be able to take. The owner is told apart, in words of its own."""
    taken = {name for who, roles in MAY_BECOME.items() if who == user for name in roles}
    return sorted({*Role} - {user, Role.OWNER, *taken})


def _names(cursor: Cursor, query: str, not_its_own: Sequence[str] = ()) -> list[str]:
    values = {"directory": sorted(DIRECTORY_TABLES), "not_its_own": list(not_its_own)}
    cursor.execute(query, values)
    return [str(row[0]) for row in cursor.fetchall()]
