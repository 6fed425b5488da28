"""The commands of `benyuan lender`, put together."""

import typer

from benyuan.cli.lender.books import balance_sheet, income, trial_balance
from benyuan.cli.lender.collecting import collections
from benyuan.cli.lender.days import close, day
from benyuan.cli.lender.lives import account, loan
from benyuan.cli.lender.loans import ageing, entry, tape, vintage
from benyuan.cli.lender.sheet import sheet, sheet_text
from benyuan.cli.teaching import help_of

app = typer.Typer(help="A consumer-finance company: its books and loans at any closed day.", no_args_is_help=True)
COMMANDS = (
    day,
    close,
    trial_balance,
    balance_sheet,
    income,
    tape,
    ageing,
    vintage,
    entry,
    loan,
    account,
    sheet,
    sheet_text,
    collections,
)
for command in COMMANDS:
    app.command(name=command.__name__.replace("_", "-"), help=help_of(command))(command)
