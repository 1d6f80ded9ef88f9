"""Migration operations that put a table under the guard."""

from collections.abc import Mapping, Sequence
from enum import Enum

from django.db import migrations

from havre.foundation.db.roles import DESK_ROLES, Role

# Written as a sub-select so that it is computed once a statement and the index is used.
HOUSEHOLD_IN_CONTEXT = "(SELECT nullif(current_setting('havre.household_id', true), '')::uuid)"

# Whoever acts has opened the health of the household in context, by a row of `audit_opening` that has
# not ended. A sub-select too: asked once a statement, not once a row.
HEALTH_OPENED = (  # names and settings of our own, no value
    "(SELECT EXISTS (SELECT FROM public.audit_opening AS opening "  # noqa: S608
    f"WHERE opening.household_id = {HOUSEHOLD_IN_CONTEXT} AND opening.until > statement_timestamp() "
    "AND opening.staff_id::text = "
    "(nullif(current_setting('havre.actor', true), '')::jsonb ->> 'actor')))"
)
_OPEN_COMPARTMENTS = {Role.DESK: ("GENERAL",), Role.DESK_HEALTH: ("GENERAL", "HEALTH")}

Grants = Mapping[Role, str]


class Recorded(Enum):
    """What of a table enters the history."""

    NOTHING = "NOTHING"
    CHANGES = "CHANGES"  # for facts that a feed brings by the million and that stand as they came
    ALL = "ALL"


def _audit(table: str, recorded: Recorded, hidden: Sequence[str]) -> list[str]:
    """Statement-level triggers, so that a set-based run costs one call a statement."""
    if recorded is Recorded.NOTHING:
        return []
    columns = ", ".join(f"'{name}'" for name in hidden)
    call = f"EXECUTE FUNCTION audit_record({columns})"
    inserts = [
        f"CREATE TRIGGER audit_insert AFTER INSERT ON {table} "
        f"REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT {call}",
    ]
    return [
        *(inserts if recorded is Recorded.ALL else []),
        f"CREATE TRIGGER audit_update AFTER UPDATE ON {table} "
        f"REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT {call}",
        f"CREATE TRIGGER audit_delete AFTER DELETE ON {table} "
        f"REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT {call}",
    ]


def _run(statements: Sequence[str]) -> migrations.RunSQL:
    return migrations.RunSQL(list(statements), reverse_sql=migrations.RunSQL.noop)


def household_table(
    table: str,
    *,
    grants: Grants,
    key: str = "household_id",
    audited: Recorded = Recorded.ALL,
    hidden: Sequence[str] = (),
    scoped_to: Sequence[Role] = (Role.MEMBER, Role.WORKER, Role.DESK),
) -> migrations.RunSQL:
    """Force row security on ``table``, grant exactly ``grants`` and record its changes.

    ``scoped_to`` see the household in context and no other; the owner (data migrations) and, where it
    is granted anything, the batch role see all. ``hidden`` columns never enter the history.
    """
    scoped = ", ".join(scoped_to)
    wide = [role for role in (Role.OWNER, Role.BATCH) if role is Role.OWNER or role in grants]
    rule = f"{key} = {HOUSEHOLD_IN_CONTEXT}"
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY household ON {table} TO {scoped} USING ({rule}) WITH CHECK ({rule})",
        *(
            f"CREATE POLICY {role.removeprefix('havre_')} ON {table} TO {role} "
            "USING (true) WITH CHECK (true)"
            for role in wide
        ),
        *(f"GRANT {rights} ON {table} TO {role}" for role, rights in grants.items()),
    ]
    if key != "id":
        name = table.rpartition(".")[2].strip('"')
        statements.append(
            f"ALTER TABLE {table} ADD CONSTRAINT {name}_household UNIQUE (household_id, id)"
        )
    return _run(statements + _audit(table, audited, hidden))


def shared_table(
    table: str,
    *,
    grants: Grants,
    audited: Recorded = Recorded.NOTHING,
    hidden: Sequence[str] = (),
) -> migrations.RunSQL:
    """Grant exactly ``grants`` on a table that belongs to no household (reference, directory)."""
    statements = [f"GRANT {rights} ON {table} TO {role}" for role, rights in grants.items()]
    return _run(statements + _audit(table, audited, hidden))


def household_link(
    table: str, column: str, references: str, *, on_delete: str = "NO ACTION"
) -> migrations.RunSQL:
    """The composite key by which ``table.column`` can only point inside its own household."""
    bare = table.rpartition(".")[2].strip('"')
    return _run(
        [
            f"ALTER TABLE {table} ADD CONSTRAINT {bare}_{column}_household "
            f"FOREIGN KEY (household_id, {column}) REFERENCES {references} (household_id, id) "
            f"ON DELETE {on_delete} DEFERRABLE INITIALLY DEFERRED"
        ]
    )


def household_owner(table: str) -> migrations.RunSQL:
    """The key from ``table.household_id`` to the household itself."""
    bare = table.rpartition(".")[2].strip('"')
    return _run(
        [
            f"ALTER TABLE {table} ADD CONSTRAINT {bare}_of_household "
            "FOREIGN KEY (household_id) REFERENCES people_household (id) "
            "DEFERRABLE INITIALLY DEFERRED"
        ]
    )


def desk_policies(
    table: str, *, key: str = "household_id", compartment_column: str | None = None
) -> migrations.RunSQL:
    """What staff see of a table of :func:`household_table`, which has let the desk see the household.

    The health and medical roles see the household in context while they have opened its health
    (:data:`HEALTH_OPENED`). With a column that names a compartment, the desk keeps to GENERAL, the
    health role to GENERAL and HEALTH; the medical adviser sees all. It grants nothing by itself.
    """
    opened = f"{key} = {HOUSEHOLD_IN_CONTEXT} AND {HEALTH_OPENED}"
    _, *beyond = DESK_ROLES
    statements = [
        f"CREATE POLICY opened ON {table} TO {', '.join(beyond)} "
        f"USING ({opened}) WITH CHECK ({opened})"
    ]
    if compartment_column:
        statements += _compartments(table, compartment_column)
    return _run(statements)


def desk_compartments(table: str, column: str) -> migrations.RunSQL:
    """The compartments of :func:`desk_policies`, for a table that it was called for without them."""
    return _run(_compartments(table, column))


def desk_restricted(table: str, name: str, rule: str) -> migrations.RunSQL:
    """Keep every role of the desk to the rows for which ``rule`` holds, whatever else lets them in."""
    return _run(
        [
            f"CREATE POLICY {name} ON {table} AS RESTRICTIVE TO {', '.join(DESK_ROLES)} "
            f"USING ({rule}) WITH CHECK ({rule})"
        ]
    )


def _compartments(table: str, column: str) -> list[str]:
    statements = []
    for role, compartments in _OPEN_COMPARTMENTS.items():
        kept = f"{column} IN ({', '.join(repr(one) for one in compartments)})"
        statements.append(
            f"CREATE POLICY compartment_{role.removeprefix('havre_')} ON {table} "
            f"AS RESTRICTIVE TO {role} USING ({kept}) WITH CHECK ({kept})"
        )
    return statements


def desk_search(table: str) -> migrations.RunSQL:
    """Let the desk read this table over all households, to find somebody; it writes in one only."""
    return _run([f"CREATE POLICY desk_search ON {table} FOR SELECT TO {Role.DESK} USING (true)"])


def desk_grants(table: str, rights: str) -> migrations.RunSQL:
    """Grant ``rights`` to every role of the desk; the policies say on which rows."""
    return _run([f"GRANT {rights} ON {table} TO {', '.join(DESK_ROLES)}"])
