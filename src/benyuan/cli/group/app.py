"""The commands of `benyuan group`, put together."""

import typer

from benyuan.cli.group.owning import changes, owners, shape
from benyuan.cli.group.relating import approvals, dealings, related
from benyuan.cli.teaching import help_of

app = typer.Typer(
    help="The group: who owns whom, who controls whom, who is related, and what the law asks of it.",
    no_args_is_help=True,
)
for command in (shape, owners, changes, related, dealings, approvals):
    app.command(help=help_of(command))(command)
