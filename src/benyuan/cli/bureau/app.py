"""The commands of `benyuan bureau`, put together."""

import typer

from benyuan.cli.bureau.audit import audit
from benyuan.cli.bureau.redress import complaints, duties, objections
from benyuan.cli.teaching import help_of

app = typer.Typer(help="A personal credit bureau: its duties, objections, complaints and audits.", no_args_is_help=True)
COMMANDS = (duties, objections, complaints, audit)
for command in COMMANDS:
    app.command(name=command.__name__.replace("_", "-"), help=help_of(command))(command)
