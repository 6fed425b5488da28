"""The commands of `benyuan bureau`, put together."""

import typer

from benyuan.cli.bureau.own_report import report
from benyuan.cli.teaching import help_of

app = typer.Typer(help="The personal credit bureau: files, inquiries and reports.", no_args_is_help=True)
COMMANDS = (report,)
for command in COMMANDS:
    app.command(name=command.__name__.replace("_", "-"), help=help_of(command))(command)
