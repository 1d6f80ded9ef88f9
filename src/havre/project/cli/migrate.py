"""``havre migrate``: bring the database's tables to this release."""

import click

from havre.foundation.db.roles import SIGN_IN, Role, database_statements, role_statements
from havre.project.cli import starting
from havre.project.installation import DATABASE, create_database


@click.command("migrate")
@click.option(
    "--roles",
    is_flag=True,
    help="Print the SQL by which an administrator makes the roles and the database's grants.",
)
@click.option("--database", default=DATABASE, help="The database's name in that SQL.")
def migrate_command(*, roles: bool, database: str) -> None:
    """Bring the database to this release, signed in as its owner.

    On a PostgreSQL of your own, an administrator runs what --roles prints first.
    """
    if roles:
        starting.say(roles_script(database))
        return
    installation = starting.enter_environment()
    if installation.server is not None:
        create_database(installation.server)
    starting.start(Role.OWNER, installation=installation)
    from django.core.management import call_command

    call_command("migrate", verbosity=1, interactive=False)


def roles_script(database: str) -> str:
    """The SQL for ``psql``, run by a superuser. Passwords are the administrator's to choose."""
    lines = ["-- Run with psql as a superuser: psql --set ON_ERROR_STOP=1 --file FILE"]
    lines += [
        f"SELECT 'CREATE DATABASE {database}' WHERE NOT EXISTS",
        f"  (SELECT FROM pg_database WHERE datname = '{database}') \\gexec",
    ]
    lines.append(f"\\connect {database}")
    lines.append("SELECT current_setting('server_version_num')::int >= 160000 AS newer \\gset")
    lines.append("\\if :newer")
    lines += _statements(170000)
    lines.append("\\else")
    lines += _statements(150000)
    lines.append("\\endif")
    lines += [f"{statement.as_string()};" for statement in database_statements(database=database)]
    lines.append("-- Then choose the logins' passwords, typed to psql:")
    lines += [f"--   \\password {role}" for role in SIGN_IN]
    return "\n".join(lines)


def _statements(server_version: int) -> list[str]:
    return [f"{one.as_string()};" for one in role_statements(server_version=server_version)]
