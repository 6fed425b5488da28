"""The commands of `benyuan protection`, put together."""

import typer

from benyuan.cli.protection.suitability import level, products, sales, tests
from benyuan.cli.protection.terms import questionnaire, records_due, terms
from benyuan.cli.teaching import help_of

app = typer.Typer(
    help="Consumer protection: products, what people may buy, what was sold to them.", no_args_is_help=True
)
COMMANDS = (products, terms, questionnaire, level, tests, sales, records_due)
for command in COMMANDS:
    app.command(name=command.__name__.replace("_", "-"), help=help_of(command))(command)
