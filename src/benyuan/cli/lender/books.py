"""`benyuan lender trial-balance`, `balance-sheet` and `income`: the book of a lender at a business date."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.lender.showing import Date, Lender, Out, Partner, check, columns_of, tell
from benyuan.cli.options import Database, Json, Language, Spoken, reading
from benyuan.cli.output import day as shown_day
from benyuan.cli.output import say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.lender_books.ledgers import AccountLine, TrialBalance
    from benyuan.assurance.lender_books.sheets import BalanceSheet, IncomeStatement, SheetLine

WORDS = {
    "asset": ("Assets", "资产"),
    "liability": ("Liabilities", "负债"),
    "equity": ("Equity", "所有者权益"),
    "income": ("Income", "收入"),
    "expense": ("Expenses", "支出"),
    "before": ("Result of the years before", "以前年度损益"),
    "year": ("Result of the year", "本年损益"),
    "result": ("Result", "损益"),
    "sum": ("Total", "合计"),
    "both": ("Liabilities, equity and result", "负债、权益及损益合计"),
}


def trial_balance(
    date: Date = None,
    lender: Lender = 1,
    partner: Partner = 0,
    language: Spoken = Language.en,
    out: Out = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The trial balance: every account of the book that holds money, as dated up to a closed day.

        benyuan lender trial-balance
        benyuan lender trial-balance 20260731 --language zh
        benyuan lender trial-balance --partner 1 --out partner.csv

    `debits` and `credits` are all that was ever posted, the balance stands on the side that is larger. Entries of a
    close are dated by the day that they close. `benyuan history ACCOUNT` shows an account's rows. Figures in yuan, with
    --json and in files in fen. Exit code 1 where debits and credits differ.
    """
    from benyuan.assurance.lender_books.ledgers import AccountLine
    from benyuan.assurance.lender_books.ledgers import trial_balance as made_of

    check(out, database=database)
    with reading(database) as group:
        made = made_of(group, lender=lender, date=date, partner=partner)
    columns = columns_of(made.lines, AccountLine)
    tell(content=made, columns=columns, out=out, as_json=as_json, show=lambda: _show_trial(made, language))
    if made.debits_fen != made.credits_fen:
        raise typer.Exit(1)


def _show_trial(made: "TrialBalance", language: Language) -> None:
    figures = ("debits", "credits", "debit balance", "credit balance")
    rows = [
        (
            str(line.account),
            str(line.code),
            _title(line, language),
            line.product or "",
            yuan(line.debits_fen),
            yuan(line.credits_fen),
            yuan(line.balance_fen) if line.balance_fen > 0 else "",
            yuan(-line.balance_fen) if line.balance_fen < 0 else "",
        )
        for line in made.lines
    ]
    debit = sum(max(line.balance_fen, 0) for line in made.lines)
    credit = sum(max(-line.balance_fen, 0) for line in made.lines)
    totals = (yuan(made.debits_fen), yuan(made.credits_fen), yuan(debit), yuan(credit))
    rows.append(("", "", _word("sum", language), "", *totals))
    columns = ("account", "code", "title", "product", *figures)
    title = f"Trial balance of {_whose(made.lender, made.partner)}, {shown_day(made.date)}, yuan"
    say_table(title=title, columns=columns, rows=rows, right=("account", "code", "product", *figures))


def balance_sheet(
    date: Date = None,
    lender: Lender = 1,
    partner: Partner = 0,
    language: Spoken = Language.en,
    out: Out = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The balance sheet of a closed day.

        benyuan lender balance-sheet
        benyuan lender balance-sheet 20260731 --language zh

    Assets = liabilities + equity + result, to the fen; exit code 1 where not. Allowances stand as assets below nothing.
    Nothing is closed into equity at the end of a year: its result stands apart from that of the years before. Figures
    in yuan, with --json and in files in fen.
    """
    from benyuan.assurance.lender_books.sheets import SheetLine
    from benyuan.assurance.lender_books.sheets import balance_sheet as made_of

    check(out, database=database)
    with reading(database) as group:
        made = made_of(group, lender=lender, date=date, partner=partner)
    columns = columns_of(made.lines, SheetLine)
    tell(content=made, columns=columns, out=out, as_json=as_json, show=lambda: _show_sheet(made, language))
    if made.difference_fen:
        raise typer.Exit(1)


def _show_sheet(made: "BalanceSheet", language: Language) -> None:
    sums = {"asset": made.assets_fen, "liability": made.liabilities_fen, "equity": made.equity_fen}
    rows = _parts(made.lines, sums, language)
    rows.append((_word("before", language), "", yuan(made.result_before_fen)))
    rows.append((_word("year", language), "", yuan(made.result_year_fen)))
    both = made.assets_fen - made.difference_fen
    rows.append((_word("both", language), "", yuan(both)))
    title = f"Balance sheet of {_whose(made.lender, made.partner)}, {shown_day(made.date)}, yuan"
    say_table(title=title, columns=("", "product", "yuan"), rows=rows, right=("product", "yuan"))
    if made.difference_fen:
        typer.echo(f"DOES NOT TIE: assets are {yuan(made.difference_fen)} yuan more than the other side")


def income(
    from_date: Annotated[
        int | None,
        typer.Option("--from", metavar="DATE", help="The first day, as yyyymmdd; without it the first of the year."),
    ] = None,
    to_date: Annotated[
        int | None,
        typer.Option("--to", metavar="DATE", help="The last day, one that is closed; without it the last closed one."),
    ] = None,
    lender: Lender = 1,
    partner: Partner = 0,
    language: Spoken = Language.en,
    out: Out = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The income statement of a period, both days included.

        benyuan lender income
        benyuan lender income --from 20260701 --to 20260731 --language zh

    From the accounts of income and expense, by business date. Figures in yuan, with --json and in files in fen.
    """
    from benyuan.assurance.lender_books.sheets import SheetLine, income_statement

    check(out, database=database)
    with reading(database) as group:
        made = income_statement(group, lender=lender, first=from_date, last=to_date, partner=partner)
    columns = columns_of(made.lines, SheetLine)
    tell(content=made, columns=columns, out=out, as_json=as_json, show=lambda: _show_income(made, language))


def _show_income(made: "IncomeStatement", language: Language) -> None:
    rows = _parts(made.lines, {"income": made.income_fen, "expense": made.expenses_fen}, language)
    rows.append((_word("result", language), "", yuan(made.result_fen)))
    days = f"{shown_day(made.first)} to {shown_day(made.last)}"
    title = f"Income statement of {_whose(made.lender, made.partner)}, {days}, yuan"
    say_table(title=title, columns=("", "product", "yuan"), rows=rows, right=("product", "yuan"))


def _parts(lines: "list[SheetLine]", sums: dict[str, int], language: Language) -> list[tuple[str, str, str]]:
    """The lines of each part, and its sum."""
    rows = []
    for part, total in sums.items():
        of = [line for line in lines if line.part == part]
        rows += [(f"  {_title(line, language)}", str(line.product or ""), yuan(line.amount_fen)) for line in of]
        rows.append((_word(part, language), "", yuan(total)))
    return rows


def _title(line: "AccountLine | SheetLine", language: Language) -> str:
    return line.title_zh if language is Language.zh else line.title_en


def _word(name: str, language: Language) -> str:
    return WORDS[name][language is Language.zh]


def _whose(lender: int, partner: int) -> str:
    return f"partner {partner} of lender {lender}" if partner else f"lender {lender}"
