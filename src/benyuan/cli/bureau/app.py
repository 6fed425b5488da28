"""The commands of `benyuan bureau`, put together."""

import typer

from benyuan.cli.bureau import consents
from benyuan.cli.bureau.ask import ask
from benyuan.cli.bureau.audit import audit
from benyuan.cli.bureau.furnishing import erase, furnish, parcels, withdraw
from benyuan.cli.bureau.members import admit, agree, members, register, standing
from benyuan.cli.bureau.own_report import report
from benyuan.cli.bureau.redress import complaints, duties, objections
from benyuan.cli.bureau.watching import cases, inquiries, misuse
from benyuan.cli.teaching import help_of

app = typer.Typer(
    help="A personal credit bureau: members, consents, files furnished, inquiries, reports, objections, erasure.",
    no_args_is_help=True,
)
COMMANDS = (
    *(register, standing, admit, agree, members, furnish, parcels, withdraw, ask, inquiries, report),
    *(duties, objections, complaints, misuse, cases, erase, audit),
)
for command in COMMANDS:
    app.command(name=command.__name__.replace("_", "-"), help=help_of(command))(command)
app.add_typer(consents.app, name="consent")
