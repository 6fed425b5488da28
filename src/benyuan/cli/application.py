"""The program `benyuan`: its commands, put together. What a command needs is imported when it runs."""

from typing import Annotated

import typer

from benyuan import __version__
from benyuan.cli import codes, lists, people, retention, rules, vault
from benyuan.cli.agreements import agreements
from benyuan.cli.bench import bench_app
from benyuan.cli.books import balance, history
from benyuan.cli.bureau.app import app as bureau_app
from benyuan.cli.cases import cases
from benyuan.cli.competition.app import app as competition_app
from benyuan.cli.days import day
from benyuan.cli.demonstrating import demo
from benyuan.cli.demonstrating_bureau import demo_bureau
from benyuan.cli.demonstrating_group import demo_group
from benyuan.cli.demonstrating_lender import demo_lender
from benyuan.cli.demonstrating_protection import demo_protection
from benyuan.cli.disclosing import disclosure
from benyuan.cli.disputes import disputes
from benyuan.cli.duties import duties
from benyuan.cli.explaining import verify, why
from benyuan.cli.failures import Commands
from benyuan.cli.freezes import freezes
from benyuan.cli.group.app import app as group_app
from benyuan.cli.incidents import incidents
from benyuan.cli.lender.app import app as lender_app
from benyuan.cli.merchants import merchants
from benyuan.cli.pricing import apr
from benyuan.cli.protection.app import app as protection_app
from benyuan.cli.refusals import refusals
from benyuan.cli.reserve import reserve
from benyuan.cli.running import run
from benyuan.cli.schedules import schedule
from benyuan.cli.scores import app as score_app
from benyuan.cli.setting_up import init
from benyuan.cli.settling import settle
from benyuan.cli.shares import shares
from benyuan.cli.statements import statement
from benyuan.cli.teaching import help_of
from benyuan.cli.value_reports import report

app = typer.Typer(
    name="benyuan",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _say_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"benyuan {__version__}")
        raise typer.Exit


def about(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=lambda wanted: _say_version(wanted=wanted), help="The version."
        ),
    ] = False,
) -> None:
    """本源 benyuan: the core system of a regulated finance group, in which every limit the law sets is booked.

        benyuan demo                     a payment institution at work for half a year; takes about a minute
        benyuan demo-lender              a lender beside it, with the same clients' lines and payments
        benyuan demo-bureau              a credit bureau beside the lender, and five years after
        benyuan demo-protection          thirty people protected: what is refused by which article; a few seconds
        benyuan verify                   everything rebuilt from its log, compared, and decided again
        benyuan why 123456               every gate and limit that a decision met, with article and figures

        benyuan init                     a database of one's own
        benyuan run payments.csv --kind pay
        benyuan balance --book
        benyuan statement --wallet 3     a year of transactions, with the balance after each
        benyuan cases --open             suspicious cases that wait for people
        benyuan settle                   every merchant that is due today paid out
        benyuan disputes --open          disputed payments, and what is on hold for them
        benyuan code show 1              a merchant's QR code
        benyuan day                      the last day closed: the reserve against the custodian's statement
        benyuan reserve 202604           the return on the reserve of a month, net worth and its floor
        benyuan lender day               a lender's last closed day: loans, classes, ratios, and whether books tie
        benyuan lender sheet-text draw_loan '{"offer": 1, "purpose": "travel"}'   what to show before a draw
        benyuan lender tape --out t.csv  every loan of it, one a row; `benyuan lender --help` has the rest
        benyuan bureau inquiries         who was shown whose credit file, when and for what
        benyuan bureau duties            what a credit bureau owes, by when and under which article
        benyuan bureau audit 2026        counts of a year from the log, with the hash that proves them
        benyuan protection consents      what a customer has said yes and no to (--help has the options)
        benyuan protection duties        what every firm owes, by when: the one calendar of duties
        benyuan group shape 2            who is in a group, who is behind it, what the law asks of it; `... owners`
        benyuan group apply 1            whether a group must have a holding company; `... fitness`, `... licences`
        benyuan protection level 7       what a person may be sold, and until when; `... products`, `... sales`
        benyuan competition fine         what a breach of competition law costs; `... presumption`, `... merger`
        benyuan apr flows.csv            the all-in annual rate of a loan's flows
        benyuan schedule                 a loan's instalments, and what it costs a year (--help has the options)
        benyuan score card               the table of points that a credit score is added up from
        benyuan retention due            records that are over their term by law

    Exit codes: 0 all is well; 1 refusals, differences or faults, where that was the question; 2 bad usage or input;
    3 the store is busy, unavailable or damaged; 4 no such thing.
    """
    del version


app.callback(help=help_of(about))(about)
COMMANDS = (
    (
        init,
        demo,
        demo_lender,
        demo_bureau,
        demo_protection,
        demo_group,
        run,
        settle,
        balance,
        history,
        statement,
        day,
        reserve,
        disclosure,
        shares,
        merchants,
        duties,
        report,
    ),
    (cases, disputes, freezes, incidents, agreements, refusals, why, verify, apr, schedule),
)
for command in (*COMMANDS[0], *COMMANDS[1]):
    app.command(name=command.__name__.replace("_", "-"), help=help_of(command))(command)
app.add_typer(rules.app, name="rules")
app.add_typer(people.app, name="person")
app.add_typer(lists.app, name="lists")
app.add_typer(codes.app, name="code")
app.add_typer(retention.app, name="retention")
app.add_typer(vault.app, name="vault")
app.add_typer(lender_app, name="lender")
app.add_typer(bureau_app, name="bureau")
app.add_typer(protection_app, name="protection")
app.add_typer(group_app, name="group")
app.add_typer(competition_app, name="competition")
app.add_typer(score_app, name="score")
app.add_typer(bench_app, name="bench")


def main() -> None:
    """The console script."""
    app()
