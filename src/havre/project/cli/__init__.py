"""The ``havre`` command. Each subcommand is a module here, imported when it is asked for."""

from importlib import import_module

import click

from havre.foundation.refusals import Refusal
from havre.project.settings import WrongSettings

COMMANDS = {
    "demo": "demo",
    "install-demo": "demo",
    "reset": "reset",
    "serve": "serve",
    "worker": "worker",
    "migrate": "migrate",
    "doctor": "doctor",
    "backup": "backup",
    "restore": "backup",
    "keys": "keys",
    "maintenance": "maintenance",
    "import": "imports",
    "content": "content",
    "mails": "mails",
    "news": "news",
    "people": "people",
    "rates": "rates",
    "prices": "prices",
    "accounts": "accounts",
    "staff": "staff",
}


class _Commands(click.Group):
    """Imports a command when it is asked for, and says what was foreseeable without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{__name__}.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except WrongSettings as wrong:
            raise click.ClickException("wrong settings\n" + _indented(wrong.lines)) from None
        except Refusal as refusal:
            raise click.ClickException(str(refusal) or _sentence(type(refusal))) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="havre")
def main() -> None:
    """Havre, the member space for health and protection insurance."""


def _indented(lines: list[str]) -> str:
    return "\n".join(f"  {line}" for line in lines)


def _sentence(refusal: type[Refusal]) -> str:
    """The promise of a refusal that carries no text of its own."""
    return (refusal.__doc__ or refusal.__name__).strip().splitlines()[0]
