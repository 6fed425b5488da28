"""The commands of `benyuan group`, put together."""

import typer

from benyuan.cli.group.owning import changes, owners, shape
from benyuan.cli.teaching import help_of

app = typer.Typer(
    help="The group: who owns whom, who controls whom, and what the law asks of it.", no_args_is_help=True
)
for command in (shape, owners, changes):
    app.command(help=help_of(command))(command)
