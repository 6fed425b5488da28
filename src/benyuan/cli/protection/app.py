"""The commands of `benyuan protection`, put together."""

import typer

from benyuan.cli.protection.complaints import complaints
from benyuan.cli.protection.consents import consents
from benyuan.cli.protection.contacts import contacts
from benyuan.cli.protection.duties import duties
from benyuan.cli.protection.key_facts import key_facts, key_facts_product, key_facts_text
from benyuan.cli.protection.own_data import export, own_data
from benyuan.cli.protection.releasing import release
from benyuan.cli.protection.suitability import level, products, sale, sales, tests
from benyuan.cli.protection.templates import templates
from benyuan.cli.protection.terms import questionnaire, records_due, terms
from benyuan.cli.teaching import help_of

app = typer.Typer(
    help="Consumer protection: suitability, consents, messages, contacts, complaints, own data, and all duties.",
    no_args_is_help=True,
)
COMMANDS = (
    consents,
    templates,
    contacts,
    key_facts,
    key_facts_text,
    key_facts_product,
    duties,
    complaints,
    own_data,
    export,
    products,
    terms,
    questionnaire,
    level,
    tests,
    sales,
    sale,
    release,
    records_due,
)
for command in COMMANDS:
    app.command(name=command.__name__.replace("_", "-"), help=help_of(command))(command)
