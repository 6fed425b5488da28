"""`benyuan lender loan` and `account`: the life of one, so that an auditor can follow it by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.lender.showing import Out, check, columns_of, tell
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day as shown_day
from benyuan.cli.output import say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.lender_books.account_life import AccountLife
    from benyuan.assurance.lender_books.loan_life import LoanLife

On = Annotated[
    int | None, typer.Option("--on", metavar="DATE", help="What is owed on this day, as yyyymmdd; may be to come.")
]


def loan(
    number: Annotated[int, typer.Argument(metavar="ID", min=1, help="The loan.")],
    on: On = None,
    out: Out = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The life of a loan: terms, every step and what it was for, what is owed on a day, what is to come.

        benyuan lender loan 3
        benyuan lender loan 3 --on 20261231
        benyuan lender loan 3 --out steps.csv

    Each step names its command, which `benyuan why` explains; JSON holds the whole state after each. Without --on the
    day is that of the log's last command; later days are reckoned as if nothing were paid. What is owed counts the
    nights before that day, after its own payments. By hand: docs/algorithms/loans.md. Figures in yuan, with --json and
    in files in fen.
    """
    from benyuan.assurance.lender_books.loan_life import LoanStepTold, loan_life

    check(out, database=database)
    with reading(database) as group:
        try:
            life = loan_life(group, loan=number, on=on)
        except LookupError as error:
            raise NotFound(error.args[0]) from None
    _tell(life, columns_of(life.steps, LoanStepTold), out=out, as_json=as_json)


def account(
    number: Annotated[int, typer.Argument(metavar="ID", min=1, help="The pay-later account.")],
    on: On = None,
    out: Out = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The life of a pay-later account: terms, purchases, every step and what it was for, what is owed on a day.

        benyuan lender account 7
        benyuan lender account 7 --on 20261231 --json

    Each step and purchase names its command, which `benyuan why` explains; JSON holds the whole state after each step.
    At a statement `interest` is what it bills, and principal and fees what the customer's credit paid; elsewhere all
    three are what was paid. Without --on the day is that of the log's last command; later days are reckoned as if
    nothing were bought or paid. By hand: docs/algorithms/pay-later.md. Figures in yuan, with --json and in files in
    fen.
    """
    from benyuan.assurance.lender_books.account_life import AccountStepTold, account_life

    check(out, database=database)
    with reading(database) as group:
        try:
            life = account_life(group, account=number, on=on)
        except LookupError as error:
            raise NotFound(error.args[0]) from None
    _tell(life, columns_of(life.steps, AccountStepTold), out=out, as_json=as_json)


def _tell(life: "LoanLife | AccountLife", columns: dict[str, list[Any]], *, out: Path | None, as_json: bool) -> None:
    def show() -> None:
        from benyuan.assurance.lender_books.loan_life import LoanLife

        _show_facts("Terms", life.terms)
        if isinstance(life, LoanLife):
            _show_loan(life)
        else:
            _show_account(life)
        _show_facts(f"Owed on {shown_day(life.owed.on)}, yuan", _owed(life.owed))

    tell(content=life, columns=columns, out=out, as_json=as_json, show=show)


def _owed(owed: Any) -> dict[str, Any]:
    return {
        name.removesuffix("_fen").replace("_", " "): _figure(name, getattr(owed, name))
        for name in owed.__struct_fields__
        if name != "on"
    }


def _figure(name: str, value: Any) -> str:
    if name.endswith("_fen"):
        return yuan(value)
    return shown_day(value) if name.endswith("_on") else str(value)


def _show_facts(title: str, facts: dict[str, Any]) -> None:
    rows = [(name.replace("_", " "), str(value)) for name, value in facts.items()]
    say_table(title=title, columns=("", "value"), rows=rows, right=("value",))


def _show_loan(life: "LoanLife") -> None:
    names = ("amount", "principal", "interest", "late", "owed_principal")
    steps = [
        (shown_day(step.on), step.kind.replace("_", " "), *(_yuans(step, names)), str(step.command))
        for step in life.steps
    ]
    right = ("amount", "principal", "interest", "late", "principal left")
    title = f"Loan {life.loan} of borrower {life.row['borrower']}, steps, yuan"
    say_table(title=title, columns=("day", "step", *right, "command"), rows=steps, right=(*right, "command"))
    parts = ("principal", "interest", "amount", "left")
    coming = [(str(each.number), shown_day(each.due_on), *_yuans(each, parts)) for each in life.coming]
    columns = ("n", "due", *parts)
    say_table(title="To come, if nothing is paid before, yuan", columns=columns, rows=coming, right=("n", *parts))


def _show_account(life: "AccountLife") -> None:
    bought = [
        (shown_day(each.on), each.kind.replace("_", " "), yuan(each.amount_fen), str(each.command))
        for each in life.purchases
    ]
    columns = ("day", "what", "amount", "command")
    say_table(title="Purchases, yuan", columns=columns, rows=bought, right=("amount", "command"))
    names = ("amount", "bought", "principal", "interest", "fees", "credit", "asked")
    steps = [
        (shown_day(step.on), step.kind.replace("_", " "), *(_yuans(step, names)), str(step.command))
        for step in life.steps
    ]
    title = f"Account {life.account} of borrower {life.row['borrower']}, steps, yuan"
    say_table(title=title, columns=("day", "step", *names, "command"), rows=steps, right=(*names, "command"))


def _yuans(row: Any, names: tuple[str, ...]) -> list[str]:
    return [yuan(getattr(row, f"{name}_fen")) for name in names]
