"""`benyuan balance` and `benyuan history`: what stands on an account, and how it came about.

An account is named by its number in the ledger, or by whose it is: wallet:3, merchant:5, person:7 (the usage accounts
in which the law's limits count), institution:1.
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import moment, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.engine.group import Group

Named = list[tuple[str, int]]

COUNT_OF_DAY = "count_day"
"""How the name of a usage account ends that counts movements, not money."""

FIGURES = ("debits_posted", "credits_posted", "debits_pending", "credits_pending")
AccountId = Annotated[
    str, typer.Argument(metavar="ID", help="An account's number, or wallet:N, merchant:N, person:N, institution:N.")
]


def accounts_of(group: "Group", text: str) -> Named:
    """The accounts that an ID names, each with a name of its own. Errors: BadInput, NotFound."""
    from benyuan.values.errors import BadInput

    whose, _, number = text.rpartition(":")
    if not number.isascii() or not number.isdecimal() or whose not in ("", *_FINDERS):
        raise BadInput("ID", text, f"a number, or one of {', '.join(f'{name}:NUMBER' for name in _FINDERS)}")
    if not whose:
        if not 1 <= int(number) <= group.ledger.account_count:
            raise NotFound(f"no account {number}; the last one is {group.ledger.account_count}")
        return [(_code_name(group, int(number)), int(number))]
    held = group.records.tables[whose]
    if not 1 <= int(number) <= held.count:
        raise NotFound(f"no {whose} {number}; the last one is {held.count}")
    row = {name: int(held.column(name)[int(number)]) for name in held.table.columns}
    return _FINDERS[whose](row)


def _of_wallet(row: dict[str, int]) -> Named:
    lifetime = [("paid in its lifetime", row["lifetime_usage"])] if row["class"] == 1 else []  # only Class I counts it
    return [("wallet", row["account"]), *lifetime]


def _of_merchant(row: dict[str, int]) -> Named:
    return [("merchant", row["account"])]


def _of_person(row: dict[str, int]) -> Named:
    from benyuan.payments.chart import Usage

    return [(usage.name, row["first_usage"] + usage) for usage in Usage]


def _of_institution(row: dict[str, int]) -> Named:
    from benyuan.payments.chart import Own

    return [(own.name, row["first_account"] + own) for own in Own]


_FINDERS = {"wallet": _of_wallet, "merchant": _of_merchant, "person": _of_person, "institution": _of_institution}


def _code_name(group: "Group", account: int) -> str:
    return account_code(int(group.ledger.state.accounts[account]["code"]))


def account_code(code: int) -> str:
    """The name of a kind of account."""
    from benyuan.payments.chart import AccountCode

    return AccountCode(code).name if code in AccountCode._value2member_map_ else str(code)


def leg_code(code: int) -> str:
    """The name of a kind of leg; 1 is the ledger's own."""
    from benyuan.payments.chart import LegCode

    return LegCode(code).name if code in LegCode._value2member_map_ else "window_reset" if code == 1 else str(code)


def balance(
    account: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="An account's number, or wallet:N, merchant:N, person:N, institution:N."),
    ] = None,
    book: Annotated[bool, typer.Option("--book", help="All kinds of account of every book, summed.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """What stands on an account, or in the whole book.

        benyuan balance 42               account 42 of the ledger
        benyuan balance wallet:3         a wallet; of Class I also what it has ever paid
        benyuan balance person:7         what the law's limits have counted for a person
        benyuan balance --book           the trial balance

    Figures in yuan, with --json in fen. Customers' money stands on the credit side, so a wallet's balance is negative
    as "debits less credits"; the column `balance` shows it as its owner would. A usage account with a window holds
    what was counted in `period`, the day or year in which it was last used; in a new one it begins at nought.
    """
    from benyuan.values.errors import BadInput

    if (account is None) != book:
        raise BadInput("ID", account, "an ID or --book, one of them")
    with reading(database) as group:
        rows = _book_rows(group) if account is None else _balance_rows(group, account)
    if as_json:
        say_json(rows)
        return
    first = (
        ("book", "unit", "kind", "accounts") if account is None else ("account", "name", "unit", "period", "balance")
    )
    shown = [[_shown(row, name) for name in (*first, *FIGURES)] for row in rows]
    right = ("accounts", "balance", *FIGURES)
    title = f"Balances of {account}, in yuan" if account else "Trial balance, in yuan"
    say_table(title=title, columns=(*first, *FIGURES), rows=shown, right=right)


def _shown(row: dict[str, Any], name: str) -> object:
    if name in (*FIGURES, "balance"):
        return str(row[name]) if row.get("name", "").endswith(COUNT_OF_DAY) else yuan(row[name])
    if name == "period":
        return str(row[name] or "")
    return row[name] if name == "accounts" else str(row[name])


def _unit(unit: int) -> str:
    from benyuan.decisions.facts import MONEY

    return "CNY" if unit == MONEY else "usage"


def _balance_rows(group: "Group", text: str) -> list[dict[str, Any]]:
    rows = []
    for name, account in accounts_of(group, text):
        found, record = group.ledger.balance(account), group.ledger.state.accounts[account]
        rows.append(
            {
                "account": account,
                "name": name,
                "unit": _unit(int(record["unit"])),
                "period": int(record["period"]),
                "balance": _owner_sees(int(record["code"]), found.posted),
                **{figure: getattr(found, figure) for figure in FIGURES},
            }
        )
    return rows


def _owner_sees(code: int, posted: int) -> int:
    from benyuan.payments.chart import AccountCode

    owed = (
        *(AccountCode.wallet, AccountCode.merchant, AccountCode.investment_waiting),
        *(AccountCode.own_funds, AccountCode.fees, AccountCode.clearing_out),
    )
    return -posted if code in owed else posted


def _book_rows(group: "Group") -> list[dict[str, Any]]:
    institutions = group.records.tables["institution"]
    rows: list[dict[str, Any]] = []
    for book in sorted(set(institutions.column("book")[1:].tolist())):
        for line in group.ledger.trial_balance(book=book):
            named = {"book": book, "unit": _unit(line.unit), "kind": account_code(line.code), "accounts": line.accounts}
            rows.append({**named, **{figure: getattr(line, figure) for figure in FIGURES}})
    return rows


def history(
    account: AccountId,
    limit: Annotated[int, typer.Option(min=1, help="How many rows at most.")] = 20,
    before: Annotated[int | None, typer.Option(min=1, metavar="LEG", help="Only legs before this one.")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The rows of an account, newest first, each with the command that caused it.

        benyuan history wallet:3
        benyuan history 42 --limit 100 --before 90000

    `benyuan why COMMAND` explains a row's command. Figures in yuan, with --json in fen.
    """
    with reading(database) as group:
        name, number = accounts_of(group, account)[0]
        entries = group.ledger.history(number, before=before, limit=limit)
    rows = [_entry(number, entry) for entry in entries]
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo(f"account {number} ({name}): no rows")
    columns = ("leg", "at", "command", "what", "side", "other", "amount", "after")
    shown = [
        (
            str(row["leg"]),
            moment(row["at"]),
            str(row["command"]),
            row["what"],
            row["side"],
            str(row["other"]),
            yuan(row["amount_fen"]),
            yuan(row["after_fen"]),
        )
        for row in rows
    ]
    title = f"Account {number} ({name}), in yuan; after: debits less credits"
    say_table(title=title, columns=columns, rows=shown, right=("leg", "command", "other", "amount", "after"))


def _entry(account: int, entry: Any) -> dict[str, Any]:
    debit = entry.debit_account == account
    return {
        "leg": entry.leg,
        "at": entry.at,
        "business_date": entry.business_date,
        "command": entry.reference,
        "what": leg_code(entry.code),
        "side": "debit" if debit else "credit",
        "other": entry.credit_account if debit else entry.debit_account,
        "amount_fen": entry.amount,
        "after_fen": entry.balance_after,
    }
