"""The database's roles, and the statements that create them.

Creating roles needs more than the owner of the tables may do, so it is apart from the migrations: the
embedded server and the tests run these statements as the superuser; for a server of their own,
administrators run what ``havre migrate --roles`` prints.
"""

from enum import StrEnum

from psycopg import sql


class Role(StrEnum):
    """What a transaction may be. The last four sign in; the others are taken for a transaction."""

    MEMBER = "havre_member"
    DESK = "havre_desk"
    DESK_HEALTH = "havre_desk_health"
    DESK_MEDICAL = "havre_desk_medical"
    PUBLIC = "havre_public"
    EDITOR = "havre_editor"
    PRICING = "havre_pricing"
    BATCH = "havre_batch"
    WEB = "havre_web"
    DESK_WEB = "havre_desk_web"
    WORKER = "havre_worker"
    OWNER = "havre_owner"


SIGN_IN = (Role.WEB, Role.DESK_WEB, Role.WORKER, Role.OWNER)
SERVING = (Role.WEB, Role.DESK_WEB)  # those of the processes that answer browsers

# What staff may be with a member's file: each sees what the one before it sees, and more.
DESK_ROLES = (Role.DESK, Role.DESK_HEALTH, Role.DESK_MEDICAL)

# Who may become whom. The portal can take no role of the desk. The worker can: a job gives effect to
# what somebody of the desk decided, as that person.
MAY_BECOME = {
    Role.WEB: (Role.MEMBER, Role.PUBLIC),
    Role.DESK_WEB: (*DESK_ROLES, Role.EDITOR),
    Role.WORKER: (Role.BATCH, Role.EDITOR, *DESK_ROLES),
}


def role_statements(*, server_version: int) -> list[sql.Composed]:
    """Statements, safe to run again, that create the roles and say who may become whom.

    ``server_version`` is libpq's number (150018 for 15.18). Before 16, membership is granted without
    options; ``NOINHERIT`` on the role that signs in has the same effect there.
    """
    statements = [_create(role) for role in Role]
    options = " WITH INHERIT FALSE, SET TRUE" if server_version >= 160000 else ""
    statements += [
        sql.SQL("GRANT {} TO {}" + options).format(sql.Identifier(taken), sql.Identifier(signed_in))
        for signed_in, roles in MAY_BECOME.items()
        for taken in roles
    ]
    return statements


def password_statement(*, role: Role, password: str) -> sql.Composed:
    """The statement that lets ``role`` sign in with ``password``."""
    return sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
        sql.Identifier(role), sql.Literal(password)
    )


def database_statements(*, database: str) -> list[sql.Composable]:
    """Statements that hand ``database`` to the owner and leave the others no more than they need."""
    name, owner = sql.Identifier(database), sql.Identifier(Role.OWNER)
    signs_in = sql.SQL(", ").join(sql.Identifier(role) for role in SIGN_IN)
    return [
        sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner),
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name),
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, signs_in),
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(name, sql.Identifier(Role.BATCH)),
        sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
    ]


def _create(role: Role) -> sql.Composed:
    kind = "LOGIN NOINHERIT" if role in SIGN_IN else "NOLOGIN NOINHERIT"
    return sql.SQL(
        "DO $do$ BEGIN CREATE ROLE {} " + kind + " NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;"
        " EXCEPTION WHEN duplicate_object THEN NULL; END $do$"
    ).format(sql.Identifier(role))
