"""The commands of `benyuan competition`, put together."""

import typer

from benyuan.cli.competition.fines import decision, fine
from benyuan.cli.competition.markets import hhi, presumption, share
from benyuan.cli.competition.mergers import clock, merger
from benyuan.cli.competition.watching import conduct, platform
from benyuan.cli.teaching import help_of

app = typer.Typer(
    help="Fair competition: shares of markets, dominance, concentration, mergers, fines, conduct, early warnings.",
    no_args_is_help=True,
)
for command in (share, presumption, hhi, merger, clock, fine, decision, conduct, platform):
    app.command(name=command.__name__, help=help_of(command))(command)
