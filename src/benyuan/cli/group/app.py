"""The commands of `benyuan group`, put together."""

import typer

from benyuan.cli.group.accessing import access
from benyuan.cli.group.applying import apply
from benyuan.cli.group.boarding import board_pack
from benyuan.cli.group.checking import checks
from benyuan.cli.group.consolidating import consolidate
from benyuan.cli.group.crossing import crossings
from benyuan.cli.group.exchanging import app as bods_app
from benyuan.cli.group.fitness import fitness
from benyuan.cli.group.governing import organs
from benyuan.cli.group.identifying import individuals
from benyuan.cli.group.licensing import licences
from benyuan.cli.group.limiting import limits
from benyuan.cli.group.owning import changes, owners, shape
from benyuan.cli.group.prudential import prudential
from benyuan.cli.group.relating import approvals, dealings, related
from benyuan.cli.group.risking import losses, risk
from benyuan.cli.group.social import small_micro
from benyuan.cli.teaching import help_of

app = typer.Typer(
    help="The group: who owns and controls whom, whether it must apply, who is fit, related or checks, its accounts.",
    no_args_is_help=True,
)
for command in (
    shape,
    owners,
    changes,
    apply,
    fitness,
    organs,
    licences,
    consolidate,
    prudential,
    related,
    dealings,
    approvals,
    limits,
    checks,
    individuals,
    risk,
    losses,
    crossings,
    access,
):
    app.command(help=help_of(command))(command)
app.command(name="small-micro", help=help_of(small_micro))(small_micro)
app.command(name="board-pack", help=help_of(board_pack))(board_pack)
app.add_typer(bods_app, name="bods")
