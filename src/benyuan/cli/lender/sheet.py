"""`benyuan lender sheet, sheet-text`: the sheet of all costs that a borrower saw, and the one to show next."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.inputs.objects import fields_of
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day as shown_day
from benyuan.cli.output import say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.lender_books.cost_sheets import SheetShown
    from benyuan.assurance.lender_books.sheets_made import SheetMade

TITLE = "综合融资成本明示表 Sheet of all costs"
NAMES = {
    "template": ("template", "版式"),
    "amount_fen": ("principal, yuan", "贷款本金（元）"),
    "term_count": ("instalments", "还款期数"),
    "rate_ppm": ("interest a year", "年利率"),
    "first_due_on": ("first instalment due", "首期还款日"),
    "cost_ppb": ("all-in cost a year", "年化综合融资成本"),
    "late_rate_ppm": ("late interest a year, on breach", "罚息年利率（违约时）"),
    "late_on_interest": ("late interest on due interest", "对逾期利息计收罚息"),
    "grace_days": ("days of grace", "宽限期（天）"),
    "method": ("how it is repaid", "还款方式"),
    "day_count": ("how days count", "计息天数规则"),
    "every": ("units between due days", "还款间隔"),
    "every_unit": ("unit", "间隔单位"),
    "rounding": ("rounding", "舍入方式"),
    "statement_day": ("statement day of the month", "账单日"),
    "due_days": ("days from statement to due day", "账单日至还款日（天）"),
    "minimum_ppm": ("least to pay, of principal", "最低还款比例"),
    "minimum_floor_fen": ("least to pay, yuan at least", "最低还款额下限（元）"),
    "late_fee_ppm": ("late fee on breach, of what is missing", "违约金比例（违约时）"),
    "late_fee_floor_fen": ("late fee, yuan at least", "违约金下限（元）"),
    "order": ("what a payment is for first", "还款冲抵顺序"),
    "other_charges_fen": ("any other charge, yuan", "其他费用（元）"),
}
STATES = {
    "confirmed": "this very sheet was confirmed 与借款人确认的一致",
    "none": "none was confirmed 未经确认",
    "another": "ANOTHER was confirmed 与借款人确认的不一致",
}


def sheet(
    number: Annotated[int, typer.Argument(metavar="ID", min=1, help="The loan; with --account the account.")],
    of_account: Annotated[bool, typer.Option("--account", help="The number is that of a pay-later account.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The sheets of costs that a borrower was shown, in Chinese and English, held against what was confirmed.

        benyuan lender sheet 3
        benyuan lender sheet 7 --account

    Made again from the terms, the offer and the state of their day, which are all kept: at the draw, before the first
    further part of a loan that was begun before 2026-08-01, before more terms; of an account at its opening and at the
    last confirmation. The digest is compared with the one that came with the command, and the seconds run from the
    command that showed the sheet; those of commands of before are what the lender told. Exit code 1 where another
    sheet than that of the terms was confirmed. Figures in yuan and per cent, with --json in fen and millionths.
    """
    from benyuan.assurance.lender_books.cost_sheets import sheets_of_account, sheets_of_loan

    with reading(database) as group:
        try:
            found = sheets_of_account(group, account=number) if of_account else sheets_of_loan(group, loan=number)
        except LookupError as error:
            raise NotFound(error.args[0]) from None
    if as_json:
        say_json({"account" if of_account else "loan": number, "sheets": found})
    else:
        for each in found:
            _show(each)
    if any(each.state == "another" for each in found):
        raise typer.Exit(1)


def sheet_text(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="The command that will ask for it, as draw_loan.")],
    fields: Annotated[str, typer.Argument(metavar="FIELDS", help="Its fields but for cost_sheet, as JSON.")],
    on: Annotated[int, typer.Option("--on", metavar="DATE", help="To be shown on this day, as yyyymmdd.")] = 0,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The sheet of costs that a command will ask for, and the digest that it and `show_cost_sheet` have to name.

        benyuan lender sheet-text draw_loan '{"offer": 5, "purpose": "travel"}'

    Nothing is recorded. Without --on it is the day of the log's last command.
    """
    from benyuan.assurance.lender_books.sheets_made import sheet_made
    from benyuan.values.dates import local_day

    given = fields_of(fields)
    with reading(database) as group:
        try:
            made = sheet_made(group, kind=kind, on=on or local_day(group.last_at), fields=given)
        except LookupError as error:
            raise NotFound(error.args[0]) from None
    if as_json:
        say_json(made)
        return
    _say_items(f"{TITLE}, {shown_day(made.on)}, for {made.kind}", made)
    typer.echo(f"digest {made.digest}")


def _say_items(title: str, sheet: "SheetShown | SheetMade") -> None:
    rows = [(NAMES[name][1], NAMES[name][0], _figure(sheet.items, sheet.words, name)) for name in sheet.items]
    say_table(title=title, columns=("项目", "item", "figure"), rows=rows, right=("figure",))


def _show(shown: "SheetShown") -> None:
    _say_items(f"{TITLE}, {shown_day(shown.on)}, command {shown.command} ({shown.kind})", shown)
    source = f"shown by command {shown.shown}" if shown.shown else "as the lender told"
    confirmed = f", confirmed {shown.confirmed} after {shown.read_seconds} s, {source}" if shown.confirmed else ""
    typer.echo(f"digest {shown.digest}{confirmed}: {STATES[shown.state]}")


def _figure(items: Mapping[str, int], words: Mapping[str, Any], name: str) -> str:
    from benyuan.rules.quantities import percent_text

    value = items[name]
    if name in words:
        return str(words[name])
    if name.endswith("_fen"):
        return yuan(value)
    if name.endswith("_ppm"):
        return percent_text(value)
    if name.endswith("_ppb"):
        return percent_text(-(-value // 1_000))
    return shown_day(value) if name.endswith("_on") else str(value)
