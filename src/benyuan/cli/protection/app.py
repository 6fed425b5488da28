"""The commands of `benyuan protection`, put together."""

import typer

from benyuan.cli.protection.consents import consents
from benyuan.cli.protection.contacts import contacts
from benyuan.cli.protection.templates import templates
from benyuan.cli.teaching import help_of

app = typer.Typer(
    help="Consumer protection: consents, messages, contacts about debts.",
    no_args_is_help=True,
)
COMMANDS = (consents, templates, contacts)
for command in COMMANDS:
    app.command(name=command.__name__.replace("_", "-"), help=help_of(command))(command)
